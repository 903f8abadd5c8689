import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { transactionFor } from '../src/adapters/storage/customer-transaction';
import { DueTable } from '../src/adapters/storage/due-table';
import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { Deadline } from '../src/adapters/storage/patience';
import { createStorage, type Storage } from '../src/adapters/storage/storage';
import { openTables, type Tables } from '../src/adapters/storage/tables';
import type { Customer, Reminder, Workload } from '../src/domain/records';
import { reminderId } from '../src/domain/reminders/reminder';
import { WORKLOADS } from '../src/domain/vocabulary';
import { newProfile } from '../src/usecases/change-profile';
import { startFmAssistant } from './bots';
import { BareConnector, type BotProcess } from './drive';
import { rounded, type Bench } from './section';

/** Reminders that are due, and how fast they may go out. */
export interface Flow {
  readonly fms: number;
  readonly customersPerFm: number;
  readonly workloadsPerCustomer: number;
  readonly ratePerSecond: number;
  readonly sweepSeconds: number;
  /** Seconds over which they fall due; 0 = all are when the bot starts. */
  readonly spreadSeconds: number;
}

export interface FlowResult {
  readonly due: number;
  readonly sends: number;
  readonly sendsPerSecond: number;
  /** Seconds from due (or from the bot's start) to the POST. */
  readonly p50: number;
  readonly p99: number;
  readonly cpuMsPerSend: number;
  readonly requestsPerSend: number;
  readonly rssMb: number;
  /** Highest RSS of the second half of the sends to that of the first. */
  readonly growth: number;
}

/** The bot alone on a storage of its own: from a sweep to the last POST. */
export async function runFlow(bench: Bench, flow: Flow): Promise<FlowResult> {
  const azurite = await openMemoryStorage();
  const connector = new BareConnector();
  const tables = openTables({ connectionString: azurite.connectionString }, { budget: 30_000 });
  const clock = { now: () => Temporal.Now.instant() };
  const storage = createStorage({ tables, clock, onBackgroundError: () => undefined });
  try {
    const serviceUrl = await connector.start();
    await tables.prepare();
    const dues = await seed({ tables, storage, serviceUrl }, flow);
    const bot = await startFmAssistant({ ...bench, connectionString: azurite.connectionString }, [], {
      REMINDER_LOCAL_TIME: 'now',
      REMINDER_SWEEP_SECONDS: String(flow.sweepSeconds),
      REMINDER_RATE_PER_SECOND: String(flow.ratePerSecond),
    });
    try {
      return await measure(bot, connector, { flow, dues });
    } finally {
      await bot.stop();
    }
  } finally {
    await storage.close();
    await Promise.all([connector.close(), azurite.stop()]);
  }
}

interface Place {
  readonly tables: Tables;
  readonly storage: Storage;
  readonly serviceUrl: string;
}

/** Rows as commits write them, straight into the tables. @returns when each FM's reminders are due, in epoch ms. */
async function seed({ tables, storage, serviceUrl }: Place, flow: Flow): Promise<Map<string, number>> {
  // As if scheduled long ago: hints written within the last minute are not removed yet.
  const due = new DueTable(tables.table.duereminders, { now: () => Temporal.Now.instant().subtract({ hours: 1 }) });
  const dues = new Map<string, number>();
  const start = Date.now() + (flow.spreadSeconds > 0 ? 8000 : -60_000);
  await inParallel(flow.fms, async (fm) => {
    const address = `fm${fm}@example.com`;
    const dueMs = start + Math.floor((fm / flow.fms) * flow.spreadSeconds * 1000);
    dues.set(`a:fm${fm}`, dueMs);
    const chat = { serviceUrl, conversationId: `a:fm${fm}`, tenantId: 't', teamsUserId: `29:fm${fm}`, botId: '28:bot' };
    await storage.profiles.put({ ...newProfile(`user-${fm}`), address, chat }, undefined);
    const dueAt = Temporal.Instant.fromEpochMilliseconds(dueMs);
    for (let count = 0; count < flow.customersPerFm; count++) {
      const id = `c${fm}-${count}`;
      const workloads = workloadsOf(flow.workloadsPerCustomer);
      const reminders = workloads.map((row) => reminderOf({ id, fm: address, dueAt }, row));
      const change = { customerId: id, base: undefined, customer: customerOf(id, address), workloads, reminders };
      await tables.table.customers.transact(transactionFor(change).actions, new AbortController().signal);
      await due.write([{ customerId: id, fm: address, dueAt }], new Deadline(30_000));
    }
  });
  return dues;
}

