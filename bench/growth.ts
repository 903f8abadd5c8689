import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { ALL_DONE } from '../test/builders/completion';
import { comingDay } from '../test/coming-days';
import { buttonOf, inputsOf } from '../test/wire/card-reading';
import { gatewayCustomer, gatewayWorkload, putCustomer } from '../test/wire/gateway-customer';
import { TeamsStandIn, type Person, type Turn } from '../test/wire/teams-stand-in';
import { GATEWAY_KEY, startFmAssistant } from './bots';
import { openCountingProxy, type CountingProxy, type Traffic } from './counting-proxy';
import { crowdOf, fillTables } from './crowd';
import type { Bench, Bound, Findings, Section } from './section';

const SIZES = [1000, 10_000, 100_000];
const QUICK_SIZES = [200, 2000];
const LEAD = 'lead@example.com';

/** What every kind of use costs storage, whatever others have. */
export const growth: Section = {
  name: 'growth',
  title: 'Requests / rows read of one use, by how many workloads others have',
  run: runGrowth,
};

/** A lead's view of everything reads everything, a thousand rows a request; others may not add a further request. */
const READ_BY_THE_PAGE = new Set(['lead: team load']);
const PAGE = 1000;
/**
 * Names with a typo are looked for among those that begin alike, of which so many are read at most: among few customers
 * less, never more.
 */
const READ_AT_MOST: ReadonlyMap<string, number> = new Map([['lead: sentence with a typo', 1500]]);

/** Twice as long as an idle bot rests before it looks into its queue: whose work is not what a turn costs. */
const SETTLED_MS = 4000;

type Costs = ReadonlyMap<string, Traffic>;

async function runGrowth(bench: Bench): Promise<Findings> {
  const sizes = bench.quick ? QUICK_SIZES : SIZES;
  const costs: Costs[] = [];
  for (const size of sizes) {
    costs.push(await costsAmong(bench, size));
  }
  const first = costs[0] ?? new Map<string, Traffic>();
  const actions = [...first.keys()];
  const rows = actions.map((action) => ({
    action,
    ...Object.fromEntries(sizes.map((size, index) => [`${size} workloads`, shown(costs[index]?.get(action))])),
  }));
  return { rows, bounds: actions.map(boundOf(costs)) };
}

const shown = (cost: Traffic | undefined): string => (cost ? `${cost.requests} / ${cost.rowsRead}` : '');

/** A profile read again after its minute, an index row that settles a little later. */
const BY_CHANCE = 2;
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

async function costsAmong(bench: Bench, workloads: number): Promise<Costs> {
  const storage = await openMemoryStorage();
  const proxy = await openCountingProxy(storage.connectionString);
  const teams = await TeamsStandIn.start();
  try {
    await fillTables(storage.connectionString, crowdOf(workloads));
    const bot = await startFmAssistant({ ...bench, connectionString: proxy.connectionString }, [], { LEADS: LEAD });
    try {
      teams.playAgainst(bot.url);
      return await journey(teams, proxy, bot.url);
    } finally {
      await bot.stop();
    }
  } finally {
    await Promise.all([teams.close(), proxy.close()]);
    await storage.stop();
  }
}

const cardOf = (turn: Turn): object | undefined => (turn.cards.at(-1) ?? turn.body?.value) as object | undefined;

interface Play {
  readonly teams: TeamsStandIn;
  readonly url: string;
  readonly lead: Person;
  /** Resolves when what the bot does by itself, because somebody wrote for the first time, is over. */
  readonly settled: () => Promise<unknown>;
  readonly counted: <T>(action: string, work: () => Promise<T>) => Promise<T>;
}

/** A first day makes tables, connections and profiles; the second, of another FM, is the one that counts. */
async function journey(teams: TeamsStandIn, proxy: CountingProxy, url: string): Promise<Costs> {
  const costs = new Map<string, Traffic>();
  const counted: Play['counted'] = async (action, work) => {
    await proxy.take();
    const result = await work();
    costs.set(action, await proxy.take());
    return result;
  };
  const settled = async (): Promise<unknown> => proxy.take(SETTLED_MS);
  const lead = teams.person('Lea Lead', { email: LEAD });
  await day({ teams, url, lead, settled: async () => undefined, counted: async (_action, work) => work() }, 'Yarrow');
  await day({ teams, url, lead, settled, counted }, 'Kipelo');
  return costs;
}

/** Its fourth and fifth letters have changed places. */
const mistyped = (name: string): string => name.replace(/^(.{3})(.)(.)/, '$1$3$2');

/** What an FM and a lead do, about a customer of that name. */
async function day({ teams, url, lead, settled, counted }: Play, name: string): Promise<void> {
  const fm = teams.person(`Ana of ${name}`);
  const put = async (): Promise<void> => gatewayPuts(url, name, fm.email);
  const says = async (text: string, who = fm): Promise<object> => {
    const card = cardOf(await teams.sendMessage(who, text));
    if (card === undefined) {
      throw new Error(`"${text}" was answered without a card`);
    }
    return card;
  };
  const press = async (card: object, verb: string, typed: object): Promise<unknown> => {
    const data = { ...inputsOf(card), ...buttonOf(card, verb).data, ...typed };
    return cardOf(await teams.pressCard(fm, verb, data, { replyToId: 'card' }));
  };
  const asked = async (action: string, text: string, who = fm): Promise<object> =>
    counted(action, async () => says(text, who));
  const sentence = `Move ${name} Teams to ${comingDay(4)} because they postponed the kickoff`;

  await says('help');
  await says('help', lead);
  await settled();
  await counted('Gateway: PUT of a new customer', put);
  await counted('Gateway: PUT of the same again', put);
  await asked('help', 'help');
  await asked('question', 'what counts as the start date?');
  await asked('my start dates', 'my start dates');
  const form = await asked('sentence to form', sentence);
  await counted('commit', async (): Promise<unknown> =>
    press(form, 'startDate.save', { occasion: 'customer-rescheduled' }),
  );
  await asked('history', `history of ${name} Teams`);
  await asked('notes', `show notes for ${name} Teams`);
  const checklist = await asked('completion: open', `Complete ${name} Exchange`);
  await counted('completion: submit', async () => press(checklist, 'checklist.submit', ALL_DONE));
  await asked('lead: question', 'what counts as the start date?', lead);
  await asked('lead: sentence to form', sentence, lead);
  await asked('lead: sentence with a typo', sentence.replace(name, mistyped(name)), lead);
  await counted('lead: team load', async () => teams.sendMessage(lead, 'team load'));
}

async function gatewayPuts(url: string, name: string, fm: string): Promise<void> {
  const workloads = [
    gatewayWorkload('exchange-online', { activeUsers: 900, requestId: 'RFA-1' }),
    gatewayWorkload('teams', { requestId: 'RFA-2' }),
  ];
  const customer = gatewayCustomer(`${name} Works`, fm, { workloads });
  const answer = await putCustomer(url, name.toLowerCase(), customer, GATEWAY_KEY);
  if (!answer.ok) {
    throw new Error(`PUT answered ${answer.status}`);
  }
}
