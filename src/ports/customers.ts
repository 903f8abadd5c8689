import type { Checklist, ContactEntry, Customer, Note, Reminder, StartDateChange, Workload } from '../domain/records';

/** What a decision about one customer needs, as it was at one read. */
export interface CustomerFile {
  readonly customer: Customer;
  readonly workloads: readonly Workload[];
  readonly reminders: readonly Reminder[];
  readonly checklists: readonly Checklist[];
  /** Opaque to everyone but the store: what a commit must find unchanged. */
  readonly version: unknown;
}

/** Everything ever written about one customer, newest first. */
export interface CustomerLog {
  readonly notes: readonly Note[];
  readonly startDateChanges: readonly StartDateChange[];
  readonly contacts: readonly ContactEntry[];
}

/**
 * One commit: all of it or none of it. Rows that are put replace the row of the same key; rows that are added are
 * only ever added. `base` undefined = the customer must not exist yet.
 */
export interface CustomerChange {
  readonly customerId: string;
  readonly base: CustomerFile | undefined;
  readonly customer?: Customer;
  readonly workloads?: readonly Workload[];
  readonly reminders?: readonly Reminder[];
  readonly checklists?: readonly Checklist[];
  readonly notes?: readonly Note[];
  readonly startDateChanges?: readonly StartDateChange[];
  readonly contacts?: readonly ContactEntry[];
  /** One-time token of the card press and what to answer should the press be delivered again (JSON). */
  readonly action?: { readonly token: string; readonly outcome: unknown };
}

export type CommitResult =
  | { readonly kind: 'committed' }
  /** The same token was committed before: nothing was written now. */
  | { readonly kind: 'alreadyDone'; readonly outcome: unknown }
  /** A row was changed since `base` was read: nothing was written. */
  | { readonly kind: 'conflict' };

/** Customers and everything recorded about them; one customer's rows change together or not at all. */
export interface Customers {
  /** One partition query. @returns undefined when there is no such customer. */
  load(customerId: string): Promise<CustomerFile | undefined>;
  /**
   * One entity group transaction (at most 100 rows, 4 MiB: more is a thrown error, never a half write).
   * Index rows that the change touches are written before it and settled after it.
   */
  commit(change: CustomerChange): Promise<CommitResult>;
  /** @param limit newest entries per kind. */
  readLog(customerId: string, limit: number): Promise<CustomerLog>;
  /** Outcome of a card press that was committed before, or undefined. */
  actionOutcome(customerId: string, token: string): Promise<unknown>;
  /** Every customer id, paged inside; for export only. */
  allIds(): AsyncIterable<string>;
}
