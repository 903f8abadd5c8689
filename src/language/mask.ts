import { LANGUAGES } from '../domain/vocabulary';
import type { FoldedText, Span } from './fold';
import { findLanguageName } from './language-names';
import { PLACEHOLDERS } from './pattern';
import { WORDS } from './words';

/** What was found in a text, spans in the folded text. */
export interface Found {
  readonly customers: readonly Span[];
  readonly workloads: readonly Span[];
  readonly dates: readonly Span[];
}

/** "Contoso's", "コントソ様": belongs to the name. */
const BELONGS = new RegExp(
  `^(?:'s?(?![a-z])|${LANGUAGES.flatMap((language) => WORDS[language].honorifics).join('|')})`,
  'u',
);

interface Piece extends Span {
  readonly placeholder: string;
}

/** @returns the folded text with a placeholder for each thing found, the way the intents' patterns expect it. */
export function mask(folded: FoldedText, found: Found): string {
  const language = findLanguageName(folded);
  const pieces: Piece[] = [
    ...found.customers.map((span) => ({ ...withEnding(folded.text, span), placeholder: PLACEHOLDERS.customer })),
    ...found.workloads.map((span) => ({ ...span, placeholder: PLACEHOLDERS.workload })),
    ...found.dates.map((span) => ({ ...span, placeholder: PLACEHOLDERS.when })),
    ...(language === undefined ? [] : [{ ...language, placeholder: PLACEHOLDERS.language }]),
  ];
  let masked = '';
  let position = 0;
  for (const piece of pieces.sort((a, b) => a.start - b.start)) {
    if (piece.start >= position) {
      masked += folded.text.slice(position, piece.start) + piece.placeholder;
      position = piece.end;
    }
  }
  return masked + folded.text.slice(position);
}

/** @returns a name's span with the possessive or title that belongs to it. */
export function withEnding(text: string, span: Span): Span {
  const ending = BELONGS.exec(text.slice(span.end, span.end + 8))?.[0] ?? '';
  return { start: span.start, end: span.end + ending.length };
}
