import type { NamedCustomer, TypedWord } from '../../ports/customer-index';
import { beginningWith, endingLike, isWithoutSpaces, wholeWord, type KeyRange } from './name-keys';
import { beginning, lettersOf, nameWords } from './name-words';

/** Names found in a range of keys, as many as are read of it. */
export interface Found {
  readonly customers: readonly NamedCustomer[];
  /** There are no more in the range. */
  readonly isAll: boolean;
}
export type ReadNames = (range: KeyRange) => Promise<Found>;

/** How many words behind a word, or characters of a script without spaces, tell its namesakes apart. */
const MOST_NARROWER = 3;
/** A sentence without spaces is looked through at so many places. */
const MOST_PLACES = 24;
const NUMBER = /^\p{Number}+$/u;

/** Names with a word that begins as one of these was typed. */
export async function namesAsTyped(typed: readonly TypedWord[], read: ReadNames): Promise<NamedCustomer[]> {
  const asked = typed.flatMap(startsOf).filter(({ word }) => lettersOf(word) > 1 && !NUMBER.test(word));
  const found = await Promise.all(asked.map(async (start) => narrowed(asTyped(start), read)));
  return found.flat();
}

/** Names with a word that may have been meant by one of these: with a typo, or in the middle of a run of characters. */
export async function namesLike(typed: readonly TypedWord[], read: ReadNames): Promise<NamedCustomer[]> {
  const starts = typed.flatMap(startsOf);
  const places = starts.filter(({ word }) => isWithoutSpaces(word)).flatMap(({ word }) => placesIn(word));
  const found = await Promise.all([
    ...starts.filter(({ word }) => !isWithoutSpaces(word)).map(async ({ word }) => mistyped(word, read)),
    ...places.slice(0, MOST_PLACES).map(async (ranges) => narrowed(ranges, read)),
  ]);
  return found.flat();
}

interface Start {
  readonly word: string;
  readonly following: readonly string[];
  readonly isWhole: boolean;
}

/** "Adventure-Works" is one word as typed and two of a name. */
function startsOf({ word, after, isWhole = false }: TypedWord): Start[] {
  const words = nameWords(word);
  const behind = nameWords(after);
  return words.map((each, index) => ({ word: each, following: [...words.slice(index + 1), ...behind], isWhole }));
}

/** The word, then with what follows it, for as long as there are more namesakes than are read. */
function asTyped({ word, following, isWhole }: Start): KeyRange[] {
  if (isWithoutSpaces(word)) {
    return asRun(word);
  }
  return isWhole
    ? [wholeWord(word)]
    : Array.from({ length: 1 + Math.min(MOST_NARROWER, following.length) }, (_unused, more) =>
        beginningWith([word, ...following.slice(0, more)]),
      );
}

/** A run of characters goes on where the name ends: its first two, then more of them. */
function asRun(run: string): KeyRange[] {
  const longest = Math.min(lettersOf(run), 2 + MOST_NARROWER);
  return Array.from({ length: longest - 1 }, (_unused, more) => beginningWith([beginning(run, 2 + more)]));
}

/** Every place of a run where a name may begin, but the first, which is looked at as typed. */
const placesIn = (run: string): KeyRange[][] =>
  lettersOf(run) === 1
    ? [[wholeWord(run)]]
    : [...run].slice(1, -1).map((_character, place) => asRun([...run].slice(place + 1).join('')));

async function narrowed(ranges: readonly KeyRange[], read: ReadNames): Promise<NamedCustomer[]> {
  const found: NamedCustomer[] = [];
  for (const range of ranges) {
    const { customers, isAll } = await read(range);
    found.push(...customers);
    if (isAll) {
      break;
    }
  }
  return found;
}

/**
 * All names with a word of the same first two letters where they are few, as in a team of some hundred customers. Among
 * more, those that have either half of the word as typed: one typo leaves one of them, and two letters changing places
 * in the middle leave both ends.
 */
async function mistyped(word: string, read: ReadNames): Promise<readonly NamedCustomer[]> {
  const letters = lettersOf(word);
  if (letters === 1 || NUMBER.test(word)) {
    return (await read(wholeWord(word))).customers;
  }
  const like = await read(beginningWith([beginning(word, 2)]));
  if (like.isAll || letters < 4) {
    return like.customers;
  }
  const half = Math.floor(letters / 2);
  const heads = someFrom(half, letters - 1).map((length) => beginningWith([beginning(word, length)]));
  const tails = someFrom(letters - half - 2, letters - 3).map((length) => endingLike(word, length));
  const [head, tail] = await Promise.all([narrowed(heads, read), narrowed(tails, read)]);
  return [...like.customers, ...head, ...tail];
}

/** Lengths from one on, two at least: the longer, the fewer names. */
const someFrom = (shortest: number, longest: number): number[] =>
  Array.from({ length: MOST_NARROWER }, (_unused, more) => Math.max(2, shortest) + more).filter(
    (length, place) => place === 0 || length <= longest,
  );
