import { Temporal } from 'temporal-polyfill';
import type { Checklist, Customer, StartDate, Workload } from './records';
import type { WorkloadId } from './vocabulary';

/** How far a deployment is. */
export type DeploymentState =
  | { readonly kind: 'planned' }
  | { readonly kind: 'underWay' }
  /** On the day its checklist was submitted. */
  | { readonly kind: 'ended'; readonly on: Temporal.PlainDate }
  /** Past enablement without a checklist here: nobody knows since when, and nothing is back-filled (S3). */
  | { readonly kind: 'endUnknown' };

export interface Deployment {
  readonly workload: WorkloadId;
  readonly start: StartDate;
  readonly state: DeploymentState;
  /** Whole weeks since everything before it ended; 0 = none or overlapping; undefined = an end is not known. */
  readonly idleBefore: number | undefined;
  /** Weeks that it adds to the line, begun ones counted; at least 1. */
  readonly weeks: number;
}

/** A customer's serialized deployments (S1). */
export interface DeploymentLine {
  readonly customerId: string;
  readonly name: string;
  /** In order of start. */
  readonly deployments: readonly Deployment[];
  /** Whole weeks since everything ended, where nothing further has a start date; else 0. */
  readonly idleSince: number;
  /** All idle weeks together. */
  readonly idleWeeks: number;
}

interface Deployed {
  readonly customer: Pick<Customer, 'id' | 'name'>;
  readonly workloads: readonly Workload[];
  readonly checklists: readonly Checklist[];
}

/** The FM's calendar. */
interface Calendar {
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
}

/**
 * A customer's deployments on a line: does the customer go on to further work, and is there a gap between the end of
 * one deployment and the start of the next (S1)? Workloads without a start date, or that are not In Progress (S2) and
 * not completed here either, are not on it.
 */
export function deploymentLine({ customer, workloads, checklists }: Deployed, calendar: Calendar): DeploymentLine {
  const dated = workloads
    .flatMap((row) => {
      const checklist = checklists.find((list) => list.workload === row.workload && list.status === 'submitted');
      return row.startDate && (row.l1Status === 'InProgress' || checklist)
        ? [{ workload: row.workload, start: row.startDate, state: stateOf(row, row.startDate, checklist, calendar) }]
        : [];
    })
    .sort((one, other) => Temporal.PlainDate.compare(one.start.date, other.start.date));
  const deployments = dated.map((row, index): Deployment => {
    const before = dated.slice(0, index);
    return { ...row, idleBefore: idleBefore(before, row.start.date), weeks: weeksOf(row, before, calendar.today) };
  });
  const allEnded = dated.length > 0 && dated.every(({ state }) => state.kind === 'ended');
  const idleSince = allEnded ? (idleBefore(dated, calendar.today) ?? 0) : 0;
  const idleWeeks = deployments.reduce((sum, row) => sum + (row.idleBefore ?? 0), idleSince);
  return { customerId: customer.id, name: customer.name, deployments, idleSince, idleWeeks };
}

/** Lines worth looking at unasked: more than one deployment, or a customer left idle after the first. */
export const isSerialized = ({ deployments, idleSince }: DeploymentLine): boolean =>
  deployments.length > 1 || idleSince > 0;

/** Lines with the most idle weeks first. */
export const byIdleWeeks = (one: DeploymentLine, other: DeploymentLine): number =>
  other.idleWeeks - one.idleWeeks || (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);

type Dated = Pick<Deployment, 'start' | 'state'>;

function stateOf(
  { serviceStatus }: Workload,
  { date }: StartDate,
  checklist: Checklist | undefined,
  { today, timeZone }: Calendar,
): DeploymentState {
  if (checklist) {
    return { kind: 'ended', on: later(checklist.at.toZonedDateTimeISO(timeZone).toPlainDate(), date) };
  }
  if (serviceStatus !== 'Enablement') {
    return { kind: 'endUnknown' };
  }
  return { kind: Temporal.PlainDate.compare(date, today) > 0 ? 'planned' : 'underWay' };
}

/** @returns whole weeks from the last end of these to a day; undefined when one of the ends is not known. */
function idleBefore(earlier: readonly Dated[], day: Temporal.PlainDate): number | undefined {
  if (earlier.length === 0 || earlier.some(({ state }) => state.kind === 'underWay' || state.kind === 'planned')) {
    return 0;
  }
  const ends = earlier.flatMap(({ state }) => (state.kind === 'ended' ? [state.on] : []));
  return ends.length < earlier.length ? undefined : Math.max(0, Math.floor(daysBetween(ends.reduce(later), day) / 7));
}

/** The part of a deployment that no earlier one covers. */
function weeksOf(row: Dated, before: readonly Dated[], today: Temporal.PlainDate): number {
  const from = before.map((other) => lastDayOf(other, today)).reduce(later, row.start.date);
  return Math.max(1, Math.ceil(daysBetween(from, lastDayOf(row, today)) / 7));
}

function lastDayOf({ start, state }: Dated, today: Temporal.PlainDate): Temporal.PlainDate {
  switch (state.kind) {
    case 'ended':
      return state.on;
    case 'underWay':
      return today;
    case 'planned':
    case 'endUnknown':
      return start.date;
  }
}

const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate): number => from.until(to).days;

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(one, other) >= 0 ? one : other;
