import type { WordReading } from './date-lexicon';
import { isGlue, type DateToken } from './date-token';
import type { PatternNode } from './pattern-trie';

/** A stretch of tokens that a pattern fits. `from` and `to` (exclusive) index the tokens. */
export interface PatternMatch {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  /** What each element stood for, in the order of the pattern. */
  readonly captures: readonly Capture[];
}

export interface Capture {
  readonly reading: WordReading;
  readonly token: DateToken;
}

/** "on", "of", "the", "的": so many may stand between two elements. */
const MAX_GLUE = 3;

interface Search {
  readonly tokens: readonly DateToken[];
  readonly from: number;
  readonly found: PatternMatch[];
}

function visit(search: Search, node: PatternNode, at: number, captures: readonly Capture[]): void {
  for (const rule of node.rules) {
    search.found.push({ rule, from: search.from, to: at, captures });
  }
  if (node.next.size === 0) {
    return;
  }
  let position = at;
  for (let skipped = 0; skipped <= MAX_GLUE; skipped += 1) {
    const token = search.tokens[position];
    if (!token) {
      return;
    }
    for (const reading of token.readings) {
      for (const key of reading.keys) {
        const next = node.next.get(key);
        if (next) {
          visit(search, next, position + 1, [...captures, { reading, token }]);
        }
      }
    }
    if (captures.length === 0 || !isGlue(token)) {
      return;
    }
    position += 1;
  }
}

/** Most tokens are words that no pattern begins with. */
const mayBegin = (token: DateToken, { next }: PatternNode): boolean =>
  token.readings.some((reading) => reading.keys.some((key) => next.has(key)));

/** Every pattern that fits from `from` on, longest first; among equals the preferred rule first. */
export function matchPatterns(tokens: readonly DateToken[], from: number, root: PatternNode): PatternMatch[] {
  const first = tokens[from];
  if (first === undefined || !mayBegin(first, root)) {
    return [];
  }
  const search: Search = { tokens, from, found: [] };
  visit(search, root, from, []);
  return search.found.sort((a, b) => b.to - a.to);
}
