import { INTENTS, type Intent, type Language } from '../domain/vocabulary';
import { neededFor, type Needed } from './needed';
import { anyOf, compilePattern } from './pattern';
import { perLanguage } from './per-language';
import { WORDS, type Words } from './words';

/** What is known of a sentence before its intent is. */
export interface SentenceFacts {
  /** Folded text with placeholders for customers, workloads, dates and languages; of a long one beginning and end. */
  readonly masked: string;
  readonly hasCustomer: boolean;
  readonly hasWorkload: boolean;
  readonly hasDate: boolean;
}

interface WeightedPattern {
  readonly intent: Intent;
  readonly weight: number;
  readonly source: string;
  /** Read when the conditions first hold. */
  needed: Needed | undefined;
  /** Compiled when a text first has what it needs. */
  expression: RegExp | undefined;
}

/** Patterns that count under the same conditions. */
interface PatternGroup {
  readonly conditions: readonly string[];
  readonly patterns: readonly WeightedPattern[];
}

interface Grammar {
  readonly words: Words;
  readonly groups: readonly PatternGroup[];
  readonly asks: RegExp;
  readonly talk: RegExp;
}

/** Below this a sentence is not understood. */
const ENOUGH = 4;
/** What each further pattern for the same intent adds, and how many count. */
const FURTHER = 0.3;
const FURTHER_LIMIT = 3;
const BARE_WORDS = 9;
const BARE_LETTERS = 22;

const grammarOf = perLanguage((language): Grammar => {
  const words = WORDS[language];
  return {
    words,
    groups: groupsOf(words),
    asks: anyOf(words.asks, words, 'u'),
    talk: compilePattern('<talk>', words),
  };
});

function groupsOf(words: Words): readonly PatternGroup[] {
  const groups = new Map<string, WeightedPattern[]>();
  for (const intent of INTENTS) {
    for (const [key, sources] of Object.entries(words.intents[intent] ?? {})) {
      const [weight, ...conditions] = key.split(' ');
      const patterns = sources.map((source) => ({ intent, weight: Number(weight), source, ...UNREAD }));
      const group = conditions.join(' ');
      groups.set(group, [...(groups.get(group) ?? []), ...patterns]);
    }
  }
  return Array.from(groups, ([key, patterns]) => ({ conditions: key === '' ? [] : key.split(' '), patterns }));
}

const UNREAD = { needed: undefined, expression: undefined };

/** @returns whether something is asked. */
export function asksSomething(masked: string, languages: readonly Language[]): boolean {
  return languages.some((language) => grammarOf(language).asks.test(masked));
}

/** @returns whether a call or meeting is spoken of. */
export function saysTalk(masked: string, languages: readonly Language[]): boolean {
  return languages.some((language) => grammarOf(language).talk.test(masked));
}

/** An intent and how well it fits, in the patterns' weights. */
export interface Scored {
  readonly intent: Intent;
  readonly score: number;
}

/** @returns how well the patterns of any of the languages fit each intent, those that fit at all. */
export function patternScores(facts: SentenceFacts, languages: readonly Language[]): ReadonlyMap<Intent, number> {
  const scores = new Map<Intent, number>();
  for (const language of languages) {
    for (const [intent, reached] of scoresIn(grammarOf(language), facts)) {
      scores.set(intent, Math.max(reached, scores.get(intent) ?? 0));
    }
  }
  return scores;
}

/** @returns the intent whose patterns fit best, `none` where nothing is clear enough. */
export function bestByPatterns(scores: ReadonlyMap<Intent, number>, facts: SentenceFacts): Scored {
  const best = INTENTS.map((intent) => ({ intent, score: scores.get(intent) ?? 0 })).reduce((a, b) =>
    b.score > a.score ? b : a,
  );
  return best.score >= ENOUGH ? best : fallback(facts);
}

/** A customer or workload with a date and no verb ("Contoso Teams 8 December") is a start date. */
function fallback({ hasCustomer, hasWorkload, hasDate }: SentenceFacts): Scored {
  return hasDate && (hasCustomer || hasWorkload)
    ? { intent: 'change-start-date', score: 3 }
    : { intent: 'none', score: 0 };
}

function scoresIn(grammar: Grammar, facts: SentenceFacts): Map<Intent, number> {
  const text = grammar.words.writesSpaces ? facts.masked : facts.masked.replace(/\s+/g, '');
  const holds = conditionsOf(grammar, facts, text);
  const searched = { text, hasNeeded: neededIn(text) };
  const best = new Map<Intent, { top: number; count: number }>();
  for (const { conditions, patterns } of grammar.groups) {
    const open = conditions.every((condition) => holds.has(condition)) ? patterns : [];
    for (const pattern of open) {
      if (fits(pattern, searched, grammar)) {
        const { intent, weight } = pattern;
        const known = best.get(intent);
        best.set(intent, { top: Math.max(weight, known?.top ?? 0), count: (known?.count ?? 0) + 1 });
      }
    }
  }
  return new Map(
    [...best].map(([intent, { top, count }]) => [intent, top + FURTHER * Math.min(count - 1, FURTHER_LIMIT)] as const),
  );
}

interface Searched {
  readonly text: string;
  readonly hasNeeded: (needed: Needed) => boolean;
}

function fits(pattern: WeightedPattern, { text, hasNeeded }: Searched, { words }: Grammar): boolean {
  pattern.needed ??= neededFor(pattern.source, words);
  if (!hasNeeded(pattern.needed)) {
    return false;
  }
  pattern.expression ??= compilePattern(pattern.source, words);
  return pattern.expression.test(text);
}

/** Many patterns need the same: each list is looked for once. */
function neededIn(text: string): (needed: Needed) => boolean {
  const known = new Map<Needed, boolean>();
  return (needed) => {
    const found = known.get(needed) ?? (needed.length === 0 || needed.some((letters) => text.includes(letters)));
    known.set(needed, found);
    return found;
  };
}

function conditionsOf(grammar: Grammar, facts: SentenceFacts, text: string): ReadonlySet<string> {
  const isShort = grammar.words.writesSpaces
    ? text.trim().split(/\s+/).length <= BARE_WORDS
    : text.length <= BARE_LETTERS;
  const conditions: readonly (readonly [string, boolean])[] = [
    ['customer', facts.hasCustomer],
    ['nocustomer', !facts.hasCustomer],
    ['workload', facts.hasWorkload],
    ['date', facts.hasDate],
    ['nodate', !facts.hasDate],
    ['ask', grammar.asks.test(text)],
    ['mark', /[?？]/.test(text)],
    ['bare', isShort && !facts.hasCustomer && !facts.hasWorkload && !facts.hasDate],
  ];
  return new Set(conditions.filter(([, holds]) => holds).map(([name]) => name));
}
