import type { DueReminder } from './due-index';

/** What a worker is to do. `at` = as if it were this instant (ISO), for an operator's run. */
export interface ReminderTask {
  /** `deliver` sends what is due; `replan` follows changed settings, or the FM's return; `lead` is a lead's digest; `offer` asks about completions. */
  readonly kind: 'deliver' | 'replan' | 'lead' | 'offer';
  readonly fm: string;
  /** What seems to be due; empty = look at all of the FM's customers. */
  readonly hints: readonly Omit<DueReminder, 'fm'>[];
  readonly at?: string;
}

export interface QueuedTask {
  /** Undefined = not a task of ours. */
  readonly task: ReminderTask | undefined;
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
  /** At most 32, hidden from others for so many seconds. */
  take(most: number, hiddenSeconds: number): Promise<readonly QueuedTask[]>;
  /** Roughly how many are waiting. */
  length(): Promise<number>;
}
