import { Temporal } from 'temporal-polyfill';
import type { Captured } from './captured';

/** `pick` in the month of the named year, else in the first year where it is not over. */
export function yearlessMonth(
  captured: Captured,
  month: number,
  pick: (first: Temporal.PlainDate) => Temporal.PlainDate | undefined,
): Temporal.PlainDate | undefined {
  const { today, year } = captured;
  const first = Temporal.PlainDate.from({ year: year ?? today.year, month, day: 1 });
  const date = pick(first);
  if (year !== undefined || (date && Temporal.PlainDate.compare(date, today) >= 0)) {
    return date;
  }
  const earlier = captured.context.past && date ? date : undefined;
  return earlier ?? pick(first.add({ years: 1 }));
}
