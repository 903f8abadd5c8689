import { Temporal } from 'temporal-polyfill';
import { candidate, distinct, firstOfMonth, firstOfQuarter, lastDay, mondayOf } from '../calendar-math';
import { dates, IMPOSSIBLE, isBacked, type Captured, type Outcome } from './captured';
import { pickInWeek } from './week-rules';
import { yearlessMonth } from './yearless-month';

/** A month or more without a day: its first day. The running one may be meant as well as the next: asked. */
function wholePeriod(captured: Captured, first: Temporal.PlainDate, months: number): Outcome {
  const { today, year, context } = captured;
  if (year !== undefined) {
    return dates(candidate(first, 'month'));
  }
  const running =
    Temporal.PlainDate.compare(first, today) < 0 && Temporal.PlainDate.compare(first.add({ months }), today) > 0;
  if (running) {
    const other = first.add({ years: context.past ? -1 : 1 });
    return dates(candidate(first, 'month'), candidate(other, 'month'));
  }
  const over = Temporal.PlainDate.compare(first, today) < 0;
  const turn = context.past ? (over ? 0 : -1) : over ? 1 : 0;
  return dates(candidate(first.add({ years: turn }), 'month'));
}

function monthOf(captured: Captured): Temporal.PlainDate | undefined {
  const { month, today, year } = captured;
  const exists = month !== undefined && month >= 1 && month <= 12;
  return exists ? Temporal.PlainDate.from({ year: year ?? today.year, month, day: 1 }) : undefined;
}

/** "March", "March 2027", "明年三月". */
export function month(captured: Captured): Outcome | undefined {
  const first = monthOf(captured);
  const { year } = captured;
  if (!first) {
    return captured.month === undefined ? undefined : IMPOSSIBLE;
  }
  if (captured.isWeak('month') && captured.context.followedBy === 'noun') {
    return undefined;
  }
  const openYear = captured.hasFarShortYear || (captured.has('yy') && captured.context.followedBy !== 'nothing');
  if (openYear || (captured.isWeak('month') && year === undefined && !captured.has('prep') && !isBacked(captured))) {
    return undefined;
  }
  return wholePeriod(captured, first, 1);
}

/** "next March": the next one there is, or the one of next year. */
export function relatedMonth(captured: Captured): Outcome | undefined {
  const first = monthOf(captured);
  const { today } = captured;
  if (!first) {
    return undefined;
  }
  const offset = captured.number('rel') ?? captured.number('wrel') ?? 0;
  const over = Temporal.PlainDate.compare(first, today) <= 0;
  if (isApart(captured)) {
    return month(captured);
  }
  if (captured.has('past') || offset < 0) {
    return dates(candidate(over && first.month !== today.month ? first : first.subtract({ years: 1 }), 'month'));
  }
  if (offset === 0 && !captured.has('coming')) {
    return dates(candidate(first, 'month'));
  }
  const next = over ? first.add({ years: 1 }) : first;
  const options = captured.has('coming') ? [next] : [next, first.add({ years: 1 })];
  return dates(...distinct(options.map((date) => candidate(date, 'month'))));
}

/** "MDO comes next in June": what comes next is no next June. */
function isApart(captured: Captured): boolean {
  const offset = captured.tokenOf('rel') ?? captured.tokenOf('wrel');
  const named = captured.tokenOf('month');
  return offset !== undefined && named !== undefined && named.start - offset.end > 1;
}

/** "next month", "this quarter", "再来月". */
export function relativePeriod(captured: Captured): Outcome | undefined {
  const months = captured.offset('month');
  const quarters = captured.offset('quarter');
  if (months !== undefined) {
    return dates(candidate(firstOfMonth(captured.today, months), 'month'));
  }
  return quarters === undefined ? undefined : dates(candidate(firstOfQuarter(captured.today, quarters), 'month'));
}

function quarterFirst(captured: Captured): Temporal.PlainDate | undefined {
  const quarter = captured.number('ord') ?? captured.number('num');
  const valid = quarter !== undefined && quarter >= 1 && quarter <= 4;
  const year = captured.year ?? captured.today.year;
  return valid ? Temporal.PlainDate.from({ year, month: 3 * quarter - 2, day: 1 }) : undefined;
}

/** "Q2 2027", "im dritten Quartal". */
export function quarter(captured: Captured): Outcome | undefined {
  const first = quarterFirst(captured);
  return first ? wholePeriod(captured, first, 3) : undefined;
}

/** "H2 2027", "下半年". */
export function half(captured: Captured): Outcome | undefined {
  const number =
    captured.number('halfno') ?? captured.number('halfof') ?? captured.number('ord') ?? captured.number('num');
  const isShort = captured.has('h') && captured.year === undefined;
  if ((number !== 1 && number !== 2) || (isShort && !captured.context.alone && !captured.context.introduced)) {
    return undefined;
  }
  const year = captured.year ?? captured.today.year;
  return wholePeriod(captured, Temporal.PlainDate.from({ year, month: number === 1 ? 1 : 7, day: 1 }), 6);
}

