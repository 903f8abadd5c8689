import { Temporal } from 'temporal-polyfill';
import type { DateCandidate } from '../../understanding';
import {
  candidate,
  comingWeekday,
  distinct,
  exactDate,
  firstOfMonth,
  fullYear,
  lastOccurrence,
  nextOccurrence,
} from '../calendar-math';
import { type Captured, dates, IMPOSSIBLE, type Outcome } from './captured';
import { hasKind } from '../date-token';
import { readOrders } from './numeric-orders';

const MONTHS_TO_LOOK_AHEAD = 12;
const LONG_AGO_DAYS = 183;
const LARGEST_FRACTION = 10;

/** The date, or both when the weekday that was said with it is another day's. */
function withWeekday(date: Temporal.PlainDate, weekday: number | undefined): Outcome {
  if (weekday === undefined || date.dayOfWeek === weekday) {
    return dates(candidate(date));
  }
  const after = comingWeekday(date, weekday);
  const near = date.until(after).days <= 3 ? after : after.subtract({ days: 7 });
  return dates(candidate(date), candidate(near));
}

function yearless(captured: Captured, month: number, day: number): Temporal.PlainDate | undefined {
  const { today, context } = captured;
  return context.past ? lastOccurrence(today, month, day) : nextOccurrence(today, month, day);
}

/** Whether a short year may stand before what comes next. */
function mayEnd(context: Captured['context']): boolean {
  return context.followedBy === 'nothing' || context.followedBy === 'backing';
}

/** "Friday, 4 December 2026", "March the fifth", "12月5日". */
export function calendar(captured: Captured): Outcome | undefined {
  const { day, month, year, context, today } = captured;
  // "5 March 12 workloads": a short year needs to end the phrase.
  const openYear = captured.hasFarShortYear || (captured.has('yy') && !mayEnd(context));
  // "três de dez licenças" counts.
  const counts = captured.isWeak('month') && context.followedBy === 'noun';
  if (day === undefined || month === undefined || openYear || counts) {
    return undefined;
  }
  const date = year === undefined ? yearless(captured, month, day) : exactDate(year, month, day);
  if (!date) {
    return IMPOSSIBLE;
  }
  const next = context.past && year === undefined ? nextOccurrence(today, month, day) : undefined;
  // "We spoke on 1 December", said in November: hardly a year ago.
  return next && date.until(next).days > 0 && today.since(date).days > LONG_AGO_DAYS
    ? dates(candidate(date), candidate(next))
    : withWeekday(date, captured.number('weekday'));
}

/** "3 or 4 March", "von 3. auf 5. März": both, or the new one of a change. */
export function twoDays(captured: Captured): Outcome | undefined {
  const { month, year } = captured;
  const days = captured.days.slice(-2);
  if (month === undefined) {
    return undefined;
  }
  const found = days.flatMap((day) => {
    const date = year === undefined ? yearless(captured, month, day) : exactDate(year, month, day);
    return date ? [candidate(date)] : [];
  });
  if (found.length < days.length) {
    return IMPOSSIBLE;
  }
  const link = captured.tokenOf('chg');
  const moved = link !== undefined && !hasKind(link, 'till') && !hasKind(link, 'dash');
  return dates(...distinct(moved ? found.slice(-1) : found));
}

/** Dates that a numeric one may mean, in the orders of the language. */
export function numericDate(captured: Captured): Outcome | undefined {
  const { context, today } = captured;
  const numeric = captured.tokenOf('numdate')?.numeric ?? captured.tokenOf('numpair')?.numeric;
  if (!numeric) {
    return undefined;
  }
  if (
    numeric.parts.length === 2 &&
    (context.followedBy === 'noun' || (context.anchored && isFraction(numeric.parts)))
  ) {
    return dates();
  }
  if (
    captured.has('numpair') &&
    !context.introduced &&
    !context.alone &&
    !isPaddedHyphen(numeric.parts, numeric.separator)
  ) {
    return undefined;
  }
  const [first = '', second = ''] = numeric.parts;
  if (numeric.parts.length === 2 && (first.length === 4 || second.length === 4)) {
    const [year, month] = first.length === 4 ? [Number(first), Number(second)] : [Number(second), Number(first)];
    const date = exactDate(year, month, 1);
    return date ? dates(candidate(date, 'month')) : IMPOSSIBLE;
  }
  const readings = readOrders(numeric, context.locale.numericOrders, today);
  const found = readings.flatMap(({ year = captured.year, month, day }): DateCandidate[] => {
    const date = year === undefined ? yearless(captured, month, day) : exactDate(fullYear(year), month, day);
    return date ? [candidate(date)] : [];
  });
  const [only, ...others] = distinct(found);
  if (!only) {
    return readings.length > 0 || numeric.parts.every((part) => Number(part) > 0) ? IMPOSSIBLE : undefined;
  }
  return others.length > 0
    ? dates(...byWeekday([only, ...others], captured.number('weekday')))
    : withWeekday(only.date, captured.number('weekday'));
}

