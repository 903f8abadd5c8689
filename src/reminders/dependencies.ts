import type { Temporal } from 'temporal-polyfill';
import type { Schedule } from '../domain/reminders/schedule';
import type { Clock } from '../ports/clock';
import type { CustomerIndex } from '../ports/customer-index';
import type { Customers } from '../ports/customers';
import type { Deliveries, Delivery } from '../ports/deliveries';
import type { DueIndex } from '../ports/due-index';
import type { Messenger } from '../ports/messenger';
import type { Profile, Profiles } from '../ports/profiles';
import type { ReminderQueue, ReminderTask } from '../ports/reminder-queue';
import type { Schedules } from '../usecases/schedules';
import type { DueEntry } from './due-entries';
import type { Limiter } from './limiter';

/** What operators count; names of nobody and nothing but numbers and codes. */
export interface ReminderEvents {
  /** Milliseconds from due to sent, per reminder of one digest. */
  sent(delays: readonly number[]): void;
  retried(code: string): void;
  /** Nobody knows whether Teams has this message: its sender died or lost storage after the POST, or Teams did not answer. */
  unknown(why: 'crash' | 'noAnswer', digestId?: string): void;
  unreachable(code: string): void;
  dead(count: number, code: string): void;
}

export interface DeliveryDependencies {
  readonly customers: Customers;
  readonly index: CustomerIndex;
  readonly due: DueIndex;
  readonly deliveries: Deliveries;
  readonly profiles: Profiles;
  readonly schedules: Schedules;
  readonly messenger: Messenger;
  readonly queue: ReminderQueue;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly events: ReminderEvents;
  readonly newId: () => string;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
}

/** One FM's delivery under way. */
export interface Sending {
  readonly task: ReminderTask;
  readonly to: Profile;
  readonly schedule: Schedule;
  /** As if it were this instant. */
  readonly now: Temporal.Instant;
  readonly entries: readonly DueEntry[];
  readonly state: Delivery;
  readonly version: unknown;
}

/** What becomes of a queue message. */
export type TaskOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly seconds: number };

export const DONE: TaskOutcome = { kind: 'done' };
export const later = (seconds: number): TaskOutcome => ({ kind: 'later', seconds: Math.max(1, Math.ceil(seconds)) });

/** Nothing under way. */
export const idle = (fm: string): Delivery => ({
  fm,
  phase: 'idle',
  digestId: undefined,
  messageId: undefined,
  at: undefined,
  leaseUntil: undefined,
  failures: 0,
  retryAt: undefined,
  unreachable: undefined,
});
