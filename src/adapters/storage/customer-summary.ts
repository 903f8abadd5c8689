import { Temporal } from 'temporal-polyfill';
import type { CompletionStage } from '../../domain/checklist/open-completions';
import { completionStateOf, isOfferDue } from '../../domain/checklist/open-completions';
import type { Checklist, Customer, Workload } from '../../domain/records';
import type { CustomerSummary, WorkloadSummary } from '../../ports/customer-index';
import { BoundedMap } from '../bounded-map';

/** The rows a summary is made from. */
export interface Summarized {
  readonly customer: Customer;
  readonly workloads: readonly Workload[];
  readonly checklists: readonly Checklist[];
}

/** What the index knows of a customer, from the customer's rows. */
export function summaryOf({ customer, workloads, checklists }: Summarized): CustomerSummary {
  return {
    customerId: customer.id,
    name: customer.name,
    fm: customer.fm,
    deliveryChannel: customer.deliveryChannel,
    workloads: workloads.map((each) => ({
      workload: each.workload,
      requestId: each.requestId,
      l1Status: each.l1Status,
      serviceStatus: each.serviceStatus,
      startDate: each.startDate,
      kickoffDate: each.kickoffDate,
      lastContact: each.lastContact?.kind,
      completion: completionStateOf(each, checklists),
      offerDue: isOfferDue(each, checklists) || undefined,
    })),
  };
}

/** Equal summaries give equal text: the index is written only when it changes. */
export function packSummary(summary: CustomerSummary): string {
  return JSON.stringify(summary);
}

interface Packed extends Omit<CustomerSummary, 'workloads'> {
  readonly workloads: readonly PackedWorkload[];
}
interface PackedWorkload extends Omit<WorkloadSummary, 'startDate' | 'kickoffDate' | 'completion'> {
  readonly startDate?: { date: string; precision: 'day' | 'month'; source: 'gateway' | 'fm' };
  readonly kickoffDate?: string;
  readonly completion?: { stage: CompletionStage; since: string };
}

/** Characters: some three thousand customers, and up to six times as much for what they and their names are parsed into. */
const MOST_KEPT = 1_000_000;
const unpacked = new BoundedMap<string, CustomerSummary>(MOST_KEPT);

/**
 * The inverse of `packSummary`. An FM's customers are read with every sentence and hardly ever differ from last time:
 * the same text gives the same (immutable) object, so that its dates are parsed and its name is indexed once.
 */
export function unpackSummary(text: string): CustomerSummary {
  const known = unpacked.get(text);
  if (known !== undefined) {
    return known;
  }
  const summary = parseSummary(text);
  unpacked.set(text, summary, text.length);
  return summary;
}

/** The same without keeping it, for what is read once. */
export function parseSummary(text: string): CustomerSummary {
  const packed = JSON.parse(text) as Packed;
  return { ...packed, fm: packed.fm, workloads: packed.workloads.map(unpackWorkload) };
}

function unpackWorkload({ startDate, kickoffDate, completion, ...rest }: PackedWorkload): WorkloadSummary {
  return {
    ...rest,
    lastContact: rest.lastContact,
    startDate: startDate && { ...startDate, date: Temporal.PlainDate.from(startDate.date) },
    kickoffDate: kickoffDate === undefined ? undefined : Temporal.PlainDate.from(kickoffDate),
    completion: completion && { ...completion, since: Temporal.Instant.from(completion.since) },
    offerDue: rest.offerDue,
  };
}
