import type { Span } from './fold';

/** A piece of a sentence between commas, dashes, brackets or full stops. */
export interface Clause extends Span {
  /** The sign before it; '' at the start of the text. */
  readonly sign: string;
}

const SEPARATOR = /[,;:!?()[\]\n。、，；：！？（）]|\.(?=\s|$)|\s[-–—]+\s|—|→|->/gu;

/** @returns the clauses of a folded text; signs inside `closed` spans (dates, names) separate nothing. */
export function splitClauses(text: string, closed: readonly Span[]): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let sign = '';
  for (const match of text.matchAll(SEPARATOR)) {
    const at = match.index;
    if (!closed.some((span) => span.start <= at && at < span.end)) {
      clauses.push({ start, end: at, sign });
      start = at + match[0].length;
      sign = match[0].trim();
    }
  }
  clauses.push({ start, end: text.length, sign });
  return clauses.filter((clause) => text.slice(clause.start, clause.end).trim() !== '');
}

/** @returns whether a sign ends a sentence. */
export function endsSentence(sign: string): boolean {
  return /^[.!?。！？\n]$/.test(sign);
}
