import { Temporal } from 'temporal-polyfill';
import type { Reminder, Workload } from '../domain/records';
import { isChased, nextAt } from '../domain/reminders/reminder';
import type { CustomerIndex } from '../ports/customer-index';
import type { CustomerFile, Customers } from '../ports/customers';
import type { DueIndex } from '../ports/due-index';
import type { ReminderTask } from '../ports/reminder-queue';

/** A reminder that is due, with the customer's rows as they were read. */
export interface DueEntry {
  readonly customerId: string;
  readonly name: string;
  readonly workload: Workload;
  readonly reminder: Reminder;
  readonly dueAt: Temporal.Instant;
  readonly file: CustomerFile;
}

interface Dependencies {
  readonly customers: Customers;
  readonly index: CustomerIndex;
  readonly due: DueIndex;
}

/** What of an FM's reminders is due, from the rows themselves, most overdue first. Hints that are wrong are forgotten. */
export async function dueEntries(
  dependencies: Dependencies,
  task: ReminderTask,
  now: Temporal.Instant,
): Promise<DueEntry[]> {
  const ids =
    task.hints.length > 0
      ? [...new Set(task.hints.map(({ customerId }) => customerId))]
      : (await dependencies.index.ofFm(task.fm)).map(({ customerId }) => customerId);
  const files = await Promise.all(ids.map(async (id) => dependencies.customers.load(id)));
  await forgetWrong(dependencies, task, files);
  return files
    .flatMap((file) => (file ? entriesOf(file, task.fm, now) : []))
    .sort((one, other) => byStartDate(one, other));
}

/** The reminders of one customer that are due for an FM. */
export function entriesOf(file: CustomerFile, fm: string, now: Temporal.Instant): DueEntry[] {
  return file.reminders.flatMap((reminder) => {
    const dueAt = nextAt(reminder);
    const workload = file.workloads.find((row) => row.workload === reminder.workload);
    const isDue = dueAt !== undefined && Temporal.Instant.compare(dueAt, now) <= 0;
    return isDue && workload && reminder.fm === fm && isChased(file.customer, workload)
      ? [{ customerId: file.customer.id, name: file.customer.name, workload, reminder, dueAt, file }]
      : [];
  });
}

function byStartDate({ workload: one }: DueEntry, { workload: other }: DueEntry): number {
  return one.startDate && other.startDate ? Temporal.PlainDate.compare(one.startDate.date, other.startDate.date) : 0;
}

async function forgetWrong(
  { due }: Dependencies,
  { fm, hints }: ReminderTask,
  files: readonly (CustomerFile | undefined)[],
): Promise<void> {
  const wrong = hints.filter(({ customerId, dueAt }) => {
    const file = files.find((each) => each?.customer.id === customerId);
    return file?.reminders.some((reminder) => reminder.fm === fm && isAt(reminder, dueAt)) !== true;
  });
  await due.forget(wrong.map((hint) => ({ ...hint, fm })));
}

/** Whether the reminder still is to be sent at that instant. */
export const isAt = (reminder: Reminder, dueAt: Temporal.Instant): boolean => nextAt(reminder)?.equals(dueAt) === true;
