import type { Temporal } from 'temporal-polyfill';

/** A customer of whom something may be due for an FM. A hint: the customer's rows decide what, and whether. */
export interface DueHint {
  readonly customerId: string;
  readonly fm: string;
  readonly dueAt: Temporal.Instant;
  /** Which writing of the hint was read, and when it was made: what `forget` must find unchanged. Opaque but to the store. */
  readonly seen?: { readonly key: string; readonly tag: string; readonly writtenAt: string };
}

/** Finding what is due without reading what is not. Hints are written by the commit that schedules a reminder. */
export interface DueIndex {
  /** Roughly oldest first, paged inside. */
  due(until: Temporal.Instant): AsyncIterable<DueHint>;
  /**
   * Forgets hints of customers of whom nothing is scheduled for that FM at that instant any more. A hint only minutes
   * old is kept: its commit may still be under way.
   */
  forget(hints: readonly DueHint[]): Promise<void>;
}
