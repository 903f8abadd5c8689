import type { Customer, StartDate, Workload } from '../records';

/** A workload as Gateway knows it: FM's work on it (contacts), our offers and where its date comes from are not Gateway's. */
export interface GatewayWorkload extends Omit<Workload, 'startDate' | 'lastContact' | 'completionOffer'> {
  readonly startDate: Omit<StartDate, 'source'> | undefined;
}

/** One customer with the workloads that one delivery from Gateway names; the workload ids differ from each other. */
export interface GatewayCustomer {
  readonly customer: Customer;
  readonly workloads: readonly GatewayWorkload[];
}
