import { encodeKey, hashKey } from './keys';
import { beginning, ending, lettersOf, reversed, wordsWithFollowing } from './name-words';

/** The partition of all names: the rows of one customer change in one transaction. It takes 2,000 rows a second. */
export const NAMES = 'names';

/** From a key on, and before another. */
export interface KeyRange {
  readonly from: string;
  readonly before: string;
}

/**
 * From the beginning: the word and those behind it, so that namesakes lie together in the order of their next words.
 * From the end: the first two letters and the word backwards, for a word whose middle was mistyped.
 */
const FROM_START = 'f';
const FROM_END = 'b';
/** Sorts before the letters: a whole word comes before the longer ones that begin with it. */
const NEXT_WORD = '-';
const CUSTOMER = '.';
const BEHIND_BOTH = '/';

/** Letters of a name behind a word that are kept in its key. */
const LONGEST = 40;
/** No typo is looked for in shorter words. */
const SHORTEST_FROM_END = 5;
const SURE_LETTERS = 2;
const WITHOUT_SPACES = /^[\p{Script=Han}\p{Script=Hiragana}]/u;

/** @returns the keys of the rows by which a customer of that name is found: one or two for each of its first words. */
export function nameKeys(name: string, customerId: string): string[] {
  const customer = CUSTOMER + hashKey(customerId);
  const keys = wordsWithFollowing(name).flatMap(({ word, following }) => [
    forward([word, ...following]),
    ...(hasEnd(word) ? [backward(word, beginning(reversed(word), LONGEST))] : []),
  ]);
  return [...new Set(keys.map((key) => key + customer))];
}

const hasEnd = (word: string): boolean => lettersOf(word) >= SHORTEST_FROM_END && !isWithoutSpaces(word);

/** @returns whether a word is a run of a script in which words have no beginning of their own. */
export const isWithoutSpaces = (word: string): boolean => WITHOUT_SPACES.test(word);

const forward = (words: readonly string[]): string =>
  FROM_START + beginning(words.join(NEXT_WORD), LONGEST).split(NEXT_WORD).map(encodeKey).join(NEXT_WORD);

const backward = (word: string, end: string): string =>
  FROM_END + encodeKey(beginning(word, SURE_LETTERS)) + NEXT_WORD + encodeKey(end);

/** Names with a word that begins so, and goes on in these words. */
export const beginningWith = (words: readonly string[]): KeyRange => startingWith(forward(words));

/** Names with just this word. */
export function wholeWord(word: string): KeyRange {
  const key = forward([word]);
  return { from: key + NEXT_WORD, before: key + BEHIND_BOTH };
}

/** Names with a word of these first two letters and this end. */
export const endingLike = (word: string, letters: number): KeyRange =>
  startingWith(backward(word, reversed(ending(word, letters))));

function startingWith(prefix: string): KeyRange {
  const last = prefix.charCodeAt(prefix.length - 1);
  return { from: prefix, before: prefix.slice(0, -1) + String.fromCharCode(last + 1) };
}
