import { matchesIn } from './matches';
import type { Span } from './fold';

/** A run of letters or digits of one script, in folded text. */
export interface Token extends Span {
  readonly text: string;
}

const RUN =
  /[\p{Script=Katakana}ー]+|\p{Script=Hiragana}+|[\p{Script=Han}々]+|(?:(?![\p{Script=Katakana}ー\p{Script=Hiragana}\p{Script=Han}])[\p{L}\p{N}])+/gu;

/** Scripts that put no spaces between words. */
export const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Characters that join two runs into one name or word: "Adventure-Works", "Office 365". */
const JOINT = /^[\s\-_.&+'()・]{0,3}$/;

/** @returns the runs of a folded text, in order. */
export function tokenize(text: string): Token[] {
  return matchesIn(text, RUN).map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** @returns whether token `index + 1` continues token `index` (nothing but a joint between them). */
export function continues(text: string, tokens: readonly Token[], index: number): boolean {
  const here = tokens[index];
  const next = tokens[index + 1];
  return here !== undefined && next !== undefined && JOINT.test(text.slice(here.end, next.start));
}
