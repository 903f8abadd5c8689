import type { Temporal } from 'temporal-polyfill';

interface Day {
  readonly date: Temporal.PlainDate;
  readonly from: number;
  readonly before: number;
}

/** The day it was last in each zone; there are some 600 zones. */
const days = new Map<string, Day>();

/** The calendar date at this instant on the wall of that zone; worked out once a day. */
export function todayIn(now: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  const at = now.epochMilliseconds;
  const known = days.get(timeZone);
  if (known !== undefined && known.from <= at && at < known.before) {
    return known.date;
  }
  const zoned = now.toZonedDateTimeISO(timeZone);
  const start = zoned.startOfDay();
  const date = zoned.toPlainDate();
  days.set(timeZone, {
    date,
    from: start.epochMilliseconds,
    before: start.add({ days: 1 }).startOfDay().epochMilliseconds,
  });
  return date;
}
