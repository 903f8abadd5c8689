import type { Temporal } from 'temporal-polyfill';
import { addWorkingDays, candidate, distinct } from '../calendar-math';
import { type Captured, dates, type Duration, type Outcome } from './captured';

const UNITS: Readonly<Record<string, Duration>> = {
  day: { days: 1, months: 0, workdays: 0 },
  workday: { days: 0, months: 0, workdays: 1 },
  week: { days: 7, months: 0, workdays: 0 },
  month: { days: 0, months: 1, workdays: 0 },
  quarter: { days: 0, months: 3, workdays: 0 },
  halfyear: { days: 0, months: 6, workdays: 0 },
  year: { days: 0, months: 12, workdays: 0 },
};
/** "a month and a half"; half a week is no number of days. */
const HALVES: Readonly<Record<string, Duration>> = {
  month: { days: 15, months: 0, workdays: 0 },
  year: { days: 0, months: 6, workdays: 0 },
};

function times(duration: Duration, factor: number): Duration {
  return { days: duration.days * factor, months: duration.months * factor, workdays: duration.workdays * factor };
}

function plus(a: Duration, b: Duration): Duration {
  return { days: a.days + b.days, months: a.months + b.months, workdays: a.workdays + b.workdays };
}

/** Words that move a start to an earlier day. */
const EARLIER = ['earlier', 'advance', 'ago', 'agopre', 'beforep', 'befores'];

/** One duration, or two for "two or three weeks"; none when it cannot be counted. */
function durations(captured: Captured): Duration[] {
  const name = captured.word('unit') ?? '';
  const unit = UNITS[name];
  const word = captured.tokenOf('unit');
  // "4月" is April; so many months are written otherwise.
  const isSign = word !== undefined && word.end - word.start === 1 && captured.hasReading('num', 'dd');
  const namesMonth = name === 'month' && isSign && !captured.has('half') && !captured.has('plushalf');
  if (!unit || namesMonth) {
    return [];
  }
  const counts = captured.all('num');
  const whole = (counts.length > 0 ? counts : [captured.has('half') ? 0 : 1]).map((count) => times(unit, count));
  if (!captured.has('half') && !captured.has('plushalf')) {
    return whole;
  }
  const half = HALVES[name];
  return half ? whole.map((one) => plus(one, half)) : [];
}

/** Months clamp to the end of the month (31 January + 1 month = 28 February). */
export function addDuration(date: Temporal.PlainDate, duration: Duration): Temporal.PlainDate {
  return addWorkingDays(date.add({ months: duration.months, days: duration.days }), duration.workdays);
}

function counted(captured: Captured, sign: 1 | -1): Outcome | undefined {
  const all = durations(captured);
  if (captured.context.anchored && all.length > 0) {
    return { candidates: [] };
  }
  if (all.length === 0) {
    return undefined;
  }
  const found = all.map((one) => candidate(addDuration(captured.today, times(one, sign))));
  return { ...dates(...distinct(found)), fromNow: true, durations: all };
}

/** "in two weeks", "30天之后". */
export function fromNow(captured: Captured): Outcome | undefined {
  return counted(captured, 1);
}

/** "in a week or two"; a number in digits ("in 2 weeks or 3 March") begins something else. */
export function fromNowOrMore(captured: Captured): Outcome | undefined {
  const isDigits = captured.lastTokenOf('num')?.readings.some((one) => one.kind === 'dd') ?? true;
  return isDigits ? undefined : counted(captured, 1);
}

/** "three days ago", "vor drei Wochen". */
export function ago(captured: Captured): Outcome | undefined {
  return counted(captured, -1);
}

/** "two weeks": means nothing by itself. */
export function bareDuration(captured: Captured): Outcome | undefined {
  const all = durations(captured);
  return all.length === 0 ? undefined : { candidates: [], durations: all };
}

/** "two weeks later", "eine Woche früher": counted from the current start date. */
export function shifted(captured: Captured): Outcome | undefined {
  // "Ten days back was when we started" tells, "two weeks back" moves.
  if (captured.context.past && captured.hasReading('delay', 'ago')) {
    return undefined;
  }
  const sign = EARLIER.some((kind) => captured.has(kind)) ? -1 : 1;
  const all = durations(captured).map((one) => times(one, sign));
  return all.length === 0 ? undefined : { candidates: [], durations: all, fromNow: false };
}
