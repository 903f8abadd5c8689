import { nameWordsOf } from './customer-keys';
import type { Span } from './fold';
import type { CustomerName } from './understanding';

/** A word of a text, in the spelling names are compared in. */
interface Word extends Span {
  readonly written: string;
  readonly isOrdinary: boolean;
  readonly isGeneric: boolean;
  readonly continues: boolean;
}

/** A place in a text that shortens a customer's name with a full stop. */
export interface Abbreviation extends Span {
  readonly score: number;
  readonly keys: readonly { readonly customer: CustomerName }[];
}

interface Name {
  readonly customer: CustomerName;
  readonly words: readonly string[];
}

/** With another word of the name beside it ("Adv. Works"), and alone ("Fabr."). */
const BESIDE_ANOTHER = 72;
const ALONE = 52;
const SHORTEST = 3;
const SHORTEST_ALONE = 4;
const LATIN = /^[a-z]+$/;

const known = new WeakMap<readonly CustomerName[], readonly Name[]>();

/** @returns the places where a word with a full stop behind it begins a word of a name: "Adv. Works", "Müller Log.". */
export function abbreviatedNames(
  text: string,
  words: readonly Word[],
  candidates: readonly CustomerName[],
): readonly Abbreviation[] {
  return words.flatMap((word, at) =>
    text.charAt(word.end) === '.' && word.written.length >= SHORTEST && LATIN.test(word.written)
      ? bestAt(text, { words, at, names: namesOf(candidates) })
      : [],
  );
}

function namesOf(candidates: readonly CustomerName[]): readonly Name[] {
  const names = known.get(candidates) ?? candidates.map((customer) => ({ customer, words: nameWordsOf(customer) }));
  known.set(candidates, names);
  return names;
}

interface Place {
  readonly words: readonly Word[];
  readonly at: number;
  readonly names: readonly Name[];
}

function bestAt(text: string, { words, at, names }: Place): Abbreviation[] {
  const found = names.flatMap((name) =>
    name.words.flatMap((whole, position) => {
      const written = words[at]?.written ?? '';
      return whole.length > written.length + 1 && whole.startsWith(written)
        ? [{ customer: name.customer, ...reach(words, at, { name, position, text }) }]
        : [];
    }),
  );
  const most = Math.max(0, ...found.map(({ first, last }) => last - first));
  const word = words[at];
  const isAlone = most === 0;
  const isName = word !== undefined && word.written.length >= SHORTEST_ALONE && !word.isOrdinary && !word.isGeneric;
  const best = found.filter(({ first, last }) => last - first === most);
  const [one] = best;
  if (one === undefined || (isAlone && !isName)) {
    return [];
  }
  const start = words[one.first]?.start ?? 0;
  const end = words[one.last]?.end ?? 0;
  return [{ start, end: withStop(text, end), score: isAlone ? ALONE : BESIDE_ANOTHER, keys: best }];
}

const withStop = (text: string, end: number): number => (text.charAt(end) === '.' ? end + 1 : end);

interface Aligned {
  readonly name: Name;
  readonly position: number;
  readonly text: string;
}

/** How far the words beside go on as the name does, in full or shortened as well. */
function reach(words: readonly Word[], at: number, { name, position, text }: Aligned): { first: number; last: number } {
  const isSame = (index: number, place: number): boolean => {
    const word = words[index];
    const whole = name.words[place];
    return (
      word !== undefined &&
      whole !== undefined &&
      (word.written === whole ||
        (text.charAt(word.end) === '.' && word.written.length >= 2 && whole.startsWith(word.written)))
    );
  };
  let first = at;
  let last = at;
  while (words[first]?.continues === true && isSame(first - 1, position - (at - first) - 1)) {
    first -= 1;
  }
  while (words[last + 1]?.continues === true && isSame(last + 1, position + (last - at) + 1)) {
    last += 1;
  }
  return { first, last };
}
