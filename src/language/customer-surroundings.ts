import { LEADING_WORD, PART } from './customer-keys';
import { fold, type Span } from './fold';
import { anyOf } from './pattern';
import { tokenize } from './tokens';
import type { CustomerName } from './understanding';
import { LANGUAGES } from '../domain/vocabulary';
import { LEGAL_FORMS, NAME_WORD_MEANINGS, WORDS } from './words';

interface NamedSpan extends Span {
  readonly score: number;
  readonly keys: readonly { readonly customer: CustomerName }[];
}

const LATIN = /^[a-z]/;
const NOT_NAMING = new Set(LANGUAGES.flatMap((language) => WORDS[language].anyone.map((word) => fold(word).text)));
/** "se", "me", "co" are also words. */
const SHORT_FORMS = new Set(['ag', 'kg', 'kk', 'sa', 'bv', 'nv']);
const LOOK_BACK = 20;
/** At the end of what stands before a name. */
const PERSON = new RegExp(
  `(?:${LANGUAGES.map((language) => anyOf(WORDS[language].people, WORDS[language], 'u').source).join('|')})[\\s.]*[(（]?$`,
  'u',
);
const FOLLOWING = byFirstLetter([
  ...LEGAL_FORMS.filter((form) => !LATIN.test(form) || form.length >= 3 || SHORT_FORMS.has(form)),
  ...NAME_WORD_MEANINGS.keys(),
]);
const meanings = new WeakMap<CustomerName, ReadonlySet<string | undefined>>();

function byFirstLetter(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    found.set(word.charAt(0), [...(found.get(word.charAt(0)) ?? []), word]);
  }
  return found;
}

/** @returns whether a mere name word ("bakery") is spoken of like any: "a bakery", "which bank". */
export function isAnyone(text: string, { start, score }: NamedSpan): boolean {
  return (
    score <= LEADING_WORD &&
    NOT_NAMING.has(/[a-z]+(?=[^a-z]*$)/.exec(text.slice(Math.max(0, start - LOOK_BACK), start))?.[0] ?? '')
  );
}

/** @returns whether somebody with such a name is spoken of, and no customer: "o admin (João)". */
export const isPerson = (text: string, { start, score }: NamedSpan): boolean =>
  score <= PART && PERSON.test(text.slice(Math.max(0, start - LOOK_BACK), start));

/** @returns the match with the rest of the name behind it: a legal form, or the customer's own "Bank" translated. */
export function wholeName<M extends NamedSpan>(text: string, match: M): M {
  let { end } = match;
  let next = following(text, { ...match, end });
  while (next !== undefined) {
    end = next;
    next = following(text, { ...match, end });
  }
  return { ...match, end };
}

function following(text: string, { end, keys }: NamedSpan): number | undefined {
  const gap = /^[\s・\-.,]{0,2}\(?/u.exec(text.slice(end))?.[0].length ?? 0;
  const rest = text.slice(end + gap, end + gap + 24);
  const word = FOLLOWING.get(rest.charAt(0))?.find((form) => startsWith(rest, form));
  if (word === undefined || (gap === 0 && LATIN.test(word)) || !belongs(word, keys)) {
    return undefined;
  }
  return end + gap + word.length + (/^[.)]+/.exec(rest.slice(word.length))?.[0].length ?? 0);
}

function startsWith(rest: string, form: string): boolean {
  return rest.startsWith(form) && !(LATIN.test(form) && /^[a-z0-9]/.test(rest.slice(form.length)));
}

function belongs(word: string, keys: NamedSpan['keys']): boolean {
  const meaning = NAME_WORD_MEANINGS.get(word);
  return meaning === undefined || keys.some(({ customer }) => meaningsIn(customer).has(meaning));
}

function meaningsIn(customer: CustomerName): ReadonlySet<string | undefined> {
  const known = meanings.get(customer);
  if (known !== undefined) {
    return known;
  }
  const { text } = fold(customer.name);
  const found = new Set([
    ...tokenize(text).map((token) => NAME_WORD_MEANINGS.get(token.text)),
    ...[...NAME_WORD_MEANINGS]
      .filter(([word]) => !LATIN.test(word) && text.includes(word))
      .map(([, meaning]) => meaning),
  ]);
  meanings.set(customer, found);
  return found;
}
