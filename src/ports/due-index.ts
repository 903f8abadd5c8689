import type { Temporal } from 'temporal-polyfill';
import type { WorkloadId } from '../domain/vocabulary';

/** A reminder that may be due. A hint: the reminder's row decides. */
export interface DueReminder {
  readonly customerId: string;
  readonly workload: WorkloadId;
  readonly reminderId: string;
  readonly fm: string;
  readonly dueAt: Temporal.Instant;
  /** Which writing of the hint was read, and when it was made: what `forget` must find unchanged. Opaque but to the store. */
  readonly seen?: { readonly tag: string; readonly writtenAt: string };
}

/** Finding what is due without reading what is not. Hints are written by the commit that schedules a reminder. */
export interface DueIndex {
  /** Roughly oldest first, paged inside. */
  due(until: Temporal.Instant): AsyncIterable<DueReminder>;
  /**
   * Forgets hints whose reminders are no longer scheduled at that instant. A hint only minutes old is kept: its commit
   * may still be under way.
   */
  forget(dues: readonly DueReminder[]): Promise<void>;
}
