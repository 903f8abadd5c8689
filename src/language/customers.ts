import { nameSpelling, unifyHan, CORE, type NameKey } from './customer-keys';
import { firstSound, nameIndex, type NameIndex } from './customer-index';
import { editDistance, letterMask, mayBeNear } from './edit-distance';
import { overlaps, type FoldedText, type Span } from './fold';
import { continues, tokenize, type Token } from './tokens';
import type { CustomerName } from './understanding';
import { GENERIC_NAME_WORDS, ORDINARY_WORDS } from './words';

/** A place in the folded text that names a customer, or several that fit equally well. */
export interface CustomerMention extends Span {
  readonly customers: readonly CustomerName[];
}

interface Match extends Span {
  readonly score: number;
  readonly keys: readonly NameKey[];
}

const TYPO_COST = 15;
/** What one more letter covered is worth against a weaker kind of match. */
const LENGTH_WORTH = 0.5;

/**
 * Finds the customers a text names: exactly, in part, without legal form, in any width, accent or case, or with a typo.
 * Exact beats part beats typo; matches do not overlap.
 * @returns the mentions in order of the text, spans in the folded text.
 */
export function findCustomers(folded: FoldedText, candidates: readonly CustomerName[]): readonly CustomerMention[] {
  const index = nameIndex(candidates);
  const matches = [...windowMatches(folded.text, index), ...matchesAnywhere(folded.text, index)];
  matches.sort((a, b) => rank(b) - rank(a) || a.start - b.start);
  const chosen: Match[] = [];
  for (const match of matches) {
    if (!chosen.some((other) => overlaps(other, match))) {
      chosen.push(match);
    }
  }
  return chosen.sort((a, b) => a.start - b.start).map(toMention);
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

function windowMatches(text: string, index: NameIndex): Match[] {
  const tokens = tokenize(text);
  const found: Match[] = [];
  for (let first = 0; first < tokens.length; first += 1) {
    let words: Token[] = [];
    for (let last = first; last < tokens.length && words.length < index.longest; last += 1) {
      const token = tokens[last];
      if (token === undefined || (last > first && !continues(text, tokens, last - 1))) {
        break;
      }
      words = [...words, token];
      const match = matchWords(words, index);
      if (match !== undefined) {
        found.push(match);
      }
    }
  }
  return found;
}

function matchWords(words: readonly Token[], index: NameIndex): Match | undefined {
  const written = nameSpelling(words.map((word) => word.text).join(''));
  const spans = { start: words[0]?.start ?? 0, end: words[words.length - 1]?.end ?? 0 };
  const exact = index.exact.get(written)?.filter((key) => fitsWordCount(key, words.length));
  if (exact !== undefined && exact.length > 0) {
    return best(
      exact.map((key) => ({ key, edits: 0 })),
      spans,
    );
  }
  if (written.length < 4 || words.some((word) => isKnownWord(word.text, words.length))) {
    return undefined;
  }
  return best(nearKeys(written, words.length, index), spans);
}

function isKnownWord(word: string, words: number): boolean {
  return ORDINARY_WORDS.has(word) && (words === 1 || !GENERIC_NAME_WORDS.has(word));
}

/** A name of one word is not looked for across two words ("fabrik am"). */
function fitsWordCount(key: NameKey, words: number): boolean {
  return words <= key.tokens || (key.tokens > 1 && words === key.tokens + 1);
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
    if (fitsWordCount(key, words) && mayBeNear(mask, key.mask, limit)) {
      const edits = editDistance(written, key.text, limit);
      if (edits <= 1 || (edits <= limit && soundsAlike(written, key.text))) {
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

function matchesAnywhere(text: string, index: NameIndex): Match[] {
  if (index.anywhere.length === 0) {
    return [];
  }
  const unified = unifyHan(text);
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
