import type { Temporal } from 'temporal-polyfill';
import type { DateLocale } from './date-lexicon';
import { hasKind, isGlue, type DateToken } from './date-token';
import type { FoldedText } from './fold-text';
import { matchPatterns, type PatternMatch } from './match-patterns';
import type { PatternNode } from './pattern-trie';
import { Captured, OFFSETS, type Outcome, type RuleContext } from './rules/captured';
import { DATE_RULES, isDateRule, preference } from './rules/date-rules';

/** A sentence cut into tokens, with what is needed to read it. */
export interface Sentence {
  readonly original: string;
  readonly folded: FoldedText;
  readonly tokens: readonly DateToken[];
  readonly locale: DateLocale;
  readonly patterns: PatternNode;
  readonly today: Temporal.PlainDate;
}

/** One expression of a date, or of a duration. `from`/`to` index the tokens; prepositions before it are not part. */
export interface Expression {
  readonly from: number;
  readonly to: number;
  readonly rule: string;
  readonly outcome: Outcome;
  /** Caught `in` may as well mean "by" ("adia em duas semanas"). */
  readonly byAmount: boolean;
  readonly past: boolean;
  /** The weekday that was named, 1 = Monday. */
  readonly weekday: number | undefined;
}

const INTRODUCING = ['prep', 'to', 'chg', 'from', 'or', 'fix', 'not', 'afterp', 'beforep', 'instead', 'esdword'];
const LEADING = ['prep', 'art', 'glue', 'in'];
/** What makes a day of "3." and is no part of it. */
const PREPOSITIONS = ['prep', 'art'];
const BESIDE_A_DAY = [...PREPOSITIONS, 'or', 'not', 'chg', 'instead', 'fix', 'old', 'to', 'from'];
const PAST_CUE_REACH = 4;
/** "We had our first proper conversation on Feb 22": a day of a month, if it is long ago, is asked in any case. */
const PAST_CUE_REACH_OF_DAYS = 7;
const DAY_OF_MONTH_RULES = ['calendar', 'numeric'];
/** What comes behind is longer where words are not parted by spaces. */
const PAST_CUE_REACH_BEHIND = 8;
/** Who names more dates than this sends a list, and is asked anyway. */
const MAX_EXPRESSIONS = 12;
const BREAKS = [',', 'p', 'and', 'reason', 'to', 'chg'];

/** Index of the nearest token at or before `at` that is no glue. */
export function skipGlueBack(tokens: readonly DateToken[], at: number): number {
  let index = at;
  while (index >= 0 && isGlue(tokens[index]) && !INTRODUCING.some((kind) => hasKind(tokens[index], kind))) {
    index -= 1;
  }
  return index;
}

/** Index of the nearest token at or after `at` that is no glue. */
export function skipGlueForward(tokens: readonly DateToken[], at: number): number {
  let index = at;
  while (isGlue(tokens[index]) && !hasKind(tokens[index], 'notpost')) {
    index += 1;
  }
  return index;
}

/** "am" may stand for a comma in a pattern and is none. */
function isBreak(token: DateToken | undefined): boolean {
  return BREAKS.some((kind) => hasKind(token, kind) && !(kind === ',' && isGlue(token)));
}

/** Whether a word tells what has been; `plain` ones only as they are spelled ("war", not "wär"). */
function isPastCue({ original, folded }: Sentence, token: DateToken | undefined, kind: string): boolean {
  const cue = token?.readings.find((one) => one.kind === kind);
  if (!token || !cue) {
    return false;
  }
  const typed = original.slice(folded.origin[token.start], (folded.origin[token.end - 1] ?? 0) + 1);
  return cue.value !== 'plain' || typed.toLowerCase() === folded.text.slice(token.start, token.end);
}

function saysPast(sentence: Sentence, { from, to, rule }: PatternMatch): boolean {
  const { tokens } = sentence;
  const reach = DAY_OF_MONTH_RULES.includes(rule) ? PAST_CUE_REACH_OF_DAYS : PAST_CUE_REACH;
  for (let index = from - 1; index >= Math.max(0, from - reach); index -= 1) {
    const token = tokens[index];
    if (isPastCue(sentence, token, 'pastcue')) {
      return true;
    }
    // "spoke to them on Monday": this "to" leads to no date.
    const isOfCue = hasKind(token, 'to') && hasKind(tokens[index - 1], 'pastcue');
    if (isBreak(token) && !isOfCue) {
      break;
    }
  }
  for (let index = to; index < Math.min(tokens.length, to + PAST_CUE_REACH_BEHIND); index += 1) {
    const token = tokens[index];
    if (isPastCue(sentence, token, 'pastcuepost')) {
      return true;
    }
    if (isBreak(token)) {
      break;
    }
  }
  return false;
}

function isCapital(sentence: Sentence, token: DateToken | undefined): boolean {
  const first = token ? sentence.original.charAt(sentence.folded.origin[token.start] ?? 0) : '';
  return first !== first.toLowerCase();
}

function followedBy(sentence: Sentence, to: number): RuleContext['followedBy'] {
  const next = sentence.tokens[to];
  if (hasKind(next, 'backs')) {
    return 'backing';
  }
  if (hasKind(next, 'noun') || hasKind(next, 'unit')) {
    return 'noun';
  }
  if (hasKind(next, 'month') || hasKind(next, 'mm')) {
    return 'word';
  }
  if (!next || !hasKind(next, 'w')) {
    return 'nothing';
  }
  return isCapital(sentence, next) ? 'capital' : 'word';
}

