import type { QueuedTask, ReminderTask } from '../ports/reminder-queue';
import { deliver } from './deliver';
import { backOff } from './delivery-failures';
import { deliverLeadReport } from './deliver-lead-report';
import { deliverOffer } from './deliver-offer';
import type { DeliveryDependencies, TaskOutcome } from './dependencies';
import { dueEntries } from './due-entries';
import { recordEntries } from './record-entries';
import { replan } from './replan';

export interface WorkDependencies extends DeliveryDependencies {
  /** Storage did not answer: that is nobody's message's fault. */
  readonly isStorageDown: (error: unknown) => boolean;
  readonly onError: (error: unknown, task: ReminderTask['kind'] | 'none') => void;
}

/** A message that failed so often fails by itself. */
const POISON = 8;

/** Does one task and tells the queue; never throws but for a queue that does not answer. */
export async function work(by: WorkDependencies, queued: QueuedTask): Promise<void> {
  const { task } = queued;
  if (!task) {
    by.onError(new Error('a queue message could not be read'), 'none');
    return queued.done();
  }
  try {
    const outcome = await run(by, task);
    return await (outcome.kind === 'done' ? queued.done() : queued.postpone(outcome.seconds));
  } catch (error) {
    by.onError(error, task.kind);
    if (queued.deliveries >= POISON && !by.isStorageDown(error)) {
      await bury(by, task);
      return queued.done();
    }
    return queued.postpone(backOff(Math.min(queued.deliveries, 5), by.random()));
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
