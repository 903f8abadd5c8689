import type { Temporal } from 'temporal-polyfill';

/** The calendar date at this instant on the wall of that zone. */
export const todayIn = (now: Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  now.toZonedDateTimeISO(timeZone).toPlainDate();
