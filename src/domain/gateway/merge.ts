import type { Temporal } from 'temporal-polyfill';
import { offeredAfterImport } from '../checklist/open-completions';
import type { Checklist, Customer, StartDate, Workload } from '../records';
import type { WorkloadId } from '../vocabulary';
import { WORKLOADS } from '../vocabulary';
import type { GatewayCustomer, GatewayWorkload } from './records';

/** What we keep although Gateway says otherwise. */
export interface GatewayConflict {
  readonly customerId: string;
  readonly workload: WorkloadId;
  readonly field: 'startDate' | 'serviceStatus';
  /** Kept: a date as YYYY-MM-DD, or a service status. */
  readonly ours: string;
  /** What Gateway says, not taken. */
  readonly theirs: string;
}

/** What is known of the customer. */
export interface Known {
  readonly customer: Customer;
  readonly workloads: readonly Workload[];
  readonly checklists: readonly Pick<Checklist, 'workload' | 'status'>[];
}

/** What has to be written (undefined and empty = it is so already), and what was not taken. */
export interface Merge {
  readonly customer: Customer | undefined;
  readonly workloads: readonly Workload[];
  readonly conflicts: readonly GatewayConflict[];
}

/**
 * What Gateway's word changes about a customer.
 * - The customer's columns, L1, request, kickoff and active users are Gateway's: they are taken as they come.
 * - A start date set by an FM stays (S6); a different date from Gateway is reported. No date from Gateway contradicts nothing.
 * - Any other start date becomes Gateway's, and goes when Gateway takes it back; L1 and channel do not matter (S3 S11).
 * - The service status that a submitted checklist has set (C14) goes on to Completed only: an older file that says
 *   otherwise is reported, not followed.
 * - Workloads that Gateway does not name stay as they are: a file may be a part, and FM's notes hang on them.
 * - The import that first shows the milestone owes the FM an offer to complete the engagement (C1).
 * - Contacts, notes, checklists and reminders are FM's work and never touched.
 */
export function mergeGateway(known: Known | undefined, incoming: GatewayCustomer, now: Temporal.Instant): Merge {
  const conflicts: GatewayConflict[] = [];
  const workloads: Workload[] = [];
  for (const theirs of inFixedOrder(incoming.workloads)) {
    const ours = known?.workloads.find(({ workload }) => workload === theirs.workload);
    const closed = known?.checklists.some((list) => list.workload === theirs.workload && list.status === 'submitted');
    const merged = mergeWorkload(ours, theirs, { closed: closed === true, customer: incoming.customer, now });
    conflicts.push(...merged.conflicts.map((conflict) => ({ customerId: incoming.customer.id, ...conflict })));
    if (!ours || !sameWorkload(ours, merged.workload)) {
      workloads.push(merged.workload);
    }
  }
  const customer = known && sameCustomer(known.customer, incoming.customer) ? undefined : incoming.customer;
  return { customer, workloads, conflicts };
}

const inFixedOrder = (workloads: readonly GatewayWorkload[]): GatewayWorkload[] =>
  [...workloads].sort((a, b) => WORKLOADS.indexOf(a.workload) - WORKLOADS.indexOf(b.workload));

type WorkloadConflict = Omit<GatewayConflict, 'customerId'>;

function mergeWorkload(
  ours: Workload | undefined,
  theirs: GatewayWorkload,
  { closed, customer, now }: { closed: boolean; customer: Customer; now: Temporal.Instant },
): { workload: Workload; conflicts: WorkloadConflict[] } {
  const conflicts: WorkloadConflict[] = [];
  const { workload } = theirs;
  const startDate = mergeStartDate(ours?.startDate, theirs.startDate);
  if (startDate && theirs.startDate && !startDate.date.equals(theirs.startDate.date)) {
    const dates = { ours: startDate.date.toString(), theirs: theirs.startDate.date.toString() };
    conflicts.push({ workload, field: 'startDate', ...dates });
  }
  let serviceStatus = theirs.serviceStatus;
  if (ours && closed && serviceStatus !== ours.serviceStatus && serviceStatus !== 'Completed') {
    conflicts.push({ workload, field: 'serviceStatus', ours: ours.serviceStatus, theirs: serviceStatus });
    serviceStatus = ours.serviceStatus;
  }
  const { lastContact, completionOffer } = ours ?? {};
  const merged = { ...theirs, startDate, serviceStatus, lastContact, completionOffer };
  return { workload: closed ? merged : offeredAfterImport(customer, merged, now), conflicts };
}

function mergeStartDate(ours: StartDate | undefined, theirs: GatewayWorkload['startDate']): StartDate | undefined {
  return ours?.source === 'fm' ? ours : theirs && { ...theirs, source: 'gateway' };
}

function sameCustomer(a: Customer, b: Customer): boolean {
  const { accountTeam: teamOfA, ...restOfA } = a;
  const { accountTeam: teamOfB, ...restOfB } = b;
  const sameRest = (Object.keys(restOfB) as (keyof typeof restOfB)[]).every((key) => restOfA[key] === restOfB[key]);
  return sameRest && teamOfA.join(' ') === teamOfB.join(' ');
}

function sameWorkload(a: Workload, b: Workload): boolean {
  const valuesOfB = gatewayValues(b);
  return gatewayValues(a).every((value, index) => value === valuesOfB[index]);
}

/** What of a workload Gateway can change, in comparable form. */
const gatewayValues = ({ startDate, kickoffDate, ...rest }: Workload): readonly unknown[] => [
  startDate?.date.toString(),
  startDate?.precision,
  startDate?.source,
  kickoffDate?.toString(),
  rest.requestId,
  rest.l1Status,
  rest.serviceStatus,
  rest.activeUsers,
  rest.completionOffer?.since.toString(),
];
