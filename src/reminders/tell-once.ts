import { Temporal } from 'temporal-polyfill';
import type { Delivery } from '../ports/deliveries';
import type { SendResult } from '../ports/messenger';
import type { DeliveryDependencies, TaskOutcome } from './dependencies';
import { DONE, idle, later } from './dependencies';
import { backOff } from './delivery-failures';

const LEASE_SECONDS = 60;

export interface Telling {
  /** The row that holds the lease; apart from the row of the FM's reminders. */
  readonly key: string;
  readonly held: { readonly delivery: Delivery | undefined; readonly version: unknown };
  readonly send: () => Promise<SendResult>;
  /** Once the message is sent or may have been. */
  readonly told: () => Promise<void>;
}

/** Whether another worker is telling it now, or Teams asked for patience. */
export const isHeld = (delivery: Delivery | undefined, now: Temporal.Instant): boolean =>
  [delivery?.retryAt, delivery?.leaseUntil].some((until) => until && Temporal.Instant.compare(until, now) > 0);

/**
 * Sends a message that has no card to be updated later: at most once, under a lease. Whatever is unknown about its fate
 * counts as sent; what is certainly not sent is tried again after `retryAt`, unless trying would not help.
 */
export async function tellOnce(by: DeliveryDependencies, { key, held, send, told }: Telling): Promise<TaskOutcome> {
  const wait = await by.limiter.place();
  if (wait !== undefined) {
    return later(wait);
  }
  const now = by.clock.now();
  const leaseUntil = now.add({ seconds: LEASE_SECONDS });
  const mark: Delivery = { ...(held.delivery ?? idle(key)), phase: 'sending', at: now, leaseUntil };
  const version = await by.deliveries.put(mark, held.version);
  if (version === undefined) {
    return DONE;
  }
  const result = await send();
  if (result.kind === 'sent' || result.kind === 'unknown') {
    if (result.kind === 'unknown') {
      by.events.unknown('noAnswer');
    }
    const messageId = result.kind === 'sent' ? result.messageId : mark.messageId;
    await by.deliveries.put({ ...ended(mark), phase: 'sent', failures: 0, messageId }, version);
    await told();
    return DONE;
  }
  return putOff(by, { mark, version }, result);
}

const ended = (mark: Delivery): Delivery => ({ ...mark, leaseUntil: undefined, retryAt: undefined });

async function putOff(
  by: DeliveryDependencies,
  { mark, version }: { readonly mark: Delivery; readonly version: unknown },
  result: SendResult,
): Promise<TaskOutcome> {
  if (result.kind === 'throttled') {
    await by.limiter.block(result.retryAfterSeconds ?? backOff(mark.failures, by.random()));
  }
  const failures = mark.failures + 1;
  const seconds = backOff(failures, by.random());
  by.events.retried(result.kind);
  const retryAt = by.clock.now().add({ milliseconds: Math.round(seconds * 1000) });
  await by.deliveries.put({ ...ended(mark), phase: 'idle', at: undefined, failures, retryAt }, version);
  return result.kind === 'throttled' || result.kind === 'failed' ? later(seconds) : DONE;
}
