import type { Temporal } from 'temporal-polyfill';
import type { WorkloadId } from '../domain/vocabulary';

/** One reminder as it was due when its digest was made. */
export interface DigestItem {
  readonly customerId: string;
  readonly workload: WorkloadId;
  /** Of the customer, as the card named it. */
  readonly name: string;
  readonly forDate: Temporal.PlainDate;
  readonly dueAt: Temporal.Instant;
}

/** What one message told one FM; kept so that the card can be shown again with what has become of it. */
export interface Digest {
  readonly id: string;
  readonly fm: string;
  readonly at: Temporal.Instant;
  readonly items: readonly DigestItem[];
}

/** `sending` = a POST may be under way; `sent` = the message id is known, its reminders may still be to be recorded. */
export const DELIVERY_PHASES = ['idle', 'sending', 'sent'] as const;
export type DeliveryPhase = (typeof DELIVERY_PHASES)[number];

/** How far the writing to one FM has come; its ETag is the lease. */
export interface Delivery {
  readonly fm: string;
  readonly phase: DeliveryPhase;
  /** The latest digest: being sent, or sent. */
  readonly digestId: string | undefined;
  /** The last message whose id is known. */
  readonly messageId: string | undefined;
  readonly at: Temporal.Instant | undefined;
  readonly leaseUntil: Temporal.Instant | undefined;
  /** Failed tries since the last success; the next one not before `retryAt`. */
  readonly failures: number;
  readonly retryAt: Temporal.Instant | undefined;
  readonly unreachable: { readonly since: Temporal.Instant; readonly code: string } | undefined;
}

export interface DeliveryRead {
  readonly delivery: Delivery | undefined;
  readonly version: unknown;
}

/** A reminder that the lead is told about. A hint: its row decides. */
export interface Escalation {
  readonly customerId: string;
  readonly workload: WorkloadId;
}

/** Delivery state per FM, and what was delivered. */
export interface Deliveries {
  read(fm: string): Promise<DeliveryRead>;
  /** @returns the new version, or undefined when another instance wrote meanwhile (nothing was written). */
  put(delivery: Delivery, version: unknown): Promise<unknown>;
  putDigest(digest: Digest): Promise<void>;
  digest(fm: string, id: string): Promise<Digest | undefined>;
  /** Everybody the bot cannot write to at present. */
  unreachable(): AsyncIterable<Delivery>;
  escalate(escalation: Escalation): Promise<void>;
  escalated(): AsyncIterable<Escalation>;
  forgetEscalation(escalation: Escalation): Promise<void>;
}
