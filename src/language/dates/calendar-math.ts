import { Temporal } from 'temporal-polyfill';
import type { Precision } from '../../domain/records';
import type { DateCandidate } from '../understanding';

const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const YEARS_TO_A_LEAP_DAY = 8;
const YEARS_BACK = 3;
const YEARS_AHEAD = 8;

export function candidate(date: Temporal.PlainDate, precision: Precision = 'day'): DateCandidate {
  return { date, precision };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  }
  return LONGEST_MONTH[month - 1] ?? 0;
}

/** @returns undefined for a day that does not exist: nothing is ever rolled over. */
export function exactDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists && year > 0 ? Temporal.PlainDate.from({ year, month, day }) : undefined;
}

/** The first such day on or after `today`; undefined when no year has it. */
export function nextOccurrence(today: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | undefined {
  for (let year = today.year; year <= today.year + YEARS_TO_A_LEAP_DAY; year += 1) {
    const date = exactDate(year, month, day);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) {
      return date;
    }
  }
  return undefined;
}

/** The last such day on or before `today`; undefined when no year has it. */
export function lastOccurrence(today: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | undefined {
  for (let year = today.year; year >= today.year - YEARS_TO_A_LEAP_DAY; year -= 1) {
    const date = exactDate(year, month, day);
    if (date && Temporal.PlainDate.compare(date, today) <= 0) {
      return date;
    }
  }
  return undefined;
}

/** The Monday of the week `weeks` from the one of `date`. */
export function mondayOf(date: Temporal.PlainDate, weeks = 0): Temporal.PlainDate {
  return date.add({ days: 1 - date.dayOfWeek + 7 * weeks });
}

/** The nearest such weekday after `today`, or on it with `orToday`. */
export function comingWeekday(today: Temporal.PlainDate, weekday: number, orToday = false): Temporal.PlainDate {
  const days = (weekday - today.dayOfWeek + 7) % 7;
  return today.add({ days: days === 0 && !orToday ? 7 : days });
}

/** The nearest such weekday before `today`. */
export function pastWeekday(today: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  const days = (today.dayOfWeek - weekday + 7) % 7;
  return today.subtract({ days: days === 0 ? 7 : days });
}

/** Monday to Friday; holidays differ by customer and are not counted out. */
export function addWorkingDays(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let date = from;
  for (let left = Math.abs(count); left > 0;) {
    date = date.add({ days: Math.sign(count) });
    left -= date.dayOfWeek <= 5 ? 1 : 0;
  }
  return date;
}

export function firstOfMonth(date: Temporal.PlainDate, months = 0): Temporal.PlainDate {
  return date.with({ day: 1 }).add({ months });
}

export function firstOfQuarter(date: Temporal.PlainDate, quarters = 0): Temporal.PlainDate {
  return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) }).add({ months: 3 * quarters });
}

export function lastDay(first: Temporal.PlainDate, months: number): Temporal.PlainDate {
  return first.add({ months }).subtract({ days: 1 });
}

/** Monday of ISO week `week`; undefined when the year has no such week. */
export function isoWeek(year: number, week: number): Temporal.PlainDate | undefined {
  const monday = mondayOf(Temporal.PlainDate.from({ year, month: 1, day: 4 })).add({ days: 7 * (week - 1) });
  return week >= 1 && monday.add({ days: 3 }).year === year ? monday : undefined;
}

/** Two-digit years are of this century. */
export function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

/** A year that somebody may plan for, or look back to. */
export function isNearYear(year: number, today: Temporal.PlainDate): boolean {
  return year >= today.year - YEARS_BACK && year <= today.year + YEARS_AHEAD;
}

/** Without repeated dates, in order. */
export function distinct(candidates: readonly DateCandidate[]): DateCandidate[] {
  return candidates.filter((one, index) => candidates.findIndex((other) => other.date.equals(one.date)) === index);
}
