import { Temporal } from 'temporal-polyfill';
import {
  addWorkingDays,
  candidate,
  distinct,
  firstOfMonth,
  fullYear,
  isoWeek,
  lastDay,
  mondayOf,
} from '../calendar-math';
import { dates, IMPOSSIBLE, type Captured, type Outcome } from './captured';
import { yearlessMonth } from './yearless-month';

/** Years without a week 53 in a row, and the last one. */
const YEARS_TO_A_WEEK_53 = 9;

/** Beginning, middle and end of a week are Monday, Wednesday and Friday: these are appointments at work. */
export function pickInWeek(part: string, monday: Temporal.PlainDate): Temporal.PlainDate {
  return monday.add({ days: part === 'begin' ? 0 : part === 'mid' ? 2 : 4 });
}

/** "next week": its Monday. This and last week have days behind and before today: asked. */
export function week(captured: Captured): Outcome | undefined {
  const weeks = captured.offset('week');
  if (weeks === undefined) {
    return undefined;
  }
  const monday = mondayOf(captured.today, weeks);
  return weeks > 0 ? dates(candidate(monday)) : dates(candidate(monday), candidate(monday.add({ days: 4 })));
}

/** "KW 12", "Dienstag KW 12", "Anfang KW 12": ISO weeks. */
export function numberedWeek(captured: Captured): Outcome | undefined {
  // "KW 05/2027", "KW 7/27", but not "Woche 12.3."
  const numeric = captured.tokenOf('numdate')?.numeric;
  const [written, writtenYear = ''] = numeric?.parts ?? [];
  const number = captured.number('num') ?? captured.number('ord') ?? Number(written);
  if (Number.isNaN(number) || (numeric && (numeric.separator !== '/' || writtenYear.length < 2))) {
    return undefined;
  }
  const { today } = captured;
  const year = written === undefined ? captured.year : fullYear(Number(writtenYear));
  const weekday = captured.number('weekday');
  const part = captured.word('part');
  const pick = (inYear: number): Temporal.PlainDate | undefined => {
    const monday = isoWeek(inYear, number);
    return monday && (part ? pickInWeek(part, monday) : monday.add({ days: (weekday ?? 1) - 1 }));
  };
  if (year !== undefined) {
    const date = pick(year);
    return date ? dates(candidate(date)) : IMPOSSIBLE;
  }
  // From last year on: the first days of January are often in its week 53.
  const found = Array.from({ length: YEARS_TO_A_WEEK_53 }, (_, ahead) => pick(today.year - 1 + ahead));
  // A week that is running has its Monday behind it and is still meant.
  const since = weekday === undefined && part === undefined ? mondayOf(today) : today;
  const date = found.find((one) => one && Temporal.PlainDate.compare(one, since) >= 0);
  return date ? dates(candidate(date)) : IMPOSSIBLE;
}

/** "first week of March": from the first on, or from its first Monday on. */
export function weekOfMonth(captured: Captured): Outcome | undefined {
  const last = captured.has('last');
  const nth = last ? 1 : (captured.nth ?? captured.all('num').at(captured.has('mm') ? -1 : 0));
  const { month: named, today } = captured;
  if (nth === undefined || nth > 5) {
    return undefined;
  }
  const pick = (first: Temporal.PlainDate): Temporal.PlainDate =>
    last ? mondayOf(lastDay(first, 1)) : first.add({ days: ((8 - first.dayOfWeek) % 7) + 7 * (nth - 1) });
  const monday =
    named === undefined
      ? pick(firstOfMonth(today, captured.offset('month') ?? 0))
      : yearlessMonth(captured, named, pick);
  if (!monday) {
    return undefined;
  }
  const calendarWeek = last ? monday : mondayOf(firstOfMonth(monday).add({ days: 7 * (nth - 1) }));
  const options = calendarWeek.month === monday.month ? [monday, calendarWeek] : [monday, firstOfMonth(monday)];
  return dates(...distinct(options.map((date) => candidate(date))));
}

/** A weekend has two days. */
export function weekend(captured: Captured): Outcome {
  const offset = captured.number('rel') ?? captured.number('wrel') ?? captured.number('past') ?? 0;
  const saturday = mondayOf(captured.today, offset).add({ days: 5 });
  return dates(candidate(saturday), candidate(saturday.add({ days: 1 })));
}

/** "next working day". */
export function nextWorkday(captured: Captured): Outcome {
  return dates(candidate(addWorkingDays(captured.today, 1)));
}
