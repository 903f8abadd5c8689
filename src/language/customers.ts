import { abbreviatedNames } from './customer-abbreviations';
import { nameSpelling, unifyHan, CORE, type NameKey } from './customer-keys';
import { firstSound, nameIndex, type NameIndex } from './customer-index';
import { namesBySound } from './customer-sounds';
import { editDistance, letterMask, mayBeNear } from './edit-distance';
import { overlaps, type FoldedText, type Span } from './fold';
import { continues, tokenize, type Token } from './tokens';
import { isAnyone, isPerson, wholeName } from './customer-surroundings';
import type { CustomerName } from './understanding';
import { GENERIC_NAME_WORDS, ORDINARY_WORDS } from './words';

/** A place in the folded text that names a customer, or several that fit equally well. */
export interface CustomerMention extends Span {
  readonly customers: readonly CustomerName[];
}

interface Match extends Span {
  readonly score: number;
  readonly keys: readonly { readonly customer: CustomerName }[];
}

const TYPO_COST = 15;
const SHORTEST_SPLIT = 7;
const LONG_WORD = 4;
/** What one more letter covered is worth against a weaker kind of match. */
const LENGTH_WORTH = 0.5;

/**
 * Finds the customers a text names: exactly, in part, without legal form, in any width, accent or case, or with a typo.
 * Exact beats part beats typo; matches do not overlap.
 * @returns the mentions in order of the text, spans in the folded text.
 */
export function findCustomers(folded: FoldedText, candidates: readonly CustomerName[]): readonly CustomerMention[] {
  const index = nameIndex(candidates);
  const unified = unifyHan(folded.text);
  const words = wordsOf(folded.text);
  const matches: Match[] = [
    ...windowMatches(words, index),
    ...abbreviatedNames(folded.text, words, candidates),
    ...matchesAnywhere(unified, index),
    ...namesBySound(unified, candidates),
  ].filter((match) => !isAnyone(folded.text, match) && !isPerson(folded.text, match));
  matches.sort((a, b) => rank(b) - rank(a) || a.start - b.start);
  const chosen: Match[] = [];
  for (const match of matches) {
    if (!chosen.some((other) => overlaps(other, match))) {
      chosen.push(match);
    }
  }
  return chosen.sort((a, b) => a.start - b.start).map((match) => toMention(wholeName(folded.text, match)));
}

/**
 * @returns the customers meant by a text's mentions, in order: a mention that fits several is settled by another
 * mention that fits only one of them.
 */
export function meantCustomers(mentions: readonly CustomerMention[]): readonly CustomerName[] {
  const sure = new Set(
    mentions.filter((mention) => mention.customers.length === 1).flatMap((mention) => mention.customers),
  );
  const meant = new Set<CustomerName>();
  for (const { customers } of mentions) {
    const settled = customers.filter((customer) => sure.has(customer));
    (settled.length > 0 ? settled : customers).forEach((customer) => meant.add(customer));
  }
  return [...meant];
}

function rank(match: Match): number {
  return match.score + LENGTH_WORTH * (match.end - match.start);
}

function toMention({ start, end, keys }: Match): CustomerMention {
  return { start, end, customers: [...new Set(keys.map((key) => key.customer))] };
}

/** Some words side by side that may be a name. */
interface Window extends Span {
  readonly words: number;
  /** In the spelling names are compared in, without spaces. */
  readonly written: string;
  /** One of them is an everyday word, which no typo turns into a name. */
  readonly isPlain: boolean;
  /** Two words that may be one: neither is a short everyday word ("Fabrik am"), nor are both everyday ones. */
  readonly isSplit: boolean;
}

interface Word extends Token {
  readonly written: string;
  readonly endsInVowel: boolean;
  readonly isOrdinary: boolean;
  readonly isGeneric: boolean;
  /** Nothing but a joint between it and the word before. */
  readonly continues: boolean;
}

/** What every window of a text asks its words for, worked out once: a long text has thousands of windows. */
function wordsOf(text: string): Word[] {
  return tokenize(text).map(({ text: word, start, end }, index, tokens) => ({
    text: word,
    start,
    end,
    written: nameSpelling(word),
    endsInVowel: word.endsWith('a') || word.endsWith('o') || word.endsWith('u'),
    isOrdinary: ORDINARY_WORDS.has(word),
    isGeneric: GENERIC_NAME_WORDS.has(word),
    continues: index > 0 && continues(text, tokens, index - 1),
  }));
}

