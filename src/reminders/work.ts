import type { QueuedTasks, ReminderTask } from '../ports/reminder-queue';
import { deliver } from './deliver';
import { backOff } from './delivery-failures';
import { deliverLeadReport } from './deliver-lead-report';
import { deliverOffer } from './deliver-offer';
import type { DeliveryDependencies, TaskOutcome } from './dependencies';
import { DONE, later } from './dependencies';
import { dueEntries } from './due-entries';
import { recordEntries } from './record-entries';
import { replan } from './replan';

export interface WorkDependencies extends DeliveryDependencies {
  /** Storage did not answer: that is nobody's message's fault. */
  readonly isStorageDown: (error: unknown) => boolean;
  readonly onError: (error: unknown, task: ReminderTask['kind'] | 'none') => void;
}

/** A task that failed so often fails by itself. */
const POISON = 8;
/** Until somebody else may have a look at what we cannot read. */
const UNREADABLE_SECONDS = 3;

/** Does the tasks of a message and tells the queue; never throws but for a queue that does not answer. */
export async function work(by: WorkDependencies, queued: QueuedTasks): Promise<void> {
  const [first, ...others] = queued.tasks;
  if (first === undefined) {
    by.onError(new Error('a queue message could not be read'), 'none');
    // While a newer release takes over, its messages are for its own instances: handed back, not thrown away.
    return queued.deliveries < POISON ? queued.postpone(UNREADABLE_SECONDS) : queued.done();
  }
  if (others.length > 0) {
    return workTogether(by, queued);
  }
  const outcome = await attempt(by, first, queued.deliveries);
  return outcome.kind === 'done' ? queued.done() : queued.postpone(outcome.seconds);
}

/** Tasks share a message for the queue's sake only: what cannot be done now goes on by itself. */
async function workTogether(by: WorkDependencies, queued: QueuedTasks): Promise<void> {
  const outcomes = await Promise.all(queued.tasks.map(async (task) => ({ task, outcome: await attempt(by, task, 1) })));
  for (const { task, outcome } of outcomes) {
    if (outcome.kind === 'later') {
      await by.queue.put(task, outcome.seconds);
    }
  }
  // Last: whoever is handed the message again finds done what was done.
  await queued.done();
}

async function attempt(by: WorkDependencies, task: ReminderTask, deliveries: number): Promise<TaskOutcome> {
  try {
    return await run(by, task);
  } catch (error) {
    by.onError(error, task.kind);
    if (deliveries >= POISON && !by.isStorageDown(error)) {
      await bury(by, task);
      return DONE;
    }
    return later(backOff(Math.min(deliveries, 5), by.random()));
  }
}

async function run(by: WorkDependencies, task: ReminderTask): Promise<TaskOutcome> {
  switch (task.kind) {
    case 'deliver':
      return deliver(by, task);
    case 'replan':
      return replan(by, task);
    case 'lead':
      return deliverLeadReport(by, task);
    case 'offer':
      return deliverOffer(by, task);
  }
}

/** What cannot be worked on is put aside where operators see it: one customer's damaged row does not bury another's. */
async function bury(by: WorkDependencies, task: ReminderTask): Promise<void> {
  if (task.kind !== 'deliver') {
    return;
  }
  for (const customerId of new Set(task.hints.map((hint) => hint.customerId))) {
    const hints = task.hints.filter((hint) => hint.customerId === customerId);
    try {
      const entries = await dueEntries(by, { ...task, hints }, by.clock.now());
      await recordEntries(by, entries, (reminder) => ({ ...reminder, status: 'dead', againAt: undefined }));
      by.events.dead(entries.length, 'poison');
    } catch (error) {
      by.onError(error, task.kind);
    }
  }
}
