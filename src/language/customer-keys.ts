import { letterMask } from './edit-distance';
import { fold } from './fold';
import hanVariants from './han-variants.json';
import { tokenize } from './tokens';
import type { CustomerName } from './understanding';
import { romanNames } from './roman-names';
import { GENERIC_NAME_WORDS, LEGAL_FORMS, NAME_WORD_MEANINGS, ORDINARY_WORDS } from './words';

/** How much of a name was said; the better kind wins where both fit. */
export const FULL = 100;
export const CORE = 90;
export const PART = 70;
/** An Asian name in Latin letters: a Latin name that is one letter off goes first ("Kontoso" is Contoso). */
const ROMAN = 80;
/** A word that many names could have ("Padaria"): means a customer only where no other has it. */
export const LEADING_WORD = 40;

/** One way to say a customer's name. */
export interface NameKey {
  /** Folded, without spaces. */
  readonly text: string;
  readonly strength: number;
  readonly tokens: number;
  readonly mask: number;
  /** Only as written: no typo leads here. */
  readonly isExact: boolean;
  readonly customer: CustomerName;
}

/** Of single UTF-16 units only. */
const variants = new Map(Object.entries(hanVariants));
const FIRST_HAN = 0x2e80;
const LONGEST_NAME = 200;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}]/u;
const keysByName = new WeakMap<CustomerName, readonly NameKey[]>();

/** @returns `text` in the spelling names are compared in: ue = ü = u, 貿 = 贸; the length may shrink by such pairs. */
export function nameSpelling(text: string): string {
  const plain = text.replace(/([aou])e/g, '$1');
  return EAST_ASIAN.test(plain) ? unifyHan(plain) : plain;
}

/** @returns `text` with traditional and Japanese forms of Han characters as simplified ones, same length. */
export function unifyHan(text: string): string {
  let unified = '';
  let copied = 0;
  for (let index = 0; index < text.length; index += 1) {
    const variant = text.charCodeAt(index) < FIRST_HAN ? undefined : variants.get(text.charAt(index));
    if (variant !== undefined) {
      unified += text.slice(copied, index) + variant;
      copied = index + 1;
    }
  }
  return copied === 0 ? text : unified + text.slice(copied);
}

/** @returns whether a key is looked for anywhere in the text, because its script has no spaces. */
export function isWrittenWithoutSpaces(text: string): boolean {
  return EAST_ASIAN.test(text);
}

/** @returns a folded or lower-case name without its legal forms, unless it is nothing else. */
export function withoutLegalForms(folded: string): string {
  let core = ` ${folded.replace(/[.,()&]/g, ' ').replace(/\s+/g, ' ')} `;
  for (const form of LEGAL_FORMS) {
    core = isWrittenWithoutSpaces(form) ? core.replace(form, ' ') : core.replace(` ${form} `, ' ');
  }
  return core.trim() === '' ? folded : core.trim();
}

/** "May 2027 Foods": a year or a count names nobody. */
const IS_NUMBER = /^\d+$/;

function isDistinctive(word: string): boolean {
  return (
    word.length >= (isWrittenWithoutSpaces(word) ? 2 : 4) &&
    !IS_NUMBER.test(word) &&
    !GENERIC_NAME_WORDS.has(word) &&
    !ORDINARY_WORDS.has(word)
  );
}

/** @returns the runs of a name's words that tell it from others, the whole name left out. */
export function parts(words: readonly string[]): string[][] {
  const found: string[][] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let end = start + 1; end <= Math.min(words.length, start + 3); end += 1) {
      const part = words.slice(start, end);
      if (part.length < words.length && part.some(isDistinctive)) {
        found.push(part);
      }
    }
  }
  return found;
}

function withoutGenericEnding(core: string): string | undefined {
  for (const word of GENERIC_NAME_WORDS) {
    if (isWrittenWithoutSpaces(word) && core.endsWith(word) && core.length >= word.length + 2) {
      return core.slice(0, -word.length);
    }
  }
  return undefined;
}

/** @returns all ways to say a customer's name; computed once for each candidate object. */
export function nameKeys(customer: CustomerName): readonly NameKey[] {
  const known = keysByName.get(customer);
  if (known !== undefined) {
    return known;
  }
  const keys = buildKeys(customer);
  keysByName.set(customer, keys);
  return keys;
}

/** @returns the words of a customer's name in the spelling they are compared in, legal forms left out. */
export function nameWordsOf(customer: CustomerName): readonly string[] {
  const core = withoutLegalForms(fold(customer.name.slice(0, LONGEST_NAME)).text);
  return tokenize(core).map((token) => nameSpelling(token.text));
}

function buildKeys(customer: CustomerName): NameKey[] {
  const found = new Map<string, NameKey>();
  const add = (words: readonly string[], strength: number, isExact = false): void => {
    const text = nameSpelling(words.join(''));
    if (text !== '' && !found.has(text)) {
      found.set(text, { text, strength, tokens: words.length, mask: letterMask(text), isExact, customer });
    }
  };
  const folded = fold(customer.name.slice(0, LONGEST_NAME)).text;
  const core = withoutLegalForms(folded);
  const words = tokenize(core).map((token) => token.text);
  add(
    tokenize(folded).map((token) => token.text),
    FULL,
  );
  add(words, CORE);
  parts(words).forEach((part) => {
    add(part, PART);
  });
  const unnumbered = words.filter((word) => !IS_NUMBER.test(word));
  if (unnumbered.length > 1) {
    add(unnumbered, PART);
  }
  const stem = withoutGenericEnding(words.join(''));
  if (stem !== undefined && isWrittenWithoutSpaces(stem)) {
    add([stem], PART);
  }
  const roman = romanNames(unifyHan(folded), unifyHan(core));
  roman.full.forEach((name) => {
    add(name, FULL, true);
  });
  roman.core.forEach((name) => {
    add(name, ROMAN);
  });
  roman.parts.forEach((name) => {
    add(name, PART - 5);
  });
  const first = words[0] ?? '';
  if (words.length > 1 && NAME_WORD_MEANINGS.has(first)) {
    add([first], LEADING_WORD, true);
  }
  return [...found.values()];
}
