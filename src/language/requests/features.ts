import { INTENTS, type Intent } from '../../domain/vocabulary';
import { conceptsOf } from '../faq/concepts';
import { fold as foldQuestion } from '../faq/fold';
import { hashed, hashOfKind } from '../faq/hashing';
import { PLACEHOLDERS } from '../pattern';
import type { SentenceFacts } from '../intent';
import { weightedFeatures, type Features } from '../weighted-features';

/** Features are hashed into this many rows of the weight table, a power of two. */
const BUCKETS = 1 << 15;
/** The row that every text has. */
const BIAS_ROW = BUCKETS;

/** Number of rows of the weight table. */
export const ROWS = BUCKETS + 1;

/** Each group of features counts with this weight, however many of it a text has. */
const GROUP_WEIGHTS = { word: 1, pair: 0.9, part: 0.9, fact: 0.6, pattern: 1.4, concept: 0.8 } as const;
type Group = keyof typeof GROUP_WEIGHTS;
type Groups = Readonly<Record<Group, Set<number>>>;

/** FNV-1a of each kind of feature, with which the hashes of its texts go on. */
const KINDS = {
  word: hashOfKind('w'),
  pair: hashOfKind('b'),
  skip: hashOfKind('s'),
  run: hashOfKind('h'),
  part: hashOfKind('c'),
  fact: hashOfKind('f'),
  concept: hashOfKind('@'),
  pattern: hashOfKind('p'),
  bestPattern: hashOfKind('P'),
} as const;

const NAMES: ReadonlyMap<string, string> = new Map([
  [PLACEHOLDERS.customer, '{C}'],
  [PLACEHOLDERS.workload, '{W}'],
  [PLACEHOLDERS.when, '{D}'],
  [PLACEHOLDERS.language, '{L}'],
]);
const SYMBOL =
  /[\ue000-\ue003]|[a-z0-9]+(?:'[a-z]+)?|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]|[?!:]|->|→/gu;
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;
const LATIN = /^[a-z]/;

/**
 * @param facts what is known of the sentence; its text masked
 * @param patterns how well the patterns fit each intent
 * @returns the features, deterministic
 */
export function requestFeatures(facts: SentenceFacts, patterns: ReadonlyMap<Intent, number>): Features {
  const groups: Groups = {
    word: new Set(),
    pair: new Set(),
    part: new Set(),
    fact: new Set(),
    pattern: new Set(),
    concept: new Set(),
  };
  const symbols = (facts.masked.match(SYMBOL) ?? []).map((symbol) => NAMES.get(symbol) ?? symbol);
  addSymbols(symbols, groups);
  addFacts(facts, symbols, groups);
  conceptsOf(foldQuestion(facts.masked)).forEach((concept) =>
    groups.concept.add(rowOf(hashed(KINDS.concept, concept))),
  );
  addPatterns(patterns, groups);
  return weightedFeatures(groups, GROUP_WEIGHTS, BIAS_ROW);
}

function addSymbols(symbols: readonly string[], groups: Groups): void {
  symbols.forEach((symbol, index) => {
    groups.word.add(rowOf(hashed(KINDS.word, symbol)));
    groups.pair.add(rowOf(hashedPair(KINDS.pair, symbols[index - 1] ?? '^', symbol)));
    const isAsian = EAST_ASIAN.test(symbol);
    if (index === symbols.length - 1) {
      groups.pair.add(rowOf(hashedPair(KINDS.pair, symbol, '$')));
    }
    if (isAsian || EAST_ASIAN.test(symbols[index + 1] ?? '')) {
      addRuns(symbols, index, groups);
    } else if (symbols[index + 2] !== undefined) {
      groups.pair.add(rowOf(hashedPair(KINDS.skip, symbol, symbols[index + 2] ?? '')));
    }
    if (LATIN.test(symbol)) {
      addParts(`_${symbol}_`, groups);
    }
  });
}

function addRuns(symbols: readonly string[], index: number, groups: Groups): void {
  let hash: number = KINDS.run;
  for (let length = 1; length <= 5 && index + length <= symbols.length; length += 1) {
    hash = hashed(hash, symbols[index + length - 1] ?? '');
    if (length >= 3) {
      groups.part.add(rowOf(hash));
    }
  }
}

function addParts(word: string, groups: Groups): void {
  for (let start = 0; start + 3 <= word.length; start += 1) {
    let hash = hashed(KINDS.part, word, start, start + 2);
    for (let end = start + 3; end <= Math.min(word.length, start + 5); end += 1) {
      hash = hashed(hash, word, end - 1, end);
      groups.part.add(rowOf(hash));
    }
  }
}

function addFacts(facts: SentenceFacts, symbols: readonly string[], groups: Groups): void {
  const names = symbols.filter((symbol) => symbol.startsWith('{')).join('');
  const length = Math.min(5, Math.ceil(Math.log2(symbols.length + 1)));
  groups.fact.add(rowOf(hashed(KINDS.fact, names)));
  groups.fact.add(rowOf(hashed(KINDS.fact, `length ${String(length)}`)));
  groups.fact.add(rowOf(hashed(KINDS.fact, `customer ${String(facts.hasCustomer)}`)));
  groups.fact.add(rowOf(hashed(KINDS.fact, `workload ${String(facts.hasWorkload)}`)));
  groups.fact.add(rowOf(hashed(KINDS.fact, `date ${String(facts.hasDate)}`)));
}

function addPatterns(patterns: ReadonlyMap<Intent, number>, groups: Groups): void {
  const highest = Math.max(0, ...patterns.values());
  for (const intent of INTENTS) {
    const score = patterns.get(intent);
    if (score !== undefined) {
      groups.pattern.add(rowOf(hashed(KINDS.pattern, `${intent} ${String(Math.min(3, Math.floor(score / 3)))}`)));
      if (score === highest) {
        groups.pattern.add(rowOf(hashed(KINDS.bestPattern, intent)));
      }
    }
  }
}

const hashedPair = (kind: number, one: string, other: string): number => hashed(hashed(hashed(kind, one), ' '), other);

/** The row of the weight table that a feature's hash falls into. */
const rowOf = (hash: number): number => (hash ^ (hash >>> 15)) & (BUCKETS - 1);
