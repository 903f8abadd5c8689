import type { Reminder } from '../domain/records';
import { IGNORED_FOR_LEAD } from '../domain/reminders/reminder';
import type { Customers } from '../ports/customers';
import type { Deliveries } from '../ports/deliveries';
import type { DueEntry } from './due-entries';
import { isAt } from './due-entries';

interface Dependencies {
  readonly customers: Customers;
  readonly deliveries: Deliveries;
}

const TRIES = 6;

/**
 * Changes the reminders of a digest, customer by customer. A reminder that somebody else changed meanwhile (an answer, a
 * new date, another FM) is left as it is. @returns whether any was left so.
 */
export async function recordEntries(
  dependencies: Dependencies,
  entries: readonly DueEntry[],
  change: (reminder: Reminder) => Reminder,
): Promise<{ overtaken: boolean }> {
  const customers = [...new Set(entries.map(({ customerId }) => customerId))];
  const results = await Promise.all(
    customers.map(async (customerId) =>
      recordCustomer(
        dependencies,
        entries.filter((entry) => entry.customerId === customerId),
        change,
      ),
    ),
  );
  return { overtaken: results.includes(false) };
}

async function recordCustomer(
  { customers, deliveries }: Dependencies,
  entries: readonly DueEntry[],
  change: (reminder: Reminder) => Reminder,
): Promise<boolean> {
  const [first] = entries;
  let open = entries;
  let base = first?.file;
  for (let attempt = 0; attempt < TRIES && base; attempt++) {
    const { reminders } = base;
    // Whoever found the message's id noted before its record was complete has recorded it.
    open = open.filter((entry) => !reminders.some((row) => isChangedAlike(row, change(entry.reminder))));
    if (open.length === 0) {
      return true;
    }
    const known = reminders.filter((row) => open.some((entry) => isSame(row, entry)));
    const changed = known.map(change);
    if (changed.length === 0) {
      return false;
    }
    const customerId = base.customer.id;
    const told = changed.filter(({ ignored }) => ignored >= IGNORED_FOR_LEAD);
    // Before the commit: a hint too many is forgotten, one too few never made.
    await Promise.all(told.map(async ({ workload }) => deliveries.escalate({ customerId, workload })));
    const { kind } = await customers.commit({ customerId, base, reminders: changed });
    if (kind !== 'conflict') {
      return changed.length === open.length;
    }
    base = await customers.load(customerId);
  }
  if (base) {
    throw new Error(`customer ${base.customer.id} is changed too often for its reminders to be recorded`);
  }
  return false;
}

/** Whether a row is what the change would have made of it. */
const isChangedAlike = (row: Reminder, changed: Reminder): boolean =>
  row.workload === changed.workload &&
  row.fm === changed.fm &&
  row.status === changed.status &&
  row.attempt === changed.attempt &&
  row.ignored === changed.ignored &&
  row.dueAt.equals(changed.dueAt) &&
  isSameInstant(row.sentAt, changed.sentAt) &&
  isSameInstant(row.againAt, changed.againAt);

const isSameInstant = (one: Reminder['sentAt'], other: Reminder['sentAt']): boolean =>
  one === undefined ? other === undefined : other !== undefined && one.equals(other);

const isSame = (row: Reminder, { reminder, dueAt }: DueEntry): boolean =>
  row.workload === reminder.workload && row.fm === reminder.fm && isAt(row, dueAt);
