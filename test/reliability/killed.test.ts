import { openFaultyProxy, type Fault, type FaultyProxy } from '../adapters/storage/faulty-proxy';
import { useAzurite } from '../azurite';
import { startBot, type RunningBot } from '../browser/processes';
import { GATEWAY_KEY } from '../wire/bot-under-test';
import { buttonOf, inputsOf, wordsOf } from '../wire/card-reading';
import { TeamsStandIn, type Json, type Person, type Turn } from '../wire/teams-stand-in';
import { putCustomer } from '../wire/gateway-customer';
import { comingDay } from '../coming-days';
import { customerAtWork, truthOf, type Truth } from './customer-at-work';
import { removeFolder } from '../temporary-folders';

const azurite = useAzurite();
let proxy: FaultyProxy;
let truth: Truth;
let teams: TeamsStandIn;
let bot: RunningBot;
let alex: Person;
let people = 0;
let customer: string;
let customerId: string;
const folders: string[] = [];

/** `node dist/main.js`, as production runs it, with the network between it and its tables in our hands. */
async function run(env: Record<string, string> = {}): Promise<void> {
  const settings = { SAMPLE_DATA: 'off', GATEWAY_KEYS: GATEWAY_KEY, REMINDER_SWEEP_SECONDS: '3600', ...env };
  bot = await startBot({ env: { AZURE_STORAGE_CONNECTION_STRING: proxy.connectionString, ...settings } });
  folders.push(bot.dataDir);
  teams.playAgainst(bot.url);
}

beforeAll(async () => {
  proxy = await openFaultyProxy(azurite());
  truth = truthOf(azurite());
  teams = await TeamsStandIn.start();
  await run();
});
afterAll(async () => {
  await bot.stop('SIGKILL');
  await teams.close();
  await truth.close();
  await proxy.close();
  await Promise.all(folders.map(removeFolder));
});

beforeEach(async () => {
  people += 1;
  alex = teams.person(`Alex ${people}`);
  customer = `Graphic Design ${people}`;
  customerId = `graphic-${people}`;
  expect((await putCustomer(bot.url, customerId, customerAtWork(customer, alex.email))).status).toBe(201);
});

const said = async (text: string): Promise<Turn> => teams.sendMessage(alex, text);
const cardOf = (turn: Turn): Json => turn.cards.at(-1) ?? turn.body?.value;
const openForm = async (): Promise<Json> =>
  cardOf(await teams.pressCard(alex, 'startDate.open', { customerId, workload: 'exchange-online' }));
const NEW_DATE = comingDay(6);
const save = async (form: Json): Promise<Turn> => {
  const typed = { date: NEW_DATE, occasion: 'kickoff', reason: 'they named the day' };
  return teams.pressCard(alex, 'startDate.save', { ...buttonOf(form, 'startDate.save').data, ...typed });
};

interface Held {
  /** Resolves once the request is here. */
  readonly here: Promise<void>;
  readonly decide: (fault: Fault) => void;
}

/** Holds the next request that fits, so that the moment of the kill is exact. */
function hold(pattern: RegExp): Held {
  let decide: (fault: Fault) => void = () => undefined;
  const decided = new Promise<Fault>((resolve) => (decide = resolve));
  const here = new Promise<void>((resolve) => {
    proxy.decide = async (request) => {
      if (!pattern.test(request)) {
        return 'pass';
      }
      proxy.decide = () => 'pass';
      resolve();
      return decided;
    };
  });
  return { here, decide };
}

/** Kills the bot while the press's request that fits is held, decides what becomes of it, and starts the bot anew. */
async function killDuring(form: Json, pattern: RegExp, fate: Fault): Promise<void> {
  const held = hold(pattern);
  const pressed = save(form).catch(() => 'nobody answered');
  await held.here;
  if (fate === 'unheard') {
    // Carried out first, killed then: the answer is on its way.
    held.decide(fate);
    while ((await truth.file(customerId)).startDateChanges.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  await bot.stop('SIGKILL');
  held.decide(fate);
  expect(await pressed).toBe('nobody answered');
  await run();
}

/** The change is there once, whole: date, history and note; or not at all. */
async function expectChanges(count: 0 | 1): Promise<void> {
  const { workloads, startDateChanges, notes } = await truth.file(customerId);
  expect(startDateChanges).toHaveLength(count);
  expect(notes).toHaveLength(count);
  expect(workloads[0]?.startDate?.date.toString()).toBe(count === 1 ? NEW_DATE : comingDay(2));
}

test.each<[string, RegExp, Fault, 0 | 1]>([
  ['before the commit, while it reads the customer', /GET .*customers/, 'lost', 0],
  ['in the commit, which never arrives', /\$batch/, 'lost', 0],
  ['in the commit, which arrives after its death', /\$batch/, 'pass', 1],
  ['after the commit, before the answer', /\$batch/, 'unheard', 1],
])('kill -9 %s: whole or not at all; pressed again it counts once', async (_when, pattern, fate, changes) => {
  const form = await openForm();
  await killDuring(form, pattern, fate);
  while (fate === 'pass' && (await truth.file(customerId)).startDateChanges.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await expectChanges(changes);
  const again = await save(form);
  expect(again.status).toBe(200);
  expect(wordsOf(cardOf(again))).toContain('Start date saved');
  await expectChanges(1);
});

test('kill -9 in the middle of a dialog: the next start goes on with the open question', async () => {
  expect(wordsOf(cardOf(await said(`change the start date of ${customer}`)))).toContain('What is the new start date?');
  await bot.stop('SIGKILL');
  await run();
  expect(wordsOf(cardOf(await said(comingDay(5))))).toContain('What happened?');
});

test('kill -9 with a form open: "save" typed at the next start saves what the form shows', async () => {
  const form = cardOf(await said(`Move ${customer} Exchange to ${NEW_DATE} because they asked for another date`));
  expect(inputsOf(form)).toMatchObject({ date: NEW_DATE, occasion: 'customer-rescheduled' });
  await bot.stop('SIGKILL');
  await run();
  await said('save');
  await expectChanges(1);
});

test.each([
  ['ahead of', 3600],
  ['behind', -3600],
])('a clock that jumps an hour %s the others saves once, and at the right time', async (_name, seconds) => {
  const form = await openForm();
  await bot.stop();
  const preload = `data:text/javascript,${encodeURIComponent(shiftedClock(seconds))}`;
  await run({ NODE_OPTIONS: `--import "${preload}"` });
  expect(wordsOf(cardOf(await save(form)))).toContain('Start date saved');
  await bot.stop();
  await run();
  expect(wordsOf(cardOf(await save(form)))).toContain('Start date saved');
  await expectChanges(1);
  const [change] = (await truth.file(customerId)).startDateChanges;
  // Storage's clock sets ours right.
  const off = (change?.at.epochMilliseconds ?? 0) - Date.now();
  expect(Math.abs(off)).toBeLessThan(60_000);
});

/** The process's calendar clock, and nothing else, is off. */
const shiftedClock = (seconds: number): string => `
  const Real = Date, by = ${seconds * 1000};
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length) { super(...given); } else { super(Real.now() + by); } }
    static now() { return Real.now() + by; }
  };`;
