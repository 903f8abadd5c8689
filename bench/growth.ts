import { setTimeout as pause } from 'node:timers/promises';
import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { TeamsStandIn } from '../test/wire/teams-stand-in';
import { startFmAssistant } from './bots';
import { openCountingProxy, type CountingProxy, type Traffic } from './counting-proxy';
import { crowdOf, fillTables, fillTraces } from './crowd';
import { clockWork } from './growth-clock';
import { dayOfUses, type Play } from './growth-uses';
import type { Bench, Bound, Findings, Section } from './section';

const SIZES = [1000, 10_000, 100_000];
const QUICK_SIZES = [200, 2000];
const LEAD = 'lead@example.com';

/** What every kind of use, and the clock, costs storage, whatever others have. */
export const growth: Section = {
  name: 'growth',
  title: 'Requests / rows read of one use, by how many workloads others have',
  run: runGrowth,
};

/** A lead's view of everything reads everything, a thousand rows a request; others may not add a further request. */
const READ_BY_THE_PAGE = new Set(['lead: team load', 'lead: open completions']);
const PAGE = 1000;
/**
 * Names with a typo are looked for among those that begin alike, of which so many are read at most: among few customers
 * less, never more.
 */
const READ_AT_MOST: ReadonlyMap<string, number> = new Map([['lead: sentence with a typo', 1500]]);

/** Uses that leave the bot a task in its queue, and twice as long as it rests before it looks there. */
const WITH_A_TASK = new Set([
  'first words of an FM',
  'lead: first words',
  'Gateway: PUT of a new customer',
  'settings: save',
]);
const SETTLED_MS = 4000;
/** What a process does of itself has begun by then. */
const BEGUN_MS = 2000;

type Costs = ReadonlyMap<string, Traffic>;

async function runGrowth(bench: Bench): Promise<Findings> {
  const sizes = bench.quick ? QUICK_SIZES : SIZES;
  const costs: Costs[] = [];
  for (const size of sizes) {
    costs.push(await costsAmong(bench, size));
  }
  const actions = [...(costs[0] ?? new Map<string, Traffic>()).keys()];
  const rows = actions.map((action) => ({
    action,
    ...Object.fromEntries(sizes.map((size, index) => [`${size} workloads`, shown(costs[index]?.get(action))])),
  }));
  return { rows, bounds: [...actions.map(boundOf(costs)), searchesIn(costs)] };
}

const shown = (cost: Traffic | undefined): string =>
  cost ? `${cost.requests} / ${cost.rowsRead}${cost.tablesSearched > 0 ? ' and a whole table' : ''}` : '';

/** A profile, and an FM's customers, read again after their minute. */
const BY_CHANCE = 4;
/** A lead's sentence asks for many words at once, and any of those requests may be repeated. */
const BY_CHANCE_OF_MANY = 6;

/** Rows and requests together: neither may grow. */
const boundOf =
  (costs: readonly Costs[]) =>
  (action: string): Bound => {
    const byPage = READ_BY_THE_PAGE.has(action);
    const weights = costs.map((each) => {
      const { requests, rowsRead } = each.get(action) ?? { requests: 0, rowsRead: 0 };
      return requests + (byPage ? -Math.floor(rowsRead / PAGE) : rowsRead);
    });
    const [least = 0] = weights;
    return {
      what: `${action}: requests ${byPage ? 'beyond one for each thousand rows' : 'and rows'} among the most`,
      atMost: READ_AT_MOST.get(action) ?? least + (action.startsWith('lead') ? BY_CHANCE_OF_MANY : BY_CHANCE),
      seen: Math.max(...weights),
    };
  };

/** Nothing may look through a table for the rows it wants, not even where it finds few. */
function searchesIn(costs: readonly Costs[]): Bound {
  const found = costs.flatMap((each) => [...each].filter(([, { tablesSearched }]) => tablesSearched > 0));
  const names = [...new Set(found.map(([action]) => action))].join(', ');
  return { what: `uses that look through a table${names && `: ${names}`}`, atMost: 0, seen: found.length };
}

async function costsAmong(bench: Bench, workloads: number): Promise<Costs> {
  const storage = await openMemoryStorage();
  const proxy = await openCountingProxy(storage.connectionString);
  const teams = await TeamsStandIn.start();
  const start = async () =>
    startFmAssistant({ ...bench, connectionString: proxy.connectionString }, [], { LEADS: LEAD });
  try {
    await fillTables(storage.connectionString, crowdOf(workloads));
    await fillTraces(storage.connectionString, workloads);
    const bot = await start();
    try {
      teams.playAgainst(bot.url);
      const costs = await journey(teams, proxy, bot.url);
      return await withStart(costs, proxy, start);
    } finally {
      await bot.stop();
    }
  } finally {
    await Promise.all([teams.close(), proxy.close()]);
    await storage.stop();
  }
}

/** A second process, so that tables and the marks of the first day are there. */
async function withStart(costs: Costs, proxy: CountingProxy, start: () => Promise<{ stop(): Promise<void> }>) {
  await proxy.take();
  const another = await start();
  await pause(BEGUN_MS);
  const cost = await proxy.take();
  await another.stop();
  return new Map([...costs, ['clock: start of a process', cost]]);
}

/** A first day makes tables, connections and profiles; the second, of another FM, is the one that counts. */
async function journey(teams: TeamsStandIn, proxy: CountingProxy, url: string): Promise<Costs> {
  const costs = new Map<string, Traffic>();
  const counted: Play['counted'] = async (action, work) => {
    await proxy.take();
    const result = await work();
    costs.set(action, await proxy.take(WITH_A_TASK.has(action) ? SETTLED_MS : undefined));
    return result;
  };
  const lead = teams.person('Lea Lead', { email: LEAD });
  await dayOfUses({ teams, url, lead, counted: async (_action, work) => work() }, 'Yarrow');
  await proxy.take(SETTLED_MS);
  const fm = await dayOfUses({ teams, url, lead, counted }, 'Kipelo');
  await clockWork({ teams, url, lead, fm, counted, connectionString: proxy.connectionString });
  return costs;
}
