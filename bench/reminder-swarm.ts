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
import { Bots, type SwarmBots } from './swarm-bots';
import { judge, namedIn, type Verdict } from './swarm-verdict';

export interface SwarmOptions extends SwarmBots {
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
  /** Storage is stopped for so long once half of the kills are done. */
  readonly outage?: { readonly milliseconds: number; readonly stop: () => void; readonly goOn: () => void };
}

export interface SwarmResult extends Verdict {
  readonly customers: number;
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
  const bots = new Bots(options);
  try {
    await tables.prepare();
    await knowFms(storage, options, connector.serviceUrl);
    Array.from({ length: options.instances }, (_unused, index) => bots.start(index));
    const filling = fill(storage, options);
    await disturb(options, bots);
    const customers = await filling;
    await arrived(connector, customers, options.patience);
    const verdict = judge(connector.calls, customers, bots.foundUnknown);
    const seconds = Math.round((performance.now() - started) / 1000);
    return { ...verdict, customers: customers.length, kills: options.kills, seconds };
  } finally {
    await bots.killAll();
    await storage.close();
    await connector.close();
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
    const by = { ...planning, customers, queue: { put: async () => undefined } };
    // Gateway sends again what was not taken.
    await insistently(async () => putCustomer(by, { customer, workloads: [WORKLOAD] }));
  });
  return ids;
}

async function insistently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === 20) {
        throw error;
      }
      await pause(2000);
    }
  }
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

/** Kills, freezes, and takes storage away, one after the other, at moments nobody chose. */
async function disturb(options: SwarmOptions, bots: Bots): Promise<void> {
  const { kills, between, frozenMs = 0, outage, instances } = options;
  for (let kill = 0; kill < kills; kill++) {
    await pause(between * (0.3 + 0.7 * Math.random()));
    const index = kill % instances;
    await bots.kill(index);
    bots.start(index);
    if (outage && kill === Math.floor(kills / 2)) {
      outage.stop();
      await pause(outage.milliseconds);
      outage.goOn();
    }
  }
  if (frozenMs > 0) {
    bots.freeze(0);
    await pause(frozenMs);
    bots.thaw(0);
  }
}

async function arrived(connector: ConnectorStandIn, customers: readonly string[], patience: number): Promise<void> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const seen = namedIn(connector.calls);
    if (customers.every((id) => seen.has(id))) {
      break;
    }
    await pause(250);
  }
  // Whatever would come twice has the time to.
  await pause(3000);
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
