import type { Temporal } from 'temporal-polyfill';
import type { DateReading } from '../understanding';

/** The date that a shift ("two weeks later") leads to from `current`; months clamp to the end of the month. */
export function applyShift(
  reading: Extract<DateReading, { kind: 'shift' }>,
  current: Temporal.PlainDate,
): Temporal.PlainDate {
  return current.add({ months: reading.months, days: reading.days });
}
