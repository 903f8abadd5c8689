import type { Temporal } from 'temporal-polyfill';
import type { ContactKind, DeliveryChannel, L1Status, ServiceStatus, WorkloadId } from '../domain/vocabulary';
import type { CompletionState } from '../domain/checklist/open-completions';
import type { StartDate } from '../domain/records';

/** A customer as lists need it. A hint: whoever decides on it loads the customer first. */
export interface CustomerSummary {
  readonly customerId: string;
  readonly name: string;
  readonly fm: string | undefined;
  readonly deliveryChannel: DeliveryChannel;
  readonly workloads: readonly WorkloadSummary[];
}

export interface WorkloadSummary {
  readonly workload: WorkloadId;
  readonly requestId: string;
  readonly l1Status: L1Status;
  readonly serviceStatus: ServiceStatus;
  readonly startDate: StartDate | undefined;
  readonly kickoffDate: Temporal.PlainDate | undefined;
  readonly lastContact: ContactKind | undefined;
  /** Where its completion stands; absent = there is none to speak of. */
  readonly completion?: CompletionState | undefined;
  /** The FM has not been asked yet whether to complete it. */
  readonly offerDue?: boolean | undefined;
}

/** Finding customers without reading them all. */
export interface CustomerIndex {
  /** One partition query; rows left unsettled by a crash are checked against the customer and repaired. */
  ofFm(fm: string): Promise<readonly CustomerSummary[]>;
  /**
   * Customers one of whose name words starts alike (folded, first two characters): candidates for a lead's sentence.
   * Names, FMs and which workloads there are hold; dates and statuses may be older ones.
   */
  namedLike(words: readonly string[]): Promise<readonly CustomerSummary[]>;
  /** The customers of all FMs, by FM: one query, a thousand rows a request, however many FMs there are. For lead views. */
  ofAllFms(): Promise<readonly CustomerSummary[]>;
}

/** Customers that were found in several ways, each once, as it was found last. */
export const eachOnce = <T extends { readonly customerId: string }>(customers: readonly T[]): T[] => [
  ...new Map(customers.map((customer) => [customer.customerId, customer])).values(),
];
