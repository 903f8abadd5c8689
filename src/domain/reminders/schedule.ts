import { Temporal } from 'temporal-polyfill';

/** When an FM may be written to. All of it is in the FM's own calendar and on their own clock. */
export interface Schedule {
  /** IANA zone. */
  readonly timeZone: string;
  /** ISO weekdays 1 (Monday) to 7. */
  readonly workingDays: readonly number[];
  /** `HH:MM` of reminders; `now` = as soon as due, any day at any hour. */
  readonly time: string;
  readonly isHoliday: (day: Temporal.PlainDate) => boolean;
  /** The first day on which reminders may come again. */
  readonly pausedUntil: Temporal.PlainDate | undefined;
  /** Also reminded on the morning of the start date itself. */
  readonly headsUp: boolean;
}

export const AT_ONCE = 'now';
/** What is late may still come within a working day's length after the reminder time, not in the evening. */
const WORKING_HOURS = 9;
/** Longer than any run of holidays: a calendar without a working day ends the search. */
const FURTHEST = 370;

/** The FM's calendar date at an instant. */
export const todayOf = ({ timeZone }: Schedule, now: Temporal.Instant): Temporal.PlainDate =>
  now.toZonedDateTimeISO(timeZone).toPlainDate();

export const isWorkingDay = (schedule: Schedule, day: Temporal.PlainDate): boolean =>
  schedule.workingDays.includes(day.dayOfWeek) && !schedule.isHoliday(day);

/** The n-th working day after a day (n ≥ 1). */
export function addWorkingDays(schedule: Schedule, from: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = from;
  let found = 0;
  for (let step = 0; step < FURTHEST && found < count; step++) {
    day = day.add({ days: 1 });
    found += isWorkingDay(schedule, day) ? 1 : 0;
  }
  return found === count ? day : from.add({ days: count });
}

/** Working days that have begun after `from`, up to and including `to`. */
export function workingDaysBetween(schedule: Schedule, from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  let count = 0;
  for (let day = from.add({ days: 1 }); Temporal.PlainDate.compare(day, to) <= 0 && count < FURTHEST;) {
    count += isWorkingDay(schedule, day) ? 1 : 0;
    day = day.add({ days: 1 });
  }
  return count;
}

/**
 * The reminder time of a day. A time that the clocks jump over is as much later (02:30 becomes 03:30); one that comes
 * twice is the first of the two.
 */
export function morningOf({ timeZone, time }: Schedule, day: Temporal.PlainDate): Temporal.Instant {
  const plainTime = Temporal.PlainTime.from(time === AT_ONCE ? '00:00' : time);
  return day.toZonedDateTime({ timeZone, plainTime }).toInstant();
}

/** When a start date has passed and its customer is first asked about (S7): the first working day after it. */
export function firstDue(schedule: Schedule, startDate: Temporal.PlainDate): Temporal.Instant {
  const day = schedule.time === AT_ONCE ? startDate.add({ days: 1 }) : addWorkingDays(schedule, startDate, 1);
  return morningOf(schedule, day);
}

/** The morning of the start date itself, or undefined when the FM does not work then. */
export const headsUpAt = (schedule: Schedule, startDate: Temporal.PlainDate): Temporal.Instant | undefined =>
  isWorkingDay(schedule, startDate) ? morningOf(schedule, startDate) : undefined;

/** The reminder time of the n-th working day after today. */
export const askAgainAt = (schedule: Schedule, now: Temporal.Instant, days: number): Temporal.Instant =>
  morningOf(schedule, addWorkingDays(schedule, todayOf(schedule, now), days));

/** The first instant, from now on, at which the FM may be written to; `now` itself inside their working hours. */
export function nextSlot(schedule: Schedule, now: Temporal.Instant): Temporal.Instant {
  const today = todayOf(schedule, now);
  const { pausedUntil } = schedule;
  const paused = pausedUntil !== undefined && Temporal.PlainDate.compare(today, pausedUntil) < 0;
  if (schedule.time === AT_ONCE) {
    return paused ? morningOf(schedule, pausedUntil) : now;
  }
  if (!paused && isWorkingDay(schedule, today)) {
    const morning = morningOf(schedule, today);
    if (Temporal.Instant.compare(now, morning) < 0) {
      return morning;
    }
    if (Temporal.Instant.compare(now, morning.add({ hours: WORKING_HOURS })) < 0) {
      return now;
    }
  }
  const from = paused ? pausedUntil.subtract({ days: 1 }) : today;
  return morningOf(schedule, addWorkingDays(schedule, from, 1));
}
