import { Temporal } from 'temporal-polyfill';
import { transactionFor } from '../src/adapters/storage/customer-transaction';
import { DueTable } from '../src/adapters/storage/due-table';
import { hintRow, hintsFor, type HintChanges } from '../src/adapters/storage/hints';
import { createStorage } from '../src/adapters/storage/storage';
import { openTables, type Tables } from '../src/adapters/storage/tables';
import type { GatewayCustomer } from '../src/domain/gateway/records';
import { WORKLOADS } from '../src/domain/vocabulary';
import type { CustomerChange } from '../src/ports/customers';
import { idle } from '../src/reminders/dependencies';
import { putCustomer } from '../src/usecases/put-customer';
import { createSchedules } from '../src/usecases/schedules';

const CUSTOMERS_PER_FM = 8;
const AT_ONCE = 16;
/** Hint rows written at once; those of one partition share a transaction. */
const HINTS_AT_ONCE = 1000;
const PATIENCE = { budget: 120_000 };

const clock = { now: () => Temporal.Now.instant() };

/** Customers of other people, ten workloads each, all with a start date to come and its reminder. */
export const crowdOf = (workloads: number): GatewayCustomer[] =>
  Array.from({ length: Math.round(workloads / WORKLOADS.length) }, (_unused, index) => customerOf(index));

/** Fills tables with the rows that imports would have left, without the requests an import makes on the way. */
export async function fillTables(connectionString: string, customers: readonly GatewayCustomer[]): Promise<void> {
  const tables = openTables({ connectionString }, PATIENCE);
  try {
    await tables.prepare();
    const hints: HintChanges[] = [];
    const waiting = customers.values();
    const worker = async (): Promise<void> => {
      for (const customer of waiting) {
        const change = await changeFor(customer);
        hints.push(hintsFor(undefined, indexedOf(change)));
        await tables.table.customers.transact(transactionFor(change).actions, AbortSignal.timeout(PATIENCE.budget));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await writeHints(tables, hints);
  } finally {
    await tables.close();
  }
}

const WORKLOADS_PER_CHAT = 40;

/** What chats and reminders of other people have left: the state of a chat, how far writing to its FM has come, a digest. */
export async function fillTraces(connectionString: string, workloads: number): Promise<void> {
  const tables = openTables({ connectionString }, PATIENCE);
  const storage = createStorage({ tables, clock, onBackgroundError: () => undefined });
  const { botState, deliveries } = storage;
  try {
    const waiting = Array.from(
      { length: Math.round(workloads / WORKLOADS_PER_CHAT) },
      (_unused, index) => index,
    ).values();
    const worker = async (): Promise<void> => {
      for (const index of waiting) {
        const fm = `crowd${index}@example.com`;
        await botState.write({ [`msteams/a:crowd-${index}/29:crowd-${index}`]: { data: {} } });
        await deliveries.put(idle(fm), undefined);
        await deliveries.putDigest({ id: `crowd-${index}`, fm, at: clock.now(), items: [] });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await storage.close();
  }
}

/** What an import would commit. */
async function changeFor(customer: GatewayCustomer): Promise<CustomerChange> {
  let caught: CustomerChange | undefined;
  const customers = {
    load: async () => Promise.resolve(undefined),
    commit: async (change: CustomerChange) => {
      caught = change;
      return Promise.resolve({ kind: 'committed' as const });
    },
  };
  const nobody = { byAddress: async () => Promise.resolve(undefined), get: async () => Promise.resolve(undefined) };
  const schedules = createSchedules({
    profiles: nobody as never,
    holidays: { of: async () => Promise.resolve(() => false) },
    clock,
    defaults: { timeZone: 'UTC', localTime: 'now' },
  });
  const queue = { put: async () => Promise.resolve() };
  await putCustomer({ customers: customers as never, clock, schedules, queue }, customer);
  if (caught === undefined) {
    throw new Error('The import committed nothing');
  }
  return caught;
}

const indexedOf = ({ customer, workloads = [], reminders = [], checklists = [] }: CustomerChange) => {
  if (customer === undefined) {
    throw new Error('A new customer has a customer row');
  }
  return { customer, workloads, reminders, checklists };
};

async function writeHints({ table }: Tables, changes: readonly HintChanges[]): Promise<void> {
  const rows = changes.flatMap(({ kept, summary }) => kept.map((key) => hintRow(key, summary)));
  const sorted = rows.sort((one, other) => (one.partitionKey < other.partitionKey ? -1 : 1));
  for (const some of parts(sorted)) {
    await table.customerhints.upsertAll(some, table.customerhints.deadline());
  }
  const due = new DueTable(table.duereminders, clock);
  const dues = changes.flatMap((each) => each.due);
  dues.sort((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt));
  for (const some of parts(dues)) {
    await due.write(some, table.duereminders.deadline());
  }
}

const parts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / HINTS_AT_ONCE) }, (_unused, part) =>
    all.slice(part * HINTS_AT_ONCE, (part + 1) * HINTS_AT_ONCE),
  );

const SYLLABLES = ['ba', 'co', 'di', 'fu', 'ga', 'he', 'ki', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va', 'wi'];

const SYLLABLES_OF_A_NAME = [0, 4, 8, 12];
/** Odd, so that no two of 65,536 names are the same; large, so that neighbours begin differently. */
const STEP = 7919;

/**
 * Names of one word that begin in 16 × 16 ways, as companies' names do, more or less. More words are more rows of one
 * partition, of which Azurite reads all to write one: with three words it took a quarter of an hour to write 10,000 names.
 */
function nameOf(index: number): string {
  const text = SYLLABLES_OF_A_NAME.map((shift) => SYLLABLES[((index * STEP) >> shift) % SYLLABLES.length] ?? '').join(
    '',
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function customerOf(index: number): GatewayCustomer {
  const start = Temporal.Now.plainDateISO();
  return {
    customer: {
      id: `crowd-${index}`,
      name: nameOf(index),
      region: 'EMEA',
      seats: 3000,
      motion: 'RFA',
      deliveryChannel: 'FTC',
      fm: `crowd${Math.floor(index / CUSTOMERS_PER_FM)}@example.com`,
      accountManaged: true,
      accountTeam: ['account@example.com'],
      language: 'en',
    },
    workloads: WORKLOADS.map((workload, position) => ({
      workload,
      requestId: `RFA-${index}`,
      l1Status: 'InProgress',
      serviceStatus: 'Enablement',
      startDate: { date: start.add({ days: 14 + ((index * 10 + position) % 300) }), precision: 'day' },
      kickoffDate: undefined,
      activeUsers: 20,
    })),
  };
}
