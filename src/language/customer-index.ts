import { nameKeys, isWrittenWithoutSpaces, type NameKey } from './customer-keys';
import type { CustomerName } from './understanding';

/** All names of a candidate list, ready for lookup. */
export interface NameIndex {
  readonly exact: ReadonlyMap<string, readonly NameKey[]>;
  /** Keys that a typo may be compared with, by their first sound. */
  readonly bySound: ReadonlyMap<string, readonly NameKey[]>;
  /** Keys looked for anywhere in the text. */
  readonly anywhere: readonly NameKey[];
  readonly longest: number;
}

const SOUNDS: Readonly<Record<string, string>> = { c: 'k', q: 'k', p: 'f', v: 'w', z: 's', y: 'j' };
const indexes = new WeakMap<readonly CustomerName[], NameIndex>();

/** @returns the first letter as it sounds, so that "Kontoso" is compared with "Contoso". */
export function firstSound(word: string): string {
  const letter = word.charAt(0);
  return SOUNDS[letter] ?? letter;
}

/** @returns the index of a candidate list; computed once for each list object. */
export function nameIndex(candidates: readonly CustomerName[]): NameIndex {
  const known = indexes.get(candidates);
  if (known !== undefined) {
    return known;
  }
  const index = buildIndex(candidates.flatMap((candidate) => nameKeys(candidate)));
  indexes.set(candidates, index);
  return index;
}

function buildIndex(keys: readonly NameKey[]): NameIndex {
  const exact = new Map<string, NameKey[]>();
  const bySound = new Map<string, NameKey[]>();
  for (const key of keys) {
    push(exact, key.text, key);
    if (!key.isExact && key.text.length >= 4 && !isWrittenWithoutSpaces(key.text)) {
      push(bySound, firstSound(key.text), key);
    }
  }
  const anywhere = keys.filter((key) => isWrittenWithoutSpaces(key.text) && key.text.length >= 2);
  return { exact, bySound, anywhere, longest: Math.min(5, Math.max(1, ...keys.map((key) => key.tokens))) + 1 };
}

function push(map: Map<string, NameKey[]>, at: string, key: NameKey): void {
  const list = map.get(at);
  if (list === undefined) {
    map.set(at, [key]);
  } else {
    list.push(key);
  }
}
