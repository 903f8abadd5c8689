import type { GatewayConflict } from '../domain/gateway/merge';
import { mergeGateway } from '../domain/gateway/merge';
import type { GatewayCustomer } from '../domain/gateway/records';
import { replySaidBy, withReplySaid } from '../domain/reminders/new-date';
import type { CustomerFile, Customers } from '../ports/customers';
import type { ReminderQueue } from '../ports/reminder-queue';
import type { Workload } from '../domain/records';
import type { Planning } from './plan-reminders';
import { remindersAfter, workloadsAfter } from './plan-reminders';

const ATTEMPTS = 6;
/**
 * The rest of a file's customers of the same FM go into the same question, and whoever is at work with the bot right now is
 * not interrupted: a greeting meanwhile is answered with the offer, and then this one is not made.
 */
const OFFER_AFTER_SECONDS = 600;

export type PutOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged'; readonly conflicts: readonly GatewayConflict[] }
  /** Others changed the customer so often meanwhile that nothing was written. */
  | { readonly kind: 'busy' };

export interface PutDependencies extends Planning {
  readonly customers: Customers;
  readonly queue: Pick<ReminderQueue, 'put'>;
}

/**
 * Writes one customer as Gateway describes it, in one commit, by the rules of `mergeGateway`.
 * What is so already is not written again; a change that came between is merged anew.
 */
export async function putCustomer(dependencies: PutDependencies, incoming: GatewayCustomer): Promise<PutOutcome> {
  const { customers, clock } = dependencies;
  const customerId = incoming.customer.id;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const base = await customers.load(customerId);
    const { customer, workloads: merged, conflicts } = mergeGateway(base, incoming, clock.now());
    if (!customer && merged.length === 0) {
      return { kind: 'unchanged', conflicts };
    }
    const workloads = merged.map((workload) => withNewDate(dependencies, base, workload));
    const after = { customer: incoming.customer, workloads: workloadsAfter(base, workloads) };
    const reminders = await remindersAfter(dependencies, base, after);
    const result = await customers.commit({ customerId, base, ...(customer && { customer }), workloads, reminders });
    if (result.kind === 'committed') {
      await announceOffers(dependencies, base, { fm: incoming.customer.fm, workloads: merged });
      return { kind: base ? 'changed' : 'created', conflicts };
    }
  }
  return { kind: 'busy' };
}

/**
 * Has the FM asked about what now is at the milestone. The commit is what counts: where the queue does not take it, or we
 * crash before it does, the FM is asked at their next greeting.
 */
async function announceOffers(
  { queue }: PutDependencies,
  base: CustomerFile | undefined,
  { fm, workloads }: { readonly fm: string | undefined; readonly workloads: readonly Workload[] },
): Promise<void> {
  const before = new Set(base?.workloads.flatMap((row) => (row.completionOffer ? [row.workload] : [])));
  if (fm !== undefined && workloads.some((row) => row.completionOffer && !before.has(row.workload))) {
    await queue.put({ kind: 'offer', fm, hints: [] }, OFFER_AFTER_SECONDS).catch(() => undefined);
  }
}

/** A date to come from Gateway opens a new chase. What day it is, Gateway's file does not say: UTC's will do. */
function withNewDate({ clock }: PutDependencies, base: CustomerFile | undefined, workload: Workload): Workload {
  const now = clock.now();
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const before = base?.workloads.find((row) => row.workload === workload.workload);
  return withReplySaid(workload, replySaidBy(before, workload, { occasion: undefined, today }), now);
}
