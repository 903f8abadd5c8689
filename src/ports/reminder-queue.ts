import type { DueHint } from './due-index';

/** What a worker is to do. `at` = as if it were this instant (ISO), for an operator's run. */
export interface ReminderTask {
  /** `deliver` sends what is due; `replan` follows changed settings, or the FM's return; `lead` is a lead's digest; `offer` asks about completions. */
  readonly kind: 'deliver' | 'replan' | 'lead' | 'offer';
  readonly fm: string;
  /** Of whom something seems to be due; empty = look at all of the FM's customers. */
  readonly hints: readonly Omit<DueHint, 'fm'>[];
  readonly at?: string;
}

/** Tasks that one message of the queue carries: one, or a few that a sweep has put together. */
export interface QueuedTasks {
  /** None = no message of ours. */
  readonly tasks: readonly ReminderTask[];
  /** How often it was handed out, this time included. */
  readonly deliveries: number;
  /** Takes it from the queue for good. */
  done(): Promise<void>;
  /** Hands it out again later. */
  postpone(seconds: number): Promise<void>;
}

/** The distributed queue: any instance puts in, any takes out, at least once. */
export interface ReminderQueue {
  put(task: ReminderTask, delaySeconds?: number): Promise<void>;
  /** In as few messages as is good for the queue, which a message costs as much as all that is written for one FM. */
  putAll(tasks: readonly ReminderTask[]): Promise<void>;
  /** So many messages at most (no more than 32), hidden from others for so many seconds. */
  take(most: number, hiddenSeconds: number): Promise<readonly QueuedTasks[]>;
  /** Roughly how many messages are waiting. */
  length(): Promise<number>;
}

/** Tasks in one message at most. */
export const TOGETHER = 8;

/** What a message takes of them: 64 KB as XML, where a quotation mark is six characters. Leaves room for names beyond ASCII. */
export const MOST_OF_A_MESSAGE = 50_000;
export const lengthInMessage = (part: unknown): number => JSON.stringify(part).replaceAll('"', '&quot;').length;
