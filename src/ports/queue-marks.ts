import type { Temporal } from 'temporal-polyfill';

/** When a message about somebody was last put into the queue, so that of many instances one puts it. */
export interface QueueMarks {
  /**
   * Marks those of the keys that `isWanted`, told when they were last marked, picks. What is yielded is the caller's to put:
   * of instances that ask at the same time, one gets a key. Marks older than a quarter of an hour are not kept.
   */
  claim(
    keys: readonly string[],
    at: Temporal.Instant,
    isWanted: (key: string, markedAt: Temporal.Instant | undefined) => Promise<boolean>,
  ): AsyncIterable<readonly string[]>;
}
