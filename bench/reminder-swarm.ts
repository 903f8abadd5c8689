import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { createStorage, type Storage } from '../src/adapters/storage/storage';
import { openTables } from '../src/adapters/storage/tables';
import type { Customer, Workload } from '../src/domain/records';
import { newProfile } from '../src/usecases/change-profile';
import type { Planning } from '../src/usecases/plan-reminders';
import { putCustomer } from '../src/usecases/put-customer';
import { createSchedules } from '../src/usecases/schedules';
import { ConnectorStandIn } from '../test/wire/connector-stand-in';

export interface SwarmOptions {
  readonly connectionString: string;
  /** The project's folder, in which `dist/main.js` is built. */
  readonly root: string;
  readonly instances: number;
  readonly fms: number;
  readonly customersPerFm: number;
  /** How often one of the instances is killed with SIGKILL and started again. */
  readonly kills: number;
  /** Milliseconds between kills, at the most. */
  readonly between: number;
  /** Milliseconds for which one instance is frozen once; 0 = never. */
  readonly frozenMs?: number;
  /** Milliseconds after the last kill for everything to arrive. */
  readonly patience: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly onKill?: (count: number) => void;
}

export interface SwarmResult {
  readonly customers: number;
  readonly digests: number;
  /** Customers no digest ever named. */
  readonly lost: number;
  /** Customers that more than one digest named. */
  readonly doubled: number;
  /** Digests that named somebody a second time: each needs a crash between POST and record. */
  readonly doubledDigests: number;
  readonly kills: number;
  readonly seconds: number;
}

/** Several real bots on one storage, killed at random moments, while reminders of many FMs are due. */
export async function runSwarm(options: SwarmOptions): Promise<SwarmResult> {
  const connector = new ConnectorStandIn();
  await connector.start();
  const clock = { now: () => Temporal.Now.instant() };
  const tables = openTables({ connectionString: options.connectionString }, { budget: 20_000 });
  const storage = createStorage({ tables, clock, onBackgroundError: () => undefined });
  const started = performance.now();
  const bots: ChildProcess[] = [];
  try {
    await tables.prepare();
    await knowFms(storage, options, connector.serviceUrl);
    bots.push(...Array.from({ length: options.instances }, () => start(options)));
    const filling = fill(storage, options);
    await disturb(options, bots);
    const customers = await filling;
    await arrived(connector, customers, options.patience);
    return { ...count(connector, customers), kills: options.kills, seconds: (performance.now() - started) / 1000 };
  } finally {
    await Promise.all(bots.map(end));
    await storage.close();
    await connector.close();
  }
}

function start({ root, connectionString, env }: SwarmOptions): ChildProcess {
  return spawn(process.execPath, [join(root, 'dist', 'main.js')], {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PORT: '0',
      SAMPLE_DATA: 'off',
      LOG_LEVEL: 'silent',
      AZURE_STORAGE_CONNECTION_STRING: connectionString,
      REMINDER_LOCAL_TIME: 'now',
      REMINDER_SWEEP_SECONDS: '1',
      ...env,
    },
  });
}

async function end(bot: ChildProcess): Promise<void> {
  if (bot.exitCode === null && bot.signalCode === null) {
    const over = new Promise((resolve) => bot.once('exit', resolve));
    bot.kill('SIGKILL');
    await over;
  }
}

const addressOf = (fm: number): string => `fm${fm}@example.com`;

async function knowFms({ profiles }: Storage, { fms }: SwarmOptions, serviceUrl: string): Promise<void> {
  await inParallel(fms, async (fm) => {
    const chat = { serviceUrl, conversationId: `a:fm${fm}`, tenantId: 't', teamsUserId: `29:fm${fm}`, botId: '28:bot' };
    await profiles.put({ ...newProfile(`user-${fm}`), address: addressOf(fm), chat }, undefined);
  });
}

/** Customers come in while instances die: each FM's overdue ones, by the way of a Gateway import. */
async function fill({ customers, profiles }: Storage, { fms, customersPerFm }: SwarmOptions): Promise<string[]> {
  const clock = { now: () => Temporal.Now.instant() };
  const holidays = { of: async () => Promise.resolve(() => false) };
  const defaults = { timeZone: 'UTC', localTime: 'now' };
  const planning: Planning = { clock, schedules: createSchedules({ profiles, holidays, clock, defaults }) };
  const ids: string[] = [];
  await inParallel(fms * customersPerFm, async (index) => {
    const id = `swarm-${index}`;
    ids.push(id);
    const customer = customerOf(id, addressOf(index % fms));
    await putCustomer(
      { ...planning, customers, queue: { put: async () => undefined } },
      { customer, workloads: [WORKLOAD] },
    );
  });
  return ids;
}

const customerOf = (id: string, fm: string): Customer => ({
  id,
  name: id,
  region: 'EMEA',
  seats: 100,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm,
  accountManaged: true,
  accountTeam: [],
  language: 'en',
});

const WORKLOAD: Omit<Workload, 'startDate' | 'lastContact' | 'completionOffer'> & {
  startDate: { date: Temporal.PlainDate; precision: 'day' };
} = {
  workload: 'exchange-online',
  requestId: 'RFA-1',
  l1Status: 'InProgress',
  serviceStatus: 'Enablement',
  startDate: { date: Temporal.PlainDate.from('2026-01-05'), precision: 'day' },
  kickoffDate: undefined,
  activeUsers: 1,
};

async function disturb(options: SwarmOptions, bots: ChildProcess[]): Promise<void> {
  const { kills, between, frozenMs = 0, onKill } = options;
  for (let kill = 0; kill < kills; kill++) {
    await pause(between * (0.3 + 0.7 * Math.random()));
    const index = kill % bots.length;
    const bot = bots[index];
    if (bot) {
      await end(bot);
      bots[index] = start(options);
      onKill?.(kill + 1);
    }
  }
  const [first] = bots;
  if (frozenMs > 0 && first) {
    first.kill('SIGSTOP');
    await pause(frozenMs);
    first.kill('SIGCONT');
  }
}

/** How often each customer was named by digests that Teams took, or by what they were updated to. */
function mentions(connector: ConnectorStandIn): Map<string, number>[] {
  // An unknown outcome is settled by updating the message before: that names its customers, too.
  const updates = connector.calls.filter(({ kind, status }) => kind === 'update' && status === 200);
  const known = updates.map(({ body }) => JSON.stringify(body));
  return [...connector.sent.map(({ body }) => JSON.stringify(body)), ...known].map((text) => {
    return new Map([...text.matchAll(/"customerId":"(swarm-\d+)"/g)].map(([, id = '']) => [id, 1] as const));
  });
}

async function arrived(connector: ConnectorStandIn, customers: readonly string[], patience: number): Promise<void> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const seen = new Set(mentions(connector).flatMap((digest) => [...digest.keys()]));
    if (customers.every((id) => seen.has(id))) {
      break;
    }
    await pause(250);
  }
  // Whatever would come twice has the time to.
  await pause(3000);
}

function count(connector: ConnectorStandIn, customers: readonly string[]) {
  const seen = new Set<string>();
  const twice = new Set<string>();
  let doubledDigests = 0;
  const digests = mentions(connector);
  for (const digest of digests) {
    const again = [...digest.keys()].filter((id) => seen.has(id));
    again.forEach((id) => twice.add(id));
    doubledDigests += again.length > 0 ? 1 : 0;
    [...digest.keys()].forEach((id) => seen.add(id));
  }
  const lost = customers.filter((id) => !seen.has(id)).length;
  return { customers: customers.length, digests: digests.length, lost, doubled: twice.size, doubledDigests };
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      await work(next++);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
