import { planReminder, putOff } from '../domain/reminders/reminder';
import { AT_ONCE } from '../domain/reminders/schedule';
import { Temporal } from 'temporal-polyfill';
import type { Reminder } from '../domain/records';
import type { CustomerFile } from '../ports/customers';
import type { ReminderTask } from '../ports/reminder-queue';
import { deliver } from './deliver';
import type { DeliveryDependencies, TaskOutcome } from './dependencies';
import { idle } from './dependencies';

const TRIES = 4;

/**
 * After an FM changed their settings, or is back: what is scheduled for days to come is planned anew in their calendar,
 * and what is due meanwhile is delivered.
 */
export async function replan(by: DeliveryDependencies, task: ReminderTask): Promise<TaskOutcome> {
  by.schedules.forget(task.fm);
  const read = await by.deliveries.read(task.fm);
  if (read.delivery?.unreachable) {
    await by.deliveries.put({ ...idle(task.fm), ...read.delivery, unreachable: undefined }, read.version);
  }
  for (const { customerId } of await by.index.ofFm(task.fm)) {
    await replanCustomer(by, task.fm, customerId);
  }
  return deliver(by, { ...task, hints: [] });
}

async function replanCustomer(by: DeliveryDependencies, fm: string, customerId: string): Promise<void> {
  const schedule = await by.schedules.of(fm);
  const now = by.clock.now();
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const base = await by.customers.load(customerId);
    if (!base || base.customer.fm !== fm) {
      return;
    }
    const reminders = base.reminders.flatMap((reminder) => moved(base, reminder, { schedule, now }) ?? []);
    if (reminders.length === 0 || (await by.customers.commit({ customerId, base, reminders })).kind !== 'conflict') {
      return;
    }
  }
}

/** What is to come keeps its day and gets the new hour; a first question is planned as if the date had just been set. */
function moved(
  { customer, workloads }: CustomerFile,
  reminder: Reminder,
  { schedule, now }: Parameters<typeof nextOf>[1],
): Reminder | undefined {
  const workload = workloads.find((row) => row.workload === reminder.workload);
  const isToCome = Temporal.Instant.compare(reminder.dueAt, now) > 0;
  if (!workload || reminder.status !== 'scheduled' || !isToCome) {
    return undefined;
  }
  const first = planReminder({ customer, workload, reminder: undefined, schedule, now });
  const isFirst = reminder.attempt === 0 && reminder.ignored === 0;
  // What was put off although its date has long passed stays put off: only its hour may change.
  const planned =
    isFirst && first && Temporal.Instant.compare(first.dueAt, now) > 0
      ? first
      : putOff(reminder, nextOf(reminder, { schedule, now }));
  return planned.dueAt.equals(reminder.dueAt) ? undefined : { ...planned, sentAt: reminder.sentAt };
}

function nextOf(
  { dueAt }: Reminder,
  { schedule }: Pick<Parameters<typeof planReminder>[0], 'schedule' | 'now'>,
): Temporal.Instant {
  const plainTime = Temporal.PlainTime.from(schedule.time === AT_ONCE ? '00:00' : schedule.time);
  const day = dueAt.toZonedDateTimeISO(schedule.timeZone).toPlainDate();
  return day.toZonedDateTime({ timeZone: schedule.timeZone, plainTime }).toInstant();
}
