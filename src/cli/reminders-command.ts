import { Temporal } from 'temporal-polyfill';
import type { ReminderStatus } from '../domain/records';
import { isChased, nextAt, readReminderId } from '../domain/reminders/reminder';
import type { CustomerIndex } from '../ports/customer-index';
import type { CustomerFile, Customers } from '../ports/customers';
import type { Deliveries } from '../ports/deliveries';
import type { DueIndex } from '../ports/due-index';
import type { QueueMarks } from '../ports/queue-marks';
import type { ReminderQueue } from '../ports/reminder-queue';
import { sweep } from '../reminders/sweep';
import { reminderRecord } from '../usecases/export-rows';
import type { Planning } from '../usecases/plan-reminders';
import type { CliContext } from './cli-context';
import { print } from './cli-context';
import { OperatorError } from './operator-error';

/** Storage as the reminder commands need it; `close` before the process ends. */
export interface ReminderStores extends Planning {
  readonly customers: Customers;
  readonly index: CustomerIndex;
  readonly due: DueIndex;
  readonly deliveries: Deliveries;
  readonly marks: QueueMarks;
  readonly queue: ReminderQueue;
  close(): Promise<void>;
}

interface DueDigest {
  readonly fm: string;
  readonly items: { readonly customerId: string; readonly workload: string; readonly dueAt: string }[];
}

/**
 * One sweep as if it were the given instant, printed as what is due per FM. Without `--dry-run` the running bot delivers
 * it: this process has no way to Teams.
 */
export async function runSweep(
  context: CliContext,
  { at, dryRun = false }: { readonly at?: string; readonly dryRun?: boolean },
): Promise<number> {
  const instant = at === undefined ? undefined : readInstant(at);
  await withReminders(context, async (stores) => {
    await print(context.stdout, JSON.stringify(await dueDigests(stores, instant ?? stores.clock.now())));
    if (!dryRun) {
      await sweep(stores, instant ?? stores.clock.now());
    }
  });
  return 0;
}

function readInstant(text: string): Temporal.Instant {
  const instant = parsedInstant(text);
  const year = instant?.toZonedDateTimeISO('UTC').year;
  // As for the dates of Gateway: beyond, reminders would fall due at instants that there are not.
  if (instant === undefined || year === undefined || year < 2000 || year > 2199) {
    const example = 'Example: --at 2027-03-02T09:00:00Z';
    throw new OperatorError(`${JSON.stringify(text)} is not an instant between 2000 and 2199. ${example}`);
  }
  return instant;
}

function parsedInstant(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}

/** From the rows: a hint that is wrong is not printed. */
async function dueDigests({ due, customers }: ReminderStores, until: Temporal.Instant): Promise<DueDigest[]> {
  const digests = new Map<string, DueDigest>();
  const seen = new Set<string>();
  for await (const { customerId } of due.due(until)) {
    if (seen.has(customerId)) {
      continue;
    }
    seen.add(customerId);
    const file = await customers.load(customerId);
    for (const { fm, workload, dueAt } of file ? dueOf(file, until) : []) {
      const digest = digests.get(fm) ?? { fm, items: [] };
      digest.items.push({ customerId, workload, dueAt });
      digests.set(fm, digest);
    }
  }
  for (const { items } of digests.values()) {
    items.sort((one, other) => (one.dueAt < other.dueAt ? -1 : one.dueAt > other.dueAt ? 1 : 0));
  }
  return [...digests.values()].sort((one, other) => (one.fm < other.fm ? -1 : 1));
}

function dueOf({ customer, workloads, reminders }: CustomerFile, until: Temporal.Instant) {
  return reminders.flatMap((reminder) => {
    const at = nextAt(reminder);
    const row = workloads.find(({ workload }) => workload === reminder.workload);
    return at && row && Temporal.Instant.compare(at, until) <= 0 && isChased(customer, row)
      ? [{ fm: reminder.fm, workload: reminder.workload, dueAt: at.toString() }]
      : [];
  });
}

/** The reminders as in the export, as one JSON list that is written while it is read. */
export async function listReminders(
  context: CliContext,
  { status }: { readonly status?: ReminderStatus },
): Promise<number> {
  await withReminders(context, async ({ customers }) => {
    let first = true;
    context.stdout.write('[');
    for await (const customerId of customers.allIds()) {
      const file = await customers.load(customerId);
      for (const reminder of file?.reminders ?? []) {
        if (status === undefined || reminder.status === status) {
          await print(context.stdout, `${first ? '' : ','}${JSON.stringify(reminderRecord(customerId, reminder).row)}`);
          first = false;
        }
      }
    }
    await print(context.stdout, ']');
  });
  return 0;
}

/** Schedules a dead reminder again, now. */
export async function retryReminder(context: CliContext, id: string): Promise<number> {
  const named = readReminderId(id);
  await withReminders(context, async ({ customers, clock }) => {
    const base = named && (await customers.load(named.customerId));
    const reminder = base?.reminders.find((row) => row.id === id);
    if (!base || !reminder) {
      throw new OperatorError(`There is no reminder with the id ${JSON.stringify(id)}.`);
    }
    if (reminder.status !== 'dead') {
      throw new OperatorError(`The reminder ${JSON.stringify(id)} is not dead; it is ${reminder.status}.`);
    }
    const again = { ...reminder, status: 'scheduled', dueAt: clock.now(), againAt: undefined } as const;
    const { kind } = await customers.commit({ customerId: base.customer.id, base, reminders: [again] });
    if (kind === 'conflict') {
      throw new OperatorError('Somebody else changed the customer just now; try again.');
    }
    await print(context.stdout, JSON.stringify(reminderRecord(base.customer.id, again).row));
  });
  return 0;
}

async function withReminders(context: CliContext, work: (stores: ReminderStores) => Promise<void>): Promise<void> {
  const stores = await context.openReminders();
  try {
    await work(stores);
  } finally {
    await stores.close();
  }
}
