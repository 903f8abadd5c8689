import { calendar, twoDays, dayOfMonth, dayOfRelativeMonth, numericDate, relativeDay } from './calendar-rules';
import type { Captured, Outcome } from './captured';
import {
  aboutCount,
  dayOrYear,
  dayPair,
  dayPlusWeeks,
  weekdaysOfWeek,
  weekdaysFromNow,
  halfOfWeek,
  nextDay,
  oneFurther,
  sameDayOfPeriod,
  someDayOfWeek,
  weekdayBeforeWeeks,
} from './relative-rules';
import { ago, bareDuration, fromNow, fromNowOrMore, shifted } from './duration-rules';
import {
  half,
  halfOfMonth,
  month,
  partOfPeriod,
  partsOfPeriod,
  quarter,
  relatedMonth,
  relativePeriod,
  wholeYear,
} from './period-rules';
import { nextWorkday, numberedWeek, week, weekend, weekOfMonth } from './week-rules';
import { plainWeekday, relatedWeekday, nthDay, weekdayInWeeks, weekdayOfWeek, weekdayPlusWeek } from './weekday-rules';

type DateRule = (captured: Captured) => Outcome | undefined;

/** Every rule that a pattern may name; where two fit the same words the upper one is tried first. */
export const DATE_RULES = {
  /** Words that look like dates and are none ("24/7", "来年度"). */
  'no-date': (): Outcome => ({ candidates: [] }),
  'two-days': twoDays,
  'day-pair': dayPair,
  'weekdays-of-week': weekdaysOfWeek,
  'from-now-or-more': fromNowOrMore,
  'one-further': oneFurther,
  'day-plus-weeks': dayPlusWeeks,
  'weekday-before-weeks': weekdayBeforeWeeks,
  'same-day': sameDayOfPeriod,
  'some-day': someDayOfWeek,
  'half-of-week': halfOfWeek,
  'next-day': nextDay,
  'weekdays-from-now': weekdaysFromNow,
  'about-count': aboutCount,
  'day-or-year': dayOrYear,
  'month-with-short-year': month,
  'nth-day': nthDay,
  'week-of-month': weekOfMonth,
  'half-of-month': halfOfMonth,
  'parts-of-period': partsOfPeriod,
  'part-of-period': partOfPeriod,
  'numbered-week': numberedWeek,
  'day-of-relative-month': dayOfRelativeMonth,
  'weekday-of-week': weekdayOfWeek,
  'weekday-in-weeks': weekdayInWeeks,
  'weekday-plus-week': weekdayPlusWeek,
  'next-workday': nextWorkday,
  weekend,
  calendar,
  numeric: numericDate,
  quarter,
  half,
  'related-month': relatedMonth,
  month,
  'relative-period': relativePeriod,
  'related-weekday': relatedWeekday,
  'relative-day': relativeDay,
  shifted,
  ago,
  'from-now': fromNow,
  week,
  'whole-year': wholeYear,
  weekday: plainWeekday,
  'day-of-month': dayOfMonth,
  'bare-duration': bareDuration,
} as const satisfies Record<string, DateRule>;

export type DateRuleName = keyof typeof DATE_RULES;

const PREFERENCE = new Map<string, number>(Object.keys(DATE_RULES).map((name, index) => [name, index]));

export function isDateRule(name: string): name is DateRuleName {
  return PREFERENCE.has(name);
}

export function preference(name: string): number {
  return PREFERENCE.get(name) ?? PREFERENCE.size;
}
