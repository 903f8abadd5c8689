import { overlaps, type FoldedText, type Span } from '../fold';
import { ABBREVIATIONS } from '../words';
import type { ReasonContext } from './find-reason';
import { matchesIn } from '../matches';

/** A piece of a sentence between commas, dashes, brackets or full stops. */
export interface Clause extends Span {
  /** The sign before it; '' at the start of the text. */
  readonly sign: string;
}

const SEPARATOR = /[,;:!()[\]|\n。、，；：！？（）…]|\?+(?![a-z0-9])|\.+(?=\s|$)|\s\/\/\s|\s[-–—]+\s|[—–]+|→|->|=>/gu;
const SENTENCE_END = /^(?:\.+|\?+|[!。！？\n…])$/;
/** "Am 4. tagt", "d. Admins": no sentence ends there. */
const NUMBER_BEFORE = /(?:^|[^\d./])\d{1,2}$/;
const LETTER_BEFORE = /(?:^|[^\p{L}\p{N}])\p{L}$/u;
/** "22.03. Die Lizenz …": this one ends a sentence, "zum 9. Urlaub" does not. */
const FULL_DATE = /(?:\d\D+\d+|\p{L}{3})\.$/u;
const CAPITAL_NEXT = /^\s*\p{Lu}/u;

const LONGEST_ABBREVIATION = 8;

/** "Mr. Smith", "ca. 50", "Acme Inc. is late": no sentence ends there. */
function isAbbreviation(before: string, behind: string): boolean {
  const kind = ABBREVIATIONS.get(/[\p{L}.]+$/u.exec(before)?.[0] ?? '');
  return kind === 'within' || (kind === 'atEnd' && !CAPITAL_NEXT.test(behind));
}

/**
 * @param closed dates and names: signs inside of them separate nothing.
 * @param dottedOrdinals whether "9." may be a day and no end of a sentence (German).
 * @returns the clauses of a folded text.
 */
export function splitClauses(
  { original, text, at }: FoldedText,
  closed: readonly Span[],
  dottedOrdinals: boolean,
): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let sign = '';
  for (const match of matchesIn(text, SEPARATOR)) {
    const behind = match.index + match[0].length;
    const isInside = closed.some((span) => span.start <= match.index && match.index < span.end);
    const isLast =
      closed.some((span) => span.end === behind && FULL_DATE.test(text.slice(span.start, span.end))) &&
      CAPITAL_NEXT.test(original.slice(at[behind]));
    const before = text.slice(Math.max(start, match.index - LONGEST_ABBREVIATION), match.index);
    const isNoStop =
      match[0] === '.' &&
      (LETTER_BEFORE.test(before) ||
        (dottedOrdinals && NUMBER_BEFORE.test(before)) ||
        isAbbreviation(before, original.slice(at[behind])));
    if ((!isInside && !isNoStop) || (isLast && match[0] === '.')) {
      clauses.push({ start, end: match.index, sign });
      start = behind;
      sign = match[0].trim();
    }
  }
  clauses.push({ start, end: text.length, sign });
  return clauses.filter((clause) => text.slice(clause.start, clause.end).trim() !== '');
}

const BRACKETS = /[(（[][^()（）[\]\n]*[)）\]]/gu;

/** @returns the brackets of a text with what is in them: "their admin (Jim) is away" says one thing, not three. */
export const bracketsIn = (text: string): Span[] =>
  matchesIn(text, BRACKETS).map((match) => ({ start: match.index, end: match.index + match[0].length }));

/** @returns the brackets inside of a clause that is not the request: "- their admin (Jim) is away". */
export function detailsIn(folded: FoldedText, known: readonly Span[], dottedOrdinals: boolean): Span[] {
  const clauses = splitClauses(folded, known, dottedOrdinals);
  const isKnown = (span: Span): boolean => known.some((each) => overlaps(each, span));
  return bracketsIn(folded.text).filter((span) => {
    const before = clauses.find(({ end }) => end === span.start);
    return before !== undefined && !isKnown(before) && !isKnown(span);
  });
}

/** @returns whether a sign ends a sentence. */
export function endsSentence(sign: string): boolean {
  return SENTENCE_END.test(sign);
}

/** @returns whether a sign sets its clause apart from the sentence: brackets, dashes, slashes. */
export function setsApart(sign: string): boolean {
  return /^(?:[(（[]|[-–—]+|\/\/|\|)$/.test(sign);
}

/** @returns whether a sign opens or closes brackets. */
export function isBracket(sign: string): boolean {
  return /^[()（）[\]]$/.test(sign);
}

/** @returns whether a sign leads from an old date to the new one. */
export function isArrow(sign: string): boolean {
  return /^(?:→|[-=]>)$/.test(sign);
}

/** "Can't make 3 March": says which day it is not, and why only where nothing else does. */
export const isOver = ({ dates, meant }: ReasonContext, span: Span): boolean =>
  meant.length > 0 && dates.some((date) => overlaps(date, span)) && !meant.some((date) => overlaps(date, span));