/** "ユーザーの3/4": a part of something. */
function isFraction([part, whole]: readonly string[]): boolean {
  return Number(part) < Number(whole) && Number(whole) <= LARGEST_FRACTION;
}

/** "08-01" is a date; "8-10" are as many users. */
function isPaddedHyphen(parts: readonly string[], separator: string): boolean {
  return separator === '-' && parts.every((part) => part.length === 2) && parts.some((part) => part.startsWith('0'));
}

/** "Friday 03/04": the weekday decides, where it can. */
function byWeekday(candidates: readonly DateCandidate[], weekday: number | undefined): readonly DateCandidate[] {
  const fitting = candidates.filter((one) => one.date.dayOfWeek === weekday);
  return fitting.length > 0 ? fitting : candidates;
}

/** "the 31st", "dia 15", "25号": the next month that has such a day. */
export function dayOfMonth(captured: Captured): Outcome | undefined {
  const { context, today, day } = captured;
  const weekday = captured.number('weekday');
  if (day === undefined || context.followedBy === 'noun' || !isSurelyDay(captured)) {
    return undefined;
  }
  for (let months = 0; months <= MONTHS_TO_LOOK_AHEAD; months += 1) {
    const first = firstOfMonth(today, context.past ? -months : months);
    const date = exactDate(first.year, first.month, day);
    const order = date ? Temporal.PlainDate.compare(date, today) : undefined;
    if (date && order !== undefined && (context.past ? order <= 0 : order >= 0)) {
      return { ...withWeekday(date, weekday), dayOnly: day };
    }
  }
  return IMPOSSIBLE;
}

/** "first of the month" is a day, "second month" is none: something stands between. */
function isOfMonth(captured: Captured): boolean {
  const [day, month] = [captured.tokenOf('ord') ?? captured.tokenOf('dd'), captured.tokenOf('unit')];
  return day !== undefined && month !== undefined && month.start - day.end > 1;
}

/** "the second one" chooses, "der 5. Versuch" counts; "on the second", "der 5." are days. */
function isSurelyDay(captured: Captured): boolean {
  const { context } = captured;
  if (captured.has('unit')) {
    return isOfMonth(captured);
  }
  if (!captured.isWeak('ord') || captured.has('weekday') || captured.has('daymark')) {
    return true;
  }
  if (context.followedBy === 'capital' && context.locale.capitalNouns) {
    return false;
  }
  const digits = captured.tokenOf('ord');
  const written = digits?.readings.length === 1 || digits?.readings.every((one) => one.kind !== 'dd');
  return (
    context.introduced ||
    captured.has('prep') ||
    (((captured.day ?? 0) > 3 || written === false) && context.followedBy === 'nothing')
  );
}

/** "the 5th of next month", "来月10日". */
export function dayOfRelativeMonth(captured: Captured): Outcome | undefined {
  const offset = captured.offset('month');
  const { day } = captured;
  if (offset === undefined || day === undefined) {
    return undefined;
  }
  const first = firstOfMonth(captured.today, offset);
  const date = exactDate(first.year, first.month, day);
  return date ? withWeekday(date, captured.number('weekday')) : IMPOSSIBLE;
}

/** "tomorrow", "anteontem", with or without its weekday. */
export function relativeDay(captured: Captured): Outcome | undefined {
  const days = captured.number('drel');
  return days === undefined ? undefined : withWeekday(captured.today.add({ days }), captured.number('weekday'));
}
