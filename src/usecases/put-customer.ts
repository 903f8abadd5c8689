import type { GatewayConflict } from '../domain/gateway/merge';
import { mergeGateway } from '../domain/gateway/merge';
import type { GatewayCustomer } from '../domain/gateway/records';
import type { Clock } from '../ports/clock';
import type { Customers } from '../ports/customers';

const ATTEMPTS = 6;

export type PutOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged'; readonly conflicts: readonly GatewayConflict[] }
  /** Others changed the customer so often meanwhile that nothing was written. */
  | { readonly kind: 'busy' };

/**
 * Writes one customer as Gateway describes it, in one commit, by the rules of `mergeGateway`.
 * What is so already is not written again; a change that came between is merged anew.
 */
export async function putCustomer(
  { customers, clock }: { readonly customers: Customers; readonly clock: Clock },
  incoming: GatewayCustomer,
): Promise<PutOutcome> {
  const customerId = incoming.customer.id;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const base = await customers.load(customerId);
    const { customer, workloads, conflicts } = mergeGateway(base, incoming, clock.now());
    if (!customer && workloads.length === 0) {
      return { kind: 'unchanged', conflicts };
    }
    const result = await customers.commit({ customerId, base, ...(customer && { customer }), workloads });
    if (result.kind === 'committed') {
      return { kind: base ? 'changed' : 'created', conflicts };
    }
  }
  return { kind: 'busy' };
}
