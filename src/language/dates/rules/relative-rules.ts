import type { Temporal } from 'temporal-polyfill';
import {
  candidate,
  comingWeekday,
  distinct,
  exactDate,
  fullYear,
  isNearYear,
  mondayOf,
  nextOccurrence,
} from '../calendar-math';
import { dates, type Captured, type Outcome } from './captured';

const FRIDAY = 4;
const FIRST_HALF = [0, 1];
const SECOND_HALF = [3, FRIDAY];

function either(...options: readonly Temporal.PlainDate[]): Outcome {
  return dates(...distinct(options.map((date) => candidate(date))));
}

/** "this time next month", "下周的今天": the same day of another week, month (clamped) or year. */
export function sameDayOfPeriod(captured: Captured): Outcome | undefined {
  const [weeks = 0, months = 0, years = 0] = ['week', 'month', 'year'].map((unit) => captured.offset(unit));
  return either(captured.today.add({ weeks, months, years }));
}

/** "some time next week": no day is said, so its first and its last are offered. */
export function someDayOfWeek(captured: Captured): Outcome | undefined {
  const monday = mondayOf(captured.today, captured.offset('week') ?? 0);
  return either(monday, monday.add({ days: FRIDAY }));
}

/** "two Mondays from now": whether the coming one counts is open. */
export function weekdaysFromNow(captured: Captured): Outcome | undefined {
  const [weekday, count] = [captured.number('weekday'), captured.number('num')];
  if (weekday === undefined || count === undefined) {
    return undefined;
  }
  const coming = comingWeekday(captured.today, weekday);
  return either(coming.add({ days: 7 * (count - 1) }), coming.add({ days: 7 * count }));
}

/** "2、3週間": about so many; "500、2週間後" is left to others. */
export function aboutCount(captured: Captured): Outcome | undefined {
  const [first = 0, second = 0] = captured.all('num');
  return second === first + 1 ? dates() : undefined;
}

/** "Apr-27": a day of April, or April of that year. */
export function dayOrYear(captured: Captured): Outcome | undefined {
  const [month, number] = [captured.number('month'), captured.number('yy')];
  if (month === undefined || number === undefined) {
    return undefined;
  }
  const day = nextOccurrence(captured.today, month, number);
  const year = fullYear(number);
  const first = isNearYear(year, captured.today) ? exactDate(year, month, 1) : undefined;
  return dates(...(day ? [candidate(day)] : []), ...(first ? [candidate(first, 'month')] : []));
}

/** "second half of next week": its days are offered. */
export function halfOfWeek(captured: Captured): Outcome | undefined {
  const monday = mondayOf(captured.today, captured.offset('week') ?? 0);
  const days = captured.number('halfof') === 1 ? FIRST_HALF : SECOND_HALF;
  return either(...days.map((day) => monday.add({ days: day })));
}

/** "a week tomorrow", "a month today", "two weeks on Thursday": counted from that day on. */
export function dayPlusWeeks(captured: Captured): Outcome | undefined {
  const { today } = captured;
  const count = captured.number('num') ?? 1;
  const days = 7 * count;
  const weekday = captured.number('weekday');
  const from = captured.number('drel');
  if (weekday === undefined) {
    const unit = captured.word('unit') ?? '';
    const amount = { [unit === 'week' ? 'weeks' : unit === 'month' ? 'months' : 'years']: count };
    return from === undefined ? undefined : either(today.add({ days: from }).add(amount));
  }
  const options = [comingWeekday(today, weekday, true), comingWeekday(today, weekday)];
  return either(...options.map((date) => date.add({ days })));
}

/** "Monday fortnight", but also "push Monday two weeks": asked. */
export function weekdayBeforeWeeks(captured: Captured): Outcome | undefined {
  const weekday = captured.number('weekday');
  if (weekday === undefined) {
    return undefined;
  }
  const coming = comingWeekday(captured.today, weekday);
  return either(coming.add({ days: 7 * (captured.number('num') ?? 1) }), coming);
}

/** "not tomorrow, the day after", "not this Tuesday but the one after"; with "or" both. */
export function oneFurther(captured: Captured): Outcome | undefined {
  const { today } = captured;
  const day = captured.number('drel');
  const weekday = captured.number('weekday');
  if (day === undefined && weekday === undefined) {
    return undefined;
  }
  const first = day === undefined ? comingWeekday(today, weekday ?? 1) : today.add({ days: day });
  const other = captured.all('drel')[1];
  const further = other === undefined ? first.add({ days: day === undefined ? 7 : 1 }) : today.add({ days: other });
  return captured.has('or') ? either(first, further) : either(further);
}

/** "Monday to Friday next week": both ends are offered. */
export function weekdaysOfWeek(captured: Captured): Outcome | undefined {
  const monday = mondayOf(captured.today, captured.offset('week') ?? 0);
  return either(...captured.all('weekday').map((weekday) => monday.add({ days: weekday - 1 })));
}

/** "dia 30 ou 31": the next such day, and the next other one after it. */
export function dayPair(captured: Captured): Outcome | undefined {
  const found: Temporal.PlainDate[] = [];
  for (const day of captured.days) {
    const since = found[0] ?? captured.today;
    const months = [0, 1, 2].map((ahead) => since.with({ day: 1 }).add({ months: ahead }));
    const date = months
      .map((first) => exactDate(first.year, first.month, day))
      .find((one) => one !== undefined && one.since(since).days >= 0);
    if (date) {
      found.push(date);
    }
  }
  return found.length > 0 ? either(...found) : undefined;
}

/** "翌日": the day after today, unless it is that of something unknown ("キックオフの翌日"). */
export function nextDay({ today, context }: Captured): Outcome {
  return context.anchored ? dates() : either(today.add({ days: 1 }));
}
