import type { Temporal } from 'temporal-polyfill';
import { FORMER_USER } from '../domain/former-user';
import type { Precision } from '../domain/records';
import type { Language } from '../domain/vocabulary';
import { text } from './catalog';

/** Who wrote something, as it is signed: an address or id, or that it was somebody who has been forgotten since. */
export const writerText = (language: Language, by: string): string =>
  by === FORMER_USER ? text(language, 'history.formerUser') : by;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(language, options);
    formats.set(key, made);
  }
  return made;
}

const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const MONTH = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;

const inUtc = ({ year, month, day }: Temporal.PlainDate): number => Date.UTC(year, month - 1, day);

/** A calendar date in words, with its weekday; the server's own zone has no part in it. */
export const dayText = (language: Language, day: Temporal.PlainDate): string =>
  format(language, DAY).format(inUtc(day));

const monthText = (language: Language, day: Temporal.PlainDate): string => format(language, MONTH).format(inUtc(day));

/** A start date as users see it: a day, an estimated month (S10), or "not set". */
export function startDateText(
  language: Language,
  startDate: { readonly date: Temporal.PlainDate; readonly precision: Precision } | undefined,
): string {
  if (!startDate) {
    return text(language, 'date.none');
  }
  return startDate.precision === 'month'
    ? text(language, 'date.estimated', { month: monthText(language, startDate.date) })
    : dayText(language, startDate.date);
}

const RANGE = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;

/**
 * Two days and what lies between them. Teams takes "3. " at the beginning of a text for a numbered list: the space
 * after it does not break.
 */
export const periodText = (
  language: Language,
  [from, to]: readonly [Temporal.PlainDate, Temporal.PlainDate],
  { year }: { readonly year: boolean },
): string =>
  format(language, year ? { ...RANGE, year: 'numeric' } : RANGE)
    .formatRange(inUtc(from), inUtc(to))
    .replace(/^(\d+\.) /, '$1\u00A0');

/** An instant as the clock on the reader's wall shows it. */
export const instantText = (language: Language, instant: Temporal.Instant, timeZone: string): string =>
  format(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(instant.epochMilliseconds);

const lists = new Map<Language, Intl.ListFormat>();

/** Names in a row, with the language's own "and". */
export function listText(language: Language, items: readonly string[]): string {
  let format = lists.get(language);
  if (!format) {
    format = new Intl.ListFormat(language, { type: 'conjunction' });
    lists.set(language, format);
  }
  return format.format(items);
}
