import { withoutMiddle } from '../long-text';
import { conceptsOf } from './concepts';
import { fold } from './fold';
import { ended, hashed, hashOfKind } from './hashing';
import { weightedFeatures, type Features } from '../weighted-features';

/** Features are hashed into this many rows of the weight table, a power of two. */
const BUCKETS = 1 << 16;

/** The row that every text has: how frequent a topic is by itself. */
const BIAS_ROW = BUCKETS;

/** Number of rows of the weight table. */
export const ROWS = BUCKETS + 1;

/** Only this much of a text is looked at, and of that beginning and end. */
const MAX_CHARACTERS = 2000;

/** Groups of features: each counts with this weight, however many of it a text has. */
const GROUP_WEIGHTS = { word: 1, pair: 0.7, part: 0.7, concept: 1.2, conceptPair: 1 } as const;
type Group = keyof typeof GROUP_WEIGHTS;

/** FNV-1a of each kind of feature, with which the hashes of its texts go on. */
const KINDS = {
  character: hashOfKind('h1'),
  characters: hashOfKind('h'),
  word: hashOfKind('w'),
  pair: hashOfKind('b'),
  part: hashOfKind('c'),
  concept: hashOfKind('@'),
  conceptPair: hashOfKind('@@'),
} as const;

const CJK_RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+/gu;
const WORD = /[\p{L}\p{N}%]+/gu;

/** @returns the features of `text`, deterministic; of the first 2,000 characters beginning and end are looked at */
export function featuresOf(text: string): Features {
  const folded = fold(withoutMiddle(text.slice(0, MAX_CHARACTERS)));
  const groups: Record<Group, Set<number>> = {
    word: new Set(),
    pair: new Set(),
    part: new Set(),
    concept: new Set(),
    conceptPair: new Set(),
  };
  addCjk(folded, groups);
  addWords(folded.replace(CJK_RUN, ' ').match(WORD) ?? [], groups);
  addConcepts(conceptsOf(folded), groups);
  return weightedFeatures(groups, GROUP_WEIGHTS, BIAS_ROW);
}

function addCjk(folded: string, groups: Record<Group, Set<number>>): void {
  for (const run of folded.match(CJK_RUN) ?? []) {
    for (let start = 0; start < run.length; start += 1) {
      groups.word.add(rowOf(hashed(KINDS.character, run, start, start + 1)));
      let hash = hashed(KINDS.characters, run, start, start + 1);
      for (let length = 2; length <= 4 && start + length <= run.length; length += 1) {
        hash = hashed(hash, run, start + length - 1, start + length);
        groups[length === 2 ? 'pair' : 'part'].add(rowOf(hash));
      }
    }
  }
}

function addWords(words: readonly string[], groups: Record<Group, Set<number>>): void {
  words.forEach((word, index) => {
    groups.word.add(rowOf(hashed(KINDS.word, word)));
    const next = words[index + 1];
    if (next !== undefined) {
      groups.pair.add(rowOf(hashed(KINDS.pair, `${word} ${next}`)));
    }
    const bounded = `_${word}_`;
    for (let length = 3; length <= 5; length += 1) {
      for (let start = 0; start + length <= bounded.length; start += 1) {
        groups.part.add(rowOf(hashed(KINDS.part, bounded, start, start + length)));
      }
    }
  });
}

function addConcepts(concepts: readonly string[], groups: Record<Group, Set<number>>): void {
  concepts.forEach((concept, index) => {
    groups.concept.add(rowOf(hashed(KINDS.concept, concept)));
    const before = hashed(KINDS.conceptPair, `${concept} `);
    for (let other = index + 1; other < concepts.length; other += 1) {
      groups.conceptPair.add(rowOf(hashed(before, concepts[other] ?? '')));
    }
  });
}

/** The row of the weight table that a feature's hash falls into. */
function rowOf(hash: number): number {
  const result = ended(hash);
  return (result ^ (result >>> 16)) & (BUCKETS - 1);
}
