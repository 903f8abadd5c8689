import { Temporal } from 'temporal-polyfill';
import type { DateCandidate } from '../../understanding';
import {
  addWorkingDays,
  candidate,
  comingWeekday,
  distinct,
  firstOfMonth,
  lastDay,
  mondayOf,
  pastWeekday,
} from '../calendar-math';
import { dates, isBacked, type Captured, type Outcome } from './captured';
import { yearlessMonth } from './yearless-month';

const SUNDAY = 7;
const LAST = -1;

function either(...options: readonly Temporal.PlainDate[]): Outcome {
  return dates(...distinct(options.map((date): DateCandidate => candidate(date))));
}

function inWeek(today: Temporal.PlainDate, weeks: number, weekday: number): Temporal.PlainDate {
  return mondayOf(today, weeks).add({ days: weekday - 1 });
}

/** "Tuesday": the next one, or the last one of what has happened. Said on a Tuesday it may be today. */
export function plainWeekday(captured: Captured): Outcome | undefined {
  const weekday = captured.number('weekday');
  if (weekday === undefined || (captured.isWeak('weekday') && !captured.has('prep') && !isBacked(captured))) {
    return undefined;
  }
  const { today, context } = captured;
  if (context.past) {
    return either(pastWeekday(today, weekday));
  }
  const coming = comingWeekday(today, weekday);
  return today.dayOfWeek === weekday ? either(coming, today) : either(coming);
}

/**
 * "next Friday": the coming one for some speakers, the one of next week for others. Where both are the same day there
 * is nothing to ask; on a Sunday speakers do not agree either on which week is the next.
 */
function nextWeekday(today: Temporal.PlainDate, weekday: number, further: number): Outcome {
  const coming = comingWeekday(today, weekday).add({ days: 7 * further });
  const ofNextWeek = inWeek(today, 1 + further, weekday);
  return today.dayOfWeek === SUNDAY ? either(coming, coming.add({ days: 7 })) : either(ofNextWeek, coming);
}

/** "this", "next", "last", "coming" with a weekday. */
export function relatedWeekday(captured: Captured): Outcome | undefined {
  const weekday = captured.number('weekday');
  if (weekday === undefined) {
    return undefined;
  }
  const { today } = captured;
  const ofWeek = captured.number('wrel');
  if (ofWeek !== undefined) {
    return either(inWeek(today, ofWeek, weekday));
  }
  if (captured.has('coming')) {
    // "This Wednesday", said on a Wednesday; "the coming Wednesday" is no doubt another.
    const orToday = captured.number('coming') === 0;
    return either(comingWeekday(today, weekday), comingWeekday(today, weekday, orToday));
  }
  if (captured.has('past')) {
    return either(pastWeekday(today, weekday));
  }
  const offset = captured.number('rel') ?? 0;
  const ofThisWeek = inWeek(today, 0, weekday);
  if (offset > 0) {
    return nextWeekday(today, weekday, offset - 1);
  }
  if (offset < 0) {
    return either(pastWeekday(today, weekday), inWeek(today, -1, weekday));
  }
  return Temporal.PlainDate.compare(ofThisWeek, today) >= 0
    ? either(ofThisWeek)
    : either(comingWeekday(today, weekday), ofThisWeek);
}

/** "Tuesday of next week": weeks start on Monday, so this is one day. */
export function weekdayOfWeek(captured: Captured): Outcome | undefined {
  const weekday = captured.number('weekday');
  const offset = captured.offset('week');
  return weekday === undefined || offset === undefined ? undefined : either(inWeek(captured.today, offset, weekday));
}

/** "Tuesday week". */
export function weekdayPlusWeek(captured: Captured): Outcome | undefined {
  const weekday = captured.number('weekday');
  return weekday === undefined ? undefined : either(comingWeekday(captured.today, weekday).add({ days: 7 }));
}

/** "Monday in a week": a week after Monday. "In two weeks": counted from Monday, or in the week two weeks ahead. */
export function weekdayInWeeks(captured: Captured): Outcome | undefined {
  const weekday = captured.number('weekday');
  const count = captured.number('num');
  if (weekday === undefined || count === undefined) {
    return undefined;
  }
  const { today } = captured;
  // "Montag in acht Tagen" is a week as well.
  const weeks = captured.word('unit') === 'day' ? 1 : count;
  const counted = comingWeekday(today, weekday, true).add({ days: 7 * weeks });
  const weekdayFirst = (captured.tokenOf('weekday')?.start ?? 0) < (captured.tokenOf('unit')?.start ?? 0);
  return weeks === 1 && weekdayFirst ? either(counted) : either(inWeek(today, weeks, weekday), counted);
}

function nthOf(first: Temporal.PlainDate, nth: number, weekday: number): Temporal.PlainDate | undefined {
  if (nth === LAST) {
    return pastWeekday(first.add({ months: 1 }), weekday);
  }
  const date = comingWeekday(first, weekday, true).add({ days: 7 * (nth - 1) });
  return date.month === first.month ? date : undefined;
}

function nthWorkday(first: Temporal.PlainDate, nth: number): Temporal.PlainDate {
  return nth === LAST ? addWorkingDays(first.add({ months: 1 }), -1) : addWorkingDays(first.subtract({ days: 1 }), nth);
}

function nthInMonth(first: Temporal.PlainDate, nth: number, captured: Captured): Temporal.PlainDate | undefined {
  const weekday = captured.number('weekday');
  if (weekday !== undefined) {
    return nthOf(first, nth, weekday);
  }
  if (captured.word('unit') === 'workday') {
    return nthWorkday(first, nth);
  }
  return nth === LAST ? lastDay(first, 1) : first.add({ days: nth - 1 });
}

/** "first Monday in March", "last working day of the month", "12月的第一个周一". */
export function nthDay(captured: Captured): Outcome | undefined {
  const nth = captured.has('last') ? LAST : (captured.nth ?? captured.all('num').at(captured.has('mm') ? -1 : 0));
  const offset = captured.offset('month');
  const { month, today } = captured;
  if (nth === undefined || nth > 31) {
    return undefined;
  }
  if (month === undefined) {
    const here = nthInMonth(firstOfMonth(today, offset ?? 0), nth, captured);
    const over = offset === undefined && here !== undefined && Temporal.PlainDate.compare(here, today) < 0;
    const found = over ? nthInMonth(firstOfMonth(today, 1), nth, captured) : here;
    return found ? either(found) : { candidates: [], impossible: true };
  }
  const found = yearlessMonth(captured, month, (first) => nthInMonth(first, nth, captured));
  return found ? either(found) : { candidates: [], impossible: true };
}