const customerOf = (id: string, fm: string): Customer => ({
  id,
  name: `Customer ${id}`,
  region: 'EMEA',
  seats: 2000,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm,
  accountManaged: true,
  accountTeam: [],
  language: 'en',
});

const START = Temporal.PlainDate.from('2026-01-05');

const workloadsOf = (count: number): Workload[] =>
  WORKLOADS.slice(0, count).map((workload) => ({
    workload,
    requestId: 'RFA-1',
    l1Status: 'InProgress',
    serviceStatus: 'Enablement',
    startDate: { date: START, precision: 'day', source: 'gateway' },
    kickoffDate: undefined,
    activeUsers: 40,
    lastContact: undefined,
  }));

const reminderOf = (
  { id, fm, dueAt }: { id: string; fm: string; dueAt: Temporal.Instant },
  { workload }: Workload,
): Reminder => ({
  id: reminderId(id, workload),
  workload,
  fm,
  dueAt,
  attempt: 0,
  ignored: 0,
  status: 'scheduled',
  kind: 'chase',
  forDate: START,
  sentAt: undefined,
  againAt: undefined,
});

async function measure(
  bot: BotProcess,
  connector: BareConnector,
  { flow, dues }: { flow: Flow; dues: ReadonlyMap<string, number> },
): Promise<FlowResult> {
  const began = Date.now();
  const times: number[] = [];
  const delays: number[] = [];
  const rss: [number, number] = [0, 0];
  connector.onSent = (_body, path) => {
    const now = Date.now();
    times.push(now);
    const chat = decodeURIComponent(/conversations\/([^/]+)/.exec(path)?.[1] ?? '');
    delays.push((now - Math.max(began, dues.get(chat) ?? began)) / 1000);
  };
  const cpu = bot.cpuMs();
  const patience = Date.now() + 180_000;
  while (times.length < flow.fms && Date.now() < patience) {
    const half = times.length * 2 < flow.fms ? 0 : 1;
    rss[half] = Math.max(rss[half], bot.rssMb());
    await pause(100);
  }
  const sends = times.length;
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  const requests = await counterOf(bot, 'fm_reminder_storage_requests_total');
  const cpuMs = bot.cpuMs() - cpu;
  // Whatever would come twice has the time to.
  await pause(2000);
  if (times.length !== flow.fms) {
    const unknown = await counterOf(bot, 'fm_reminder_unknown_total');
    throw new Error(
      `${flow.fms} digests were due, ${times.length} were sent, ${unknown} of them found without a record`,
    );
  }
  delays.sort((one, other) => one - other);
  const at = (share: number): number => delays[Math.min(sends - 1, Math.floor(sends * share))] ?? NaN;
  return {
    due: flow.fms * flow.customersPerFm * flow.workloadsPerCustomer,
    sends,
    sendsPerSecond: rounded((sends - 1) / seconds),
    p50: rounded(at(0.5)),
    p99: rounded(at(0.99)),
    cpuMsPerSend: rounded(cpuMs / sends),
    requestsPerSend: rounded(requests / sends),
    rssMb: Math.round(Math.max(...rss)),
    growth: rounded(rss[1] / rss[0]),
  };
}

/** A counter of the bot's, whatever its labels. */
async function counterOf(bot: BotProcess, name: string): Promise<number> {
  const text = await (await fetch(`${bot.url}/metrics`)).text();
  const values = [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)`, 'gm'))];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      await work(next++);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