function windowMatches(words: readonly Word[], index: NameIndex): Match[] {
  const found: Match[] = [];
  for (let first = 0; first < words.length; first += 1) {
    let written = '';
    let isPlain = false;
    for (let last = first; last < Math.min(words.length, first + index.longest); last += 1) {
      const word = words[last];
      if (word === undefined || (last > first && !word.continues)) {
        break;
      }
      const isAlone = last === first;
      written = isAlone ? word.written : written + writtenAfter(words[last - 1], word);
      isPlain ||= word.isOrdinary && !word.isGeneric;
      const match = matchWindow(
        {
          start: words[first]?.start ?? 0,
          end: word.end,
          words: last - first + 1,
          written,
          isPlain: isPlain || (isAlone && word.isOrdinary),
          isSplit: last === first + 1 && mayBeSplit(words[first], word),
        },
        index,
      );
      if (match !== undefined) {
        found.push(match);
      }
    }
  }
  return found;
}

/** A word's part of the spelling of several: where "a" and "e" meet they are one, as inside a word. */
function writtenAfter(before: Word | undefined, word: Word): string {
  return before?.endsInVowel && word.text.startsWith('e') ? word.written.slice(1) : word.written;
}

function matchWindow({ start, end, words, written, isPlain, isSplit }: Window, index: NameIndex): Match | undefined {
  const exact = (index.exact.get(written) ?? [])
    .filter((key) => fitsWordCount(key, words) || (isSplit && isOneWord(key)))
    .map((key) => ({ key, edits: 0 }));
  const isSettled = isPlain || written.length < 4 || exact.some(({ key }) => key.strength >= CORE);
  return best(isSettled ? exact : [...exact, ...nearKeys(written, words, index)], { start, end });
}

/** A name of one word is not looked for across two words ("fabrik am"). */
function fitsWordCount(key: NameKey, words: number): boolean {
  return words <= key.tokens || (key.tokens > 1 && words === key.tokens + 1);
}

/** "Lit ware". */
const isOneWord = (key: NameKey): boolean => key.tokens === 1 && key.text.length >= SHORTEST_SPLIT;

function mayBeSplit(first: Word | undefined, second: Word): boolean {
  const isShort = (word: Word): boolean => word.isOrdinary && word.text.length < LONG_WORD;
  return first !== undefined && !isShort(first) && !isShort(second) && !(first.isOrdinary && second.isOrdinary);
}

interface Near {
  readonly key: NameKey;
  readonly edits: number;
}

function nearKeys(written: string, words: number, index: NameIndex): Near[] {
  const mask = letterMask(written);
  const near: Near[] = [];
  for (const key of index.bySound.get(firstSound(written)) ?? []) {
    const limit = typoLimit(Math.min(key.text.length, written.length));
    const isWhole = fitsWordCount(key, words);
    if ((isWhole || (words === 2 && isOneWord(key))) && mayBeNear(mask, key.mask, limit)) {
      const edits = editDistance(written, key.text, limit);
      if (edits <= 1 || (isWhole && edits <= limit && soundsAlike(written, key.text))) {
        near.push({ key, edits });
      }
    }
  }
  return near;
}

function typoLimit(length: number): number {
  return length >= 12 ? 3 : length >= 7 ? 2 : length >= 5 ? 1 : 0;
}

/** Two wrong letters are believed only where the consonants are the same: "Litwear" is Litware, "contato" is not Contoso. */
function soundsAlike(a: string, b: string): boolean {
  return a.length >= 12 || skeleton(a) === skeleton(b);
}

function skeleton(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/[cq]/g, 'k')
    .replace(/[aeiouyhw]/g, '')
    .replace(/(.)\1+/g, '$1')
    .replace(/s$/, '');
}

function best(near: readonly Near[], span: Span): Match | undefined {
  if (near.length === 0) {
    return undefined;
  }
  const score = Math.max(...near.map(scoreOf));
  return { ...span, score, keys: near.filter((candidate) => scoreOf(candidate) === score).map(({ key }) => key) };
}

function scoreOf({ key, edits }: Near): number {
  return key.strength - TYPO_COST * edits;
}

function matchesAnywhere(unified: string, index: NameIndex): Match[] {
  const places = new Map<string, Match>();
  for (const key of index.anywhere) {
    let start = unified.indexOf(key.text);
    while (start >= 0) {
      const span = { start, end: start + key.text.length };
      const id = `${String(span.start)}-${String(span.end)}`;
      places.set(id, better(places.get(id), { ...span, score: Math.max(key.strength, CORE - 10), keys: [key] }));
      start = unified.indexOf(key.text, span.end);
    }
  }
  return [...places.values()];
}

function better(known: Match | undefined, match: Match): Match {
  if (known === undefined || match.score > known.score) {
    return match;
  }
  return match.score < known.score ? known : { ...known, keys: [...known.keys, ...match.keys] };
}
