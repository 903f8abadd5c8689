import type { WordReading } from './date-lexicon';

/** One word, number or mark of a sentence. Indexes are of the folded text. */
export interface DateToken {
  readonly start: number;
  readonly end: number;
  readonly readings: readonly WordReading[];
  /** For `numdate`: the numbers and what stands between them. */
  readonly numeric: NumericDate | undefined;
}

export interface NumericDate {
  readonly parts: readonly string[];
  readonly separator: string;
}

export function hasKind(token: DateToken | undefined, kind: string): boolean {
  return token?.readings.some((one) => one.kind === kind) ?? false;
}

export function isGlue(token: DateToken | undefined): boolean {
  return hasKind(token, 'glue');
}
