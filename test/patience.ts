/**
 * For how long a test waits for what has to come, in milliseconds. What comes ends the waiting, so that it costs nothing to be
 * patient; only what never comes is told this late. A machine three times slower than ours, busy with the other tests, is
 * still in time.
 */
export const PATIENCE_MS = 120_000;
