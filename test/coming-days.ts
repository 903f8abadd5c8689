import { Temporal } from 'temporal-polyfill';
import type { Language } from '../src/domain/vocabulary';

const today = (): Temporal.PlainDate => Temporal.Now.plainDateISO('UTC');

const onOrAfter = (day: Temporal.PlainDate, weekday: number): Temporal.PlainDate =>
  day.add({ days: (weekday - day.dayOfWeek + 7) % 7 });

/** A date that raises no warning on any day: the given weekday (1 = Monday), at least `weeks` weeks from now. */
export const comingDay = (weeks: number, weekday = 3): string => onOrAfter(today().add({ weeks }), weekday).toString();

/** A month still to come, within 17 months of now, that begins on a Monday: its 3rd is a Wednesday, its 6th a Saturday. */
const month = (() => {
  let first = today().add({ months: 2 }).with({ day: 1 });
  while (first.dayOfWeek !== 1) {
    first = first.add({ months: 1 });
  }
  return first;
})();

/** A day of that month, which stays the same for all tests of a file. */
export const inComingMonth = (day: number): string => month.with({ day }).toString();

/** A day as one writes it, with its year. */
export const written = (language: Language, iso: string): string => say(language, iso, { day: 'numeric' });

/** Its month, with the year. */
export const writtenMonth = (language: Language, iso: string): string => say(language, iso, {});

const say = (language: Language, iso: string, day: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...day,
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(iso));
