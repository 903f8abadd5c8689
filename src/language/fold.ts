/** A text as it is compared: lower case, full-width and half-width forms as usual ones, accents taken off. */
export interface FoldedText {
  readonly original: string;
  readonly text: string;
  /** For each unit of `text` the index in `original` it came from; one more entry for the end. */
  readonly at: readonly number[];
}

/** Part of a text; `end` is behind its last unit. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const LATIN_MARKS = /[\u0300-\u036f]/g;
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  '’': "'",
  '‘': "'",
  '`': "'",
  '\u3000': ' ',
  '\u00a0': ' ',
  // Our cards let long names break with it; copied from there, it is not a part of the name.
  '\u200b': '',
};
const SOUND_MARKS = new Set(['\u3099', '\u309a', 'ﾞ', 'ﾟ']);
const cache = new Map<string, string>();
const CACHE_LIMIT = 20_000;

function foldCharacter(character: string): string {
  const known = cache.get(character);
  if (known !== undefined) {
    return known;
  }
  const lower = character.normalize('NFKC').toLowerCase();
  const folded = LETTERS[lower] ?? lower.normalize('NFD').replace(LATIN_MARKS, '').normalize('NFC');
  if (cache.size < CACHE_LIMIT) {
    cache.set(character, folded);
  }
  return folded;
}

/**
 * Folds a text so that "São", "Sao" and "ＳＡＯ" are one. Kana keep their sound marks (が is not か).
 * @returns the folded text with the way back to the original indexes.
 */
export function fold(original: string): FoldedText {
  return ASCII_FOLDED_BY_CASE.test(original) ? foldAscii(original) : foldAny(original);
}

/** Most of what is folded is plain Latin, where nothing moves: a twentieth of the work. */
const ASCII_FOLDED_BY_CASE = /^[\0-_a-\x7f]*$/;

function foldAscii(original: string): FoldedText {
  const at: number[] = [];
  for (let index = 0; index <= original.length; index += 1) {
    at.push(index);
  }
  return { original, text: original.toLowerCase(), at };
}

function foldAny(original: string): FoldedText {
  const parts: string[] = [];
  const at: number[] = [];
  let index = 0;
  for (const character of original) {
    const last = parts[parts.length - 1];
    if (SOUND_MARKS.has(character) && last !== undefined) {
      parts[parts.length - 1] = (last + character.normalize('NFKC')).normalize('NFC').slice(0, last.length);
    } else {
      const folded = foldCharacter(character);
      for (let unit = 0; unit < folded.length; unit += 1) {
        parts.push(folded.charAt(unit));
        at.push(index);
      }
    }
    index += character.length;
  }
  at.push(original.length);
  return { original, text: parts.join(''), at };
}

/** @returns the text with the spans overwritten by spaces: same length, nothing moves. */
export function blank(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const { start, end } of spans) {
    result = result.slice(0, start) + ' '.repeat(Math.max(0, end - start)) + result.slice(end);
  }
  return result;
}

/** @returns the span of the original that a span of the folded text stands for. */
export function toOriginal(folded: FoldedText, span: Span): Span {
  return { start: folded.at[span.start] ?? 0, end: folded.at[span.end] ?? folded.original.length };
}

/** @returns whether two spans share a unit. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
