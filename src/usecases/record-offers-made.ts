import type { Workload } from '../domain/records';
import type { Customers } from '../ports/customers';

/**
 * Records that the FM has been asked whether to complete what an import has brought to the milestone, so that nobody asks
 * again. A commit that lost a race is left: the offer is then made once more.
 */
export async function recordOffersMade(
  { customers }: { readonly customers: Customers },
  offers: readonly { readonly customerId: string }[],
): Promise<void> {
  for (const customerId of new Set(offers.map((offer) => offer.customerId))) {
    const base = await customers.load(customerId);
    const workloads = base?.workloads.flatMap(asked) ?? [];
    if (base && workloads.length > 0) {
      await customers.commit({ customerId, base, workloads });
    }
  }
}

const asked = (row: Workload): Workload[] =>
  row.completionOffer?.made === false ? [{ ...row, completionOffer: { ...row.completionOffer, made: true } }] : [];
