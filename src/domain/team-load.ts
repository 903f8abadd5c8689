import { Temporal } from 'temporal-polyfill';
import type { Precision, StartDate } from './records';
import type { OverviewCustomer } from './start-date-overview';
import { overviewOf } from './start-date-overview';

/** Weeks in the picture. */
export const LOAD_WEEKS = 6;

/** The time somebody asks about: a day stands for its week, a month for all of its weeks. */
export interface AskedTime {
  readonly date: Temporal.PlainDate;
  readonly precision: Precision;
}

/** An FM and their customers. */
export interface FmCustomers {
  readonly fm: string;
  readonly customers: readonly OverviewCustomer[];
}

export interface FmLoad {
  readonly fm: string;
  /** Starts that have passed without a reply: still ahead of the FM, whatever the week. */
  readonly overdue: number;
  /** Starts in each week of the picture. */
  readonly starts: readonly number[];
  /** Starts in the weeks asked about. */
  readonly asked: number;
}

export interface TeamLoad {
  /** Mondays of the weeks in the picture. */
  readonly weeks: readonly Temporal.PlainDate[];
  /** Mondays of the weeks asked about; all of the picture if nothing was. */
  readonly asked: readonly Temporal.PlainDate[];
  /** Most room first: fewest starts in the weeks asked about and overdue ones. */
  readonly fms: readonly FmLoad[];
}

/**
 * Who starts how much when, to balance the load when customers are assigned (S1): In Progress workloads (S2) of FTC
 * customers (a partner's do not load an FM, S11) by the calendar week of their start date. A time asked about that is
 * past is not considered; one later than the next weeks moves the picture there.
 */
export function teamLoadOf(team: readonly FmCustomers[], today: Temporal.PlainDate, asked?: AskedTime): TeamLoad {
  const thisWeek = mondayOf(today);
  const weeksAsked = asked ? weeksOf(asked, thisWeek) : [];
  const last = weeksAsked.at(-1);
  const isNear = last === undefined || Temporal.PlainDate.compare(last, thisWeek.add({ weeks: LOAD_WEEKS })) < 0;
  const first = isNear ? thisWeek : (weeksAsked[0] ?? thisWeek);
  const weeks = Array.from({ length: LOAD_WEEKS }, (_unused, index) => first.add({ weeks: index }));
  const chosen = weeksAsked.length > 0 ? weeksAsked : weeks;
  const fms = team
    .filter(({ customers }) => customers.length > 0)
    .map(({ fm, customers }): FmLoad => {
      const startsIn = countWeeks(startsOf(customers, today));
      const starts = weeks.map(startsIn);
      const inAsked = chosen.reduce((sum, week) => sum + startsIn(week), 0);
      return { fm, overdue: overviewOf(customers, today).overdue.length, starts, asked: inAsked };
    });
  return { weeks, asked: chosen, fms: fms.sort(byRoom) };
}

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday. */
const FIRST_THURSDAY = 3;

/** Weeks counted through from a Monday long ago: a team's days are too many for calendar arithmetic on each. */
const weekNumber = ({ year, month, day }: Temporal.PlainDate): number =>
  Math.floor((Date.UTC(year, month - 1, day) / DAY_MS + FIRST_THURSDAY) / 7);

/** @returns how many of the days are in the week of a given Monday. */
function countWeeks(days: readonly Temporal.PlainDate[]): (monday: Temporal.PlainDate) => number {
  const counts = new Map<number, number>();
  for (const week of days.map(weekNumber)) {
    counts.set(week, (counts.get(week) ?? 0) + 1);
  }
  return (monday) => counts.get(weekNumber(monday)) ?? 0;
}

/** The Monday on or before a day. */
export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** Mondays of the weeks that a day or month touches, without those before this week. */
function weeksOf({ date, precision }: AskedTime, thisWeek: Temporal.PlainDate): Temporal.PlainDate[] {
  const [from, to] = precision === 'day' ? [date, date] : [date.with({ day: 1 }), date.with({ day: date.daysInMonth })];
  const count = mondayOf(from).until(mondayOf(to)).days / 7 + 1;
  return Array.from({ length: count }, (_unused, index) => mondayOf(from).add({ weeks: index })).filter(
    (week) => Temporal.PlainDate.compare(week, thisWeek) >= 0,
  );
}

/** Days on which something starts or, answered by the customer, has started; what passed unanswered is overdue. */
function startsOf(customers: readonly OverviewCustomer[], today: Temporal.PlainDate): Temporal.PlainDate[] {
  const isStart = (startDate: StartDate, lastContact: string | undefined): boolean =>
    lastContact === 'reply' || Temporal.PlainDate.compare(startDate.date, today) >= 0;
  return customers
    .filter(({ deliveryChannel }) => deliveryChannel === 'FTC')
    .flatMap(({ workloads }) => workloads)
    .flatMap(({ l1Status, startDate, lastContact }) =>
      l1Status === 'InProgress' && startDate && isStart(startDate, lastContact) ? [startDate.date] : [],
    );
}

function byRoom(one: FmLoad, other: FmLoad): number {
  const asked = one.asked + one.overdue - (other.asked + other.overdue);
  const all = totalOf(one) - totalOf(other);
  return asked !== 0 ? asked : all !== 0 ? all : one.fm < other.fm ? -1 : 1;
}

const totalOf = ({ overdue, starts }: FmLoad): number => starts.reduce((sum, count) => sum + count, overdue);
