import { Temporal } from 'temporal-polyfill';
import { isOneOf, LANGUAGES } from '../../domain/vocabulary';
import { findDate } from './find-date';

export interface DateEvalLine {
  readonly lang: string;
  readonly text: string;
  /** YYYY-MM-DD: the day the text is said. */
  readonly now: string;
}

export interface DateEvalResult {
  readonly date: string | null;
  readonly precision: 'day' | 'month' | 'ambiguous' | 'none';
}

/** Answer to one line of a dates evaluation file, as the contract spells it. @throws RangeError on a bad `now`. */
export function evalDateLine(line: DateEvalLine): DateEvalResult {
  const language = isOneOf(LANGUAGES, line.lang) ? line.lang : undefined;
  const { reading } = findDate(line.text, language, Temporal.PlainDate.from(line.now));
  switch (reading.kind) {
    case 'date':
      return { date: reading.date.toString(), precision: reading.precision };
    // A shift needs the current start date, which the file does not give.
    case 'ambiguous':
    case 'shift':
      return { date: null, precision: 'ambiguous' };
    case 'impossible':
    case 'none':
      return { date: null, precision: 'none' };
  }
}