/** "segunda ou terça", "em vez de segunda, quarta": another date word says that this is one, and so does "não, quinta". */
function isLinkedWord(tokens: readonly DateToken[], { from, to }: PatternMatch): boolean {
  const isDateWord = (token: DateToken | undefined): boolean => hasKind(token, 'weekday') || hasKind(token, 'month');
  const ends = tokens[to] === undefined || hasKind(tokens[to], 'p') || hasKind(tokens[to], 'backs');
  const before = tokens.slice(0, from - 1);
  const isInstead = before.some(isDateWord) || (before.length === 1 && hasKind(before[0], 'not'));
  return (
    (hasKind(tokens[to], 'or') && isDateWord(tokens[to + 1])) || (ends && hasKind(tokens[from - 1], ',') && isInstead)
  );
}

function contextOf(sentence: Sentence, match: PatternMatch): RuleContext {
  const { tokens, today, locale } = sentence;
  const before = tokens[skipGlueBack(tokens, match.from - 1)];
  const rest = tokens.some((token, index) => (index < match.from || index >= match.to) && !hasKind(token, 'p'));
  return {
    today,
    locale,
    past: saysPast(sentence, match),
    introduced: match.from > 0 && INTRODUCING.some((kind) => hasKind(before, kind)),
    alone: !rest,
    followedBy: followedBy(sentence, match.to),
    anchored:
      hasKind(tokens[match.from - 1], 'anchor') && ['w', 'noun'].some((kind) => hasKind(tokens[match.from - 2], kind)),
    linked: isLinkedWord(tokens, match),
    capitalised: match.from > 0 && !hasKind(tokens[match.from - 1], 'p') && isCapital(sentence, tokens[match.from]),
  };
}

/** Prepositions that a pattern needed are no part of the date. */
function startWithoutPreposition(tokens: readonly DateToken[], match: PatternMatch): number {
  const beside = match.rule === 'day-of-month' ? BESIDE_A_DAY : PREPOSITIONS;
  const keeps = match.captures.find((one) => !beside.includes(one.reading.kind));
  const first = tokens.findIndex((token, index) => index >= match.from && token === keeps?.token);
  return first < 0 ? match.from : first;
}

/** Whether the tokens on both sides of `at` are of one word ("来週" is two). */
function isWithinWord(tokens: readonly DateToken[], at: number): boolean {
  return tokens[at] !== undefined && tokens[at].start === tokens[at - 1]?.start;
}

/** "周四下午": this "下" belongs to what follows; "quinta que vem" is one expression. */
function isOffsetBehind(locale: DateLocale, { captures }: PatternMatch): boolean {
  return !locale.offsetsBehind && captures.length > 1 && OFFSETS.includes(captures.at(-1)?.reading.kind ?? '');
}

function expressionAt(sentence: Sentence, from: number): Expression | undefined {
  const matches = matchPatterns(sentence.tokens, from, sentence.patterns);
  matches.sort((a, b) => b.to - a.to || preference(a.rule) - preference(b.rule));
  for (const match of matches) {
    const misplaced = isWithinWord(sentence.tokens, match.to) || isOffsetBehind(sentence.locale, match);
    if (!isDateRule(match.rule) || misplaced) {
      continue;
    }
    const context = contextOf(sentence, match);
    const captured = new Captured(match.captures, context);
    const outcome = DATE_RULES[match.rule](captured);
    if (outcome) {
      const byAmount = hasKind(sentence.tokens[match.from], 'by');
      const start = startWithoutPreposition(sentence.tokens, match);
      return {
        from: start,
        to: match.to,
        rule: match.rule,
        outcome,
        byAmount,
        past: context.past,
        weekday: captured.number('weekday'),
      };
    }
  }
  return undefined;
}

/** "am einundzwanzigsten" must not keep "einundzwanzigsten Dezember" from being seen. */
function longestFrom(sentence: Sentence, at: number): Expression | undefined {
  const expression = expressionAt(sentence, at);
  // "start Jan 6" is a start on that day and not the start of January.
  const isPart = expression?.rule === 'part-of-period' && hasKind(sentence.tokens[at], 'begins');
  const next = expression && (expression.from > at || isPart) ? Math.max(expression.from, at + (isPart ? 1 : 0)) : at;
  const inner = next > at ? expressionAt(sentence, next) : undefined;
  return inner && expression && inner.to > expression.to ? inner : expression;
}

/** All expressions of a sentence from left to right, each as long as it goes. */
export function scanSentence(sentence: Sentence): Expression[] {
  const found: Expression[] = [];
  for (let at = 0; at < sentence.tokens.length && found.length < MAX_EXPRESSIONS;) {
    const expression = isWithinWord(sentence.tokens, at) ? undefined : longestFrom(sentence, at);
    if (expression) {
      found.push(expression);
    }
    at = expression?.to ?? at + 1;
  }
  return found;
}

/** Whether only words without weight stand between two tokens. */
export function isLight(tokens: readonly DateToken[], from: number, to: number): boolean {
  return tokens.slice(from, to).every((token) => LEADING.some((kind) => hasKind(token, kind)));
}
