import type { Temporal } from 'temporal-polyfill';
import type { ContactKind, DeliveryChannel, L1Status, ServiceStatus, WorkloadId } from '../domain/vocabulary';
import type { CompletionState } from '../domain/checklist/open-completions';
import type { StartDate } from '../domain/records';

/** A customer as a sentence names it. */
export interface NamedCustomer {
  readonly customerId: string;
  readonly name: string;
}

/** A word as typed, and what was typed after it, which tells namesakes apart. */
export interface TypedWord {
  readonly word: string;
  readonly after: string;
  /** No longer word is meant that begins so. */
  readonly isWhole?: boolean;
}

/** A customer as lists need it. A hint: whoever decides on it loads the customer first. */
export interface CustomerSummary extends NamedCustomer {
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
   * Customers one of whose name words begins as one of these was typed (accents, case and width do not count):
   * candidates for a lead's sentence. Of many namesakes the first, and those whose next words were typed, too.
   */
  named(words: readonly TypedWord[]): Promise<readonly NamedCustomer[]>;
  /**
   * Customers one of whose name words may be meant by one of these: with a typo behind the first two letters, or, in a
   * script without spaces, anywhere in a run of characters. What `named` finds may be missing.
   */
  namedLike(words: readonly TypedWord[]): Promise<readonly NamedCustomer[]>;
  /** The customers of all FMs, by FM: one query, a thousand rows a request, however many FMs there are. For lead views. */
  ofAllFms(): Promise<readonly CustomerSummary[]>;
}

/** Customers that were found in several ways, each once, as it was found last. */
export const eachOnce = <T extends { readonly customerId: string }>(customers: readonly T[]): T[] => [
  ...new Map(customers.map((customer) => [customer.customerId, customer])).values(),
];
