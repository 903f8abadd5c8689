import { Temporal } from 'temporal-polyfill';
import type { Language } from '../domain/vocabulary';
import { findDate } from '../language/dates/find-date';
import type { DateReading } from '../language/understanding';

/** Days whose only common readings are bare days of the month: neither "tomorrow" nor "Monday" nor "end of the month". */
const PROBES = ['2027-01-01', '2027-04-01', '2027-05-10'].map((day) => Temporal.PlainDate.from(day));

/**
 * "No, the 4th" said of a date on the screen means that day of the month shown, if it is still to come.
 * @returns undefined where the text says more than a day of the month
 */
export function dayOfShownMonth(
  text: string,
  { language, today, shown }: { language: Language; today: Temporal.PlainDate; shown: Temporal.PlainDate },
): DateReading | undefined {
  const readings = PROBES.map((day) => findDate(text, language, day).reading);
  const days = readings.map((reading) =>
    reading.kind === 'date' && reading.precision === 'day' ? reading.date : undefined,
  );
  const [first, second, third] = days;
  const follows = first?.month === 1 && second?.month === 4 && (third?.month === 5 || third?.month === 6);
  if (!follows || new Set(days.map((day) => day?.day)).size > 1) {
    return undefined;
  }
  const { reading } = findDate(text, language, shown.with({ day: 1 }));
  const isAhead = reading.kind === 'date' && Temporal.PlainDate.compare(reading.date, today) >= 0;
  return isAhead && reading.date.month === shown.month ? reading : undefined;
}