/** A year is no start date: both its halves are offered. */
export function wholeYear(captured: Captured): Outcome | undefined {
  const { year } = captured;
  if (year === undefined) {
    return undefined;
  }
  const { today } = captured;
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  if (year === today.year) {
    // "Later this year": what is left of it.
    const next = firstOfMonth(today, 1);
    return dates(next.year === year ? candidate(next, 'month') : candidate(today), candidate(lastDay(first, 12)));
  }
  return dates(candidate(first, 'month'), candidate(first.add({ months: 6 }), 'month'));
}

function pickInMonths(part: string, first: Temporal.PlainDate, months: number): Temporal.PlainDate {
  if (part === 'begin') {
    return first;
  }
  // The middle of a quarter is that of its second month.
  return part === 'mid' ? first.add({ months: Math.floor(months / 2) }).with({ day: 15 }) : lastDay(first, months);
}

/** "second half of January": its first and its last day. */
export function halfOfMonth(captured: Captured): Outcome | undefined {
  const pick = (first: Temporal.PlainDate): Temporal.PlainDate =>
    captured.number('halfof') === 1 ? first : first.with({ day: 16 });
  const { month: named, today } = captured;
  if (named !== undefined && (named < 1 || named > 12)) {
    return IMPOSSIBLE;
  }
  const date =
    named === undefined
      ? pick(firstOfMonth(today, captured.offset('month') ?? 0))
      : yearlessMonth(captured, named, pick);
  const end = date && (date.day === 1 ? date.with({ day: 15 }) : lastDay(firstOfMonth(date), 1));
  return date && end ? dates(candidate(date), candidate(end)) : undefined;
}

/** "end of the month", "Mitte Januar", "3月初", "Ende nächster Woche", "end of Q1". */
export function partOfPeriod(captured: Captured): Outcome | undefined {
  return pickPart(captured, captured.word('part') ?? '');
}

/** "mid to late June": both days are offered. */
export function partsOfPeriod(captured: Captured): Outcome | undefined {
  const found = captured.words('part').map((part) => pickPart(captured, part));
  const candidates = found.flatMap((one) => one?.candidates ?? []);
  return candidates.length > 0 ? dates(...distinct(candidates)) : undefined;
}

function pickPart(captured: Captured, part: string): Outcome | undefined {
  const { today, month: named } = captured;
  const weeks = captured.offset('week');
  const months = captured.offset('month');
  const quarters = captured.offset('quarter');
  if (named !== undefined) {
    const date =
      named >= 1 && named <= 12 ? yearlessMonth(captured, named, (first) => pickInMonths(part, first, 1)) : undefined;
    return date ? dates(candidate(date)) : IMPOSSIBLE;
  }
  const bare = !['rel', 'wrel', 'coming', 'past'].some((kind) => captured.has(kind));
  if (weeks !== undefined) {
    const date = pickInWeek(part, mondayOf(today, weeks));
    return bare && Temporal.PlainDate.compare(date, today) < 0
      ? dates(candidate(date.add({ days: 7 })), candidate(date))
      : dates(candidate(date));
  }
  if (months !== undefined) {
    const date = pickInMonths(part, firstOfMonth(today, months), 1);
    // "The beginning of the month", said after it: the next one, unless they tell what has happened.
    return bare && Temporal.PlainDate.compare(date, today) < 0
      ? dates(candidate(pickInMonths(part, firstOfMonth(today, 1), 1)), candidate(date))
      : dates(candidate(date));
  }
  if (quarters !== undefined && !captured.has('ord') && !captured.has('num')) {
    return dates(candidate(pickInMonths(part, firstOfQuarter(today, quarters), 3)));
  }
  return partOfQuarterOrYear(captured, part);
}

function partOfQuarterOrYear(captured: Captured, part: string): Outcome | undefined {
  const quarterStart =
    captured.has('q') || captured.offset('quarter') !== undefined ? quarterFirst(captured) : undefined;
  if (quarterStart) {
    const date = pickInMonths(part, quarterStart, 3);
    const over = captured.year === undefined && Temporal.PlainDate.compare(date, captured.today) < 0;
    return dates(candidate(over ? pickInMonths(part, quarterStart.add({ years: 1 }), 3) : date));
  }
  const { year } = captured;
  if (year === undefined) {
    return undefined;
  }
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  // Nobody starts in "the middle of the year" on a day: June or July is asked.
  return part === 'mid'
    ? dates(candidate(first.add({ months: 6 }), 'month'), candidate(first.add({ months: 5 }), 'month'))
    : dates(candidate(pickInMonths(part, first, 12)));
}
