import type { Temporal } from 'temporal-polyfill';
import type { Checklist, Customer, Workload } from '../records';
import type { Region, WorkloadId } from '../vocabulary';
import type { Milestone } from './milestone';
import { milestoneOf } from './milestone';

/** Where a released tenant goes (C11): the names FTOP uses, in every language. */
export const QUEUES: Readonly<Record<Region, string>> = {
  Americas: 'FTCQ Inactive Americas',
  APJ: 'FTCQ Inactive APJ',
  EMEA: 'FTCQ Inactive EMEA',
};

/** The rows a completion is judged by. */
export interface CompletionRows {
  readonly customer: Customer;
  readonly workloads: readonly Workload[];
  readonly checklists: readonly Checklist[];
}

/** What is known about a completion besides the answers. */
export interface CompletionFacts {
  readonly milestone: Milestone;
  /** The process is the one of RFA customers (C3). */
  readonly rfa: boolean;
  readonly accountManaged: boolean;
  readonly accountTeam: readonly string[];
  /** Other workloads of the same request that are not completed: while there are any, nobody is released (C6). */
  readonly otherOpen: readonly WorkloadId[];
  readonly queue: string;
}

/** The facts about one workload of a customer. */
export function completionFacts(
  { customer, workloads, checklists }: CompletionRows,
  workload: Workload,
): CompletionFacts {
  const others = workloads.filter((row) => row.workload !== workload.workload && row.requestId === workload.requestId);
  return {
    milestone: milestoneOf(customer, workload),
    rfa: isRfa(customer),
    accountManaged: customer.accountManaged,
    accountTeam: customer.accountTeam,
    otherOpen: others.filter((row) => isOpen(row, checklists)).map((row) => row.workload),
    queue: QUEUES[customer.region],
  };
}

/** Whether the customer came by a Request For Assistance: the completion process is theirs (C3). */
export const isRfa = ({ motion }: Pick<Customer, 'motion'>): boolean => motion.trim().toUpperCase() === 'RFA';

/**
 * Still to be completed. A workload that the customer has no intent to deploy will never be, and does not hold the FM
 * back (C6).
 */
export const isOpen = (
  { workload, serviceStatus, l1Status }: Pick<Workload, 'workload' | 'serviceStatus' | 'l1Status'>,
  checklists: readonly Pick<Checklist, 'workload' | 'status'>[],
): boolean =>
  serviceStatus === 'Enablement' &&
  l1Status !== 'NoIntent' &&
  !checklists.some((list) => list.workload === workload && list.status === 'submitted');

/** 31 December of the following year, by the FM's own calendar (C11). */
export const nextActionDateAfter = (today: Temporal.PlainDate): Temporal.PlainDate =>
  today.with({ month: 12, day: 31 }).add({ years: 1 });
