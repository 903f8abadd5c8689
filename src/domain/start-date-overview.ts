import { Temporal } from 'temporal-polyfill';
import type { StartDate } from './records';
import type { ContactKind, DeliveryChannel, L1Status, ServiceStatus, WorkloadId } from './vocabulary';

export const OVERVIEW_GROUPS = ['overdue', 'thisWeek', 'later', 'noDate'] as const;
export type OverviewGroup = (typeof OVERVIEW_GROUPS)[number];

/** A workload as the list of start dates shows it. */
export interface OverviewRow {
  readonly customerId: string;
  readonly name: string;
  readonly workload: WorkloadId;
  readonly startDate: StartDate | undefined;
}

/** A customer as lists of start dates need it. */
export interface OverviewCustomer {
  readonly customerId: string;
  readonly name: string;
  readonly deliveryChannel: DeliveryChannel;
  readonly workloads: readonly {
    readonly workload: WorkloadId;
    readonly l1Status: L1Status;
    readonly serviceStatus: ServiceStatus;
    readonly startDate: StartDate | undefined;
    readonly lastContact: ContactKind | undefined;
  }[];
}

/**
 * An FM's In Progress workloads (S2) by urgency: overdue = the date has passed and the customer has not replied and
 * was not given up (S7 S8); this week = until Sunday; later; without a date. Dates already met by a reply are past and need
 * nothing, so they are not listed; nor does a workload whose enablement is over (S3), unless its date is still to come.
 */
export function overviewOf(
  customers: readonly OverviewCustomer[],
  today: Temporal.PlainDate,
): Readonly<Record<OverviewGroup, readonly OverviewRow[]>> {
  const groups: Record<OverviewGroup, OverviewRow[]> = { overdue: [], thisWeek: [], later: [], noDate: [] };
  const sunday = today.add({ days: 7 - today.dayOfWeek });
  for (const { customerId, name, deliveryChannel, workloads } of customers) {
    for (const { workload, l1Status, serviceStatus, startDate, lastContact } of workloads) {
      const enabling = serviceStatus === 'Enablement';
      const chased = deliveryChannel === 'FTC' && lastContact !== 'reply' && lastContact !== 'unresponsive';
      const group =
        l1Status === 'InProgress'
          ? groupOf(startDate, { today, sunday, enabling, chased: enabling && chased })
          : undefined;
      if (group) {
        groups[group].push({ customerId, name, workload, startDate });
      }
    }
  }
  for (const group of OVERVIEW_GROUPS) {
    groups[group].sort(byDate);
  }
  return groups;
}

/** Customers by their most urgent start date, overdue ones first; those with nothing to be done come last, as given. */
export function byUrgency<T extends OverviewCustomer>(customers: readonly T[], today: Temporal.PlainDate): T[] {
  const groups = overviewOf(customers, today);
  const ids = new Set(OVERVIEW_GROUPS.flatMap((group) => groups[group]).map(({ customerId }) => customerId));
  const ranks = new Map([...ids].map((id, index) => [id, index]));
  const rank = ({ customerId }: OverviewCustomer): number => ranks.get(customerId) ?? ranks.size;
  return [...customers].sort((one, other) => rank(one) - rank(other));
}

function groupOf(
  startDate: StartDate | undefined,
  {
    today,
    sunday,
    enabling,
    chased,
  }: {
    readonly today: Temporal.PlainDate;
    readonly sunday: Temporal.PlainDate;
    readonly enabling: boolean;
    readonly chased: boolean;
  },
): OverviewGroup | undefined {
  if (!startDate) {
    return enabling ? 'noDate' : undefined;
  }
  if (Temporal.PlainDate.compare(startDate.date, today) < 0) {
    return chased ? 'overdue' : undefined;
  }
  return Temporal.PlainDate.compare(startDate.date, sunday) <= 0 ? 'thisWeek' : 'later';
}

function byDate(one: OverviewRow, other: OverviewRow): number {
  if (one.startDate && other.startDate) {
    const order = Temporal.PlainDate.compare(one.startDate.date, other.startDate.date);
    if (order !== 0) {
      return order;
    }
  }
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
