import { ConnectorError } from './connector-error';

/** How often one call may be repeated, and for how long. */
export interface RetryPolicy {
  /** POSTs (PUTs, …) at the most, the first included. */
  readonly attempts: number;
  /** Waiting is only begun when it ends within this time after the first attempt. */
  readonly budgetMs: number;
  /** Repeat also when the first attempt may have worked: only for calls that may happen twice. */
  readonly ambiguous: boolean;
}

/** One attempt, whatever happens: the caller decides (reminders). */
export const NO_RETRY: RetryPolicy = { attempts: 1, budgetMs: 0, ambiguous: false };

/** Replies within a turn: repeated only when Teams certainly did nothing, within what is left of the turn. */
export const TURN_RETRY: RetryPolicy = { attempts: 3, budgetMs: 3000, ambiguous: false };

/** For PUT, DELETE and GET, which may happen twice. */
export const IDEMPOTENT_RETRY: RetryPolicy = { attempts: 3, budgetMs: 3000, ambiguous: true };

const BASE_MS = 150;
const HOPELESS: ReadonlySet<string> = new Set(['SERVICE_URL_REFUSED', 'TOKEN_UNAVAILABLE']);

/**
 * Milliseconds to wait before the next attempt, or undefined when there shall be none.
 * 429 waits as long as Teams says; 412 (concurrent operations on the conversation) and connection failures back off with jitter.
 */
export function waitBeforeRetry(error: unknown, attempt: number, policy: RetryPolicy): number | undefined {
  if (!(error instanceof ConnectorError) || attempt >= policy.attempts || HOPELESS.has(error.code)) {
    return undefined;
  }
  const backOff = BASE_MS * 2 ** (attempt - 1) * (1 + Math.random());
  if (error.ambiguous) {
    return policy.ambiguous ? Math.max(backOff, (error.retryAfterSeconds ?? 0) * 1000) : undefined;
  }
  if (error.status === 429) {
    return error.retryAfterSeconds === undefined ? backOff * 4 : error.retryAfterSeconds * 1000;
  }
  return error.status === undefined || error.status === 412 ? backOff : undefined;
}
