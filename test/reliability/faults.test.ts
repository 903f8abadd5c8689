import { setTimeout as pause } from 'node:timers/promises';
import { spawnAzurite, type AzuriteProcess } from '../../src/adapters/storage/azurite-process';
import { text } from '../../src/locales/catalog';
import { openFaultyProxy, type Fault, type FaultyProxy } from '../adapters/storage/faulty-proxy';
import type { BotUnderTest } from '../wire/bot-under-test';
import { startBot } from '../wire/bot-under-test';
import { buttonOf, wordsOf } from '../wire/card-reading';
import type { Json, Person, Turn } from '../wire/teams-stand-in';
import { eventually } from '../wire/eventually';
import { freePort } from '../free-port';
import { putCustomer } from '../wire/gateway-customer';
import { comingDay } from '../coming-days';
import { customerAtWork, truthOf, type Truth } from './customer-at-work';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const KEY = Buffer.from('a key of the tests').toString('base64');
/** A turn's own deadline is 4.5 s; what has none does not end at all. The rest is for a machine that is slow or busy. */
const ANSWERED_WITHIN_MS = 60_000;

let folder: string;
let azurite: AzuriteProcess;
let proxy: FaultyProxy;
let truth: Truth;
let bot: BotUnderTest;
let people = 0;
let heidi: Person;
let name: string;
let customerId: string;

const connectionTo = ({ tablePort, queuePort }: AzuriteProcess): string =>
  `DefaultEndpointsProtocol=http;AccountName=local;AccountKey=${KEY};` +
  `TableEndpoint=http://127.0.0.1:${tablePort}/local;QueueEndpoint=http://127.0.0.1:${queuePort}/local`;

beforeAll(async () => {
  folder = await temporaryFolder();
  azurite = await spawnAzurite(KEY, folder);
  proxy = await openFaultyProxy(connectionTo(azurite));
  truth = truthOf(connectionTo(azurite));
  // A sweep of the reminders between the requests of a test would meet its faults, or win its race.
  bot = await startBot(proxy.connectionString, { REMINDER_SWEEP_SECONDS: '3600' }, {});
});
afterAll(async () => {
  await bot.close();
  await truth.close();
  await proxy.close();
  await azurite.stop();
  await removeFolder(folder);
});

beforeEach(async () => {
  people += 1;
  heidi = bot.teams.person(`Heidi ${people}`, { locale: 'de-DE' });
  name = `Holzbau Grün ${people}`;
  customerId = `holzbau-${people}`;
  expect((await putCustomer(bot.url, customerId, customerAtWork(name, heidi.email))).status).toBe(201);
  // Greeted once, so that who Heidi is does not have to be asked while storage is away.
  await bot.teams.sendMessage(heidi, 'Hilfe');
});
afterEach(async () => {
  proxy.decide = () => 'pass';
});

const cardOf = (turn: Turn): Json => turn.cards.at(-1) ?? turn.body?.value;
const openForm = async (): Promise<Json> =>
  cardOf(await bot.teams.pressCard(heidi, 'startDate.open', { customerId, workload: 'exchange-online' }));
const NEW_DATE = comingDay(6);
const REASON = 'der Termin steht';
const pressOf = (form: Json): object => ({
  ...buttonOf(form, 'startDate.save').data,
  date: NEW_DATE,
  occasion: 'kickoff',
  reason: REASON,
});
const save = async (form: Json): Promise<Turn> => bot.teams.pressCard(heidi, 'startDate.save', pressOf(form));

async function timed(work: () => Promise<Turn>): Promise<Turn> {
  const started = performance.now();
  const turn = await work();
  expect(performance.now() - started).toBeLessThan(ANSWERED_WITHIN_MS);
  expect(turn.status).toBe(200);
  return turn;
}

async function expectChanges(count: 0 | 1): Promise<void> {
  // What was said to be unknown may arrive in storage after the answer.
  const { workloads, startDateChanges, notes } = await eventually(
    async () => truth.file(customerId),
    (file) => file.startDateChanges.length === count,
  );
  expect([startDateChanges.length, notes.length]).toEqual([count, count]);
  expect(workloads[0]?.startDate?.date.toString()).toBe(count === 1 ? NEW_DATE : comingDay(2));
}

/** What the catalogs say, whatever their words are today. */
const sorry = (['storage', 'slow'] as const).map((kind) => text('de', `error.${kind}`, { reference: '' }).trim());
const escaped = sorry.map((sentence) => sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const POLITE = new RegExp(`^(${escaped.join('|')}) [0-9a-f]{8}$`);
const SAVED_OR_SORRY = new RegExp(['Startdatum gespeichert', ...escaped].join('|'));

describe('storage that is away', () => {
  const faults: Fault[] = ['lost', 500, 503, 'silent'];

  test.each(faults)(
    '(%s): a polite sentence in German within 5 s; nothing is stored, and then it goes on',
    async (fault) => {
      const form = await openForm();
      proxy.decide = () => fault;
      const [asked, pressed] = await Promise.all([
        timed(async () => bot.teams.sendMessage(heidi, 'meine Startdaten')),
        timed(async () => save(form)),
      ]);
      // Only a client whose POST is answered shows something: the message goes to Teams, which is there.
      expect(asked.texts).toEqual([expect.stringMatching(POLITE)]);
      expect(pressed.body).toMatchObject({ statusCode: 500, value: { message: expect.stringMatching(POLITE) } });
      expect((await putCustomer(bot.url, customerId, customerAtWork(name, heidi.email))).status).toBe(503);
      proxy.decide = () => 'pass';
      await expectChanges(0);
      expect(wordsOf(cardOf(await save(form)))).toContain('Startdatum gespeichert');
      await expectChanges(1);
      expect(cardOf(await bot.teams.sendMessage(heidi, 'meine Startdaten'))).toBeDefined();
    },
  );

  test.each<[string, Fault]>([
    ['whose answer is lost after the commit, every time', 'answerLost'],
    ['that commits and never answers', 'unheard'],
  ])('%s: does not say that nothing was changed; pressed again it counts once', async (_name, fault) => {
    const form = await openForm();
    const before = proxy.accepted.length;
    const isCommit = (request: string): boolean => request.includes('$batch');
    proxy.decide = (request) => (isCommit(request) ? fault : 'pass');
    const first = await timed(async () => save(form));
    proxy.decide = () => 'pass';
    // On a busy machine the time may be up before the commit is sent, or one that plans a newcomer's reminders come between.
    const isOurs = (request: string): boolean => isCommit(request) && request.includes(REASON);
    await eventually(
      async () => truth.file(customerId),
      ({ startDateChanges, notes }) => {
        const count = proxy.accepted.slice(before).some(isOurs) ? 1 : 0;
        return startDateChanges.length === count && notes.length === count;
      },
    );
    // It found its own work, or told that it could not know.
    const words = JSON.stringify(first.body);
    expect(words).toMatch(SAVED_OR_SORRY);
    expect(wordsOf(cardOf(await save(form)))).toContain('Startdatum gespeichert');
    await expectChanges(1);
  });

  test('slow by 3 s at the commit: answered within 5 s, saved once', async () => {
    const form = await openForm();
    proxy.decide = (request) => (/\$batch/.test(request) ? 'slow' : 'pass');
    const turn = await timed(async () => save(form));
    proxy.decide = () => 'pass';
    const words = JSON.stringify(turn.body);
    expect(words).toMatch(SAVED_OR_SORRY);
    expect(wordsOf(cardOf(await save(form)))).toContain('Startdatum gespeichert');
    // The slow transaction may arrive after the second press: it is the same press, and refused as done.
    await new Promise((resolve) => setTimeout(resolve, 3200));
    await expectChanges(1);
  });

  test('slow by 3 s at every request: a polite sentence within 5 s, and what was asked comes later or not at all', async () => {
    proxy.decide = () => 'slow';
    const turn = await timed(async () => bot.teams.sendMessage(heidi, 'meine Startdaten'));
    expect(turn.texts.every((text) => POLITE.test(text))).toBe(true);
    expect(turn.texts.length + turn.cards.length).toBeGreaterThan(0);
  });
});

describe('an Azurite', () => {
  test('that is stopped and started again has everything acknowledged', async () => {
    const form = await openForm();
    expect(wordsOf(cardOf(await save(form)))).toContain('Startdatum gespeichert');
    await azurite.stop();
    const turn = await timed(async () => bot.teams.sendMessage(heidi, 'meine Startdaten'));
    expect(turn.texts).toEqual([expect.stringMatching(POLITE)]);
    azurite = await spawnAzurite(KEY, folder);
    proxy.retarget(connectionTo(azurite));
    await truth.close();
    truth = truthOf(connectionTo(azurite));
    await expectChanges(1);
    expect(wordsOf(cardOf(await save(form)))).toContain('Startdatum gespeichert');
    await expectChanges(1);
  });
});

describe('Teams', () => {
  const sentence = (): string => `Move ${name} Exchange to ${NEW_DATE} because they asked for another date`;

  test('delivering one press twice at once, the same id and a new id, counts it once', async () => {
    const press = bot.teams.activity(heidi, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'startDate.save', data: pressOf(await openForm()) } },
    });
    const again = {
      ...press,
      id: `${press.id as string}-again`,
      timestamp: new Date(Date.now() + 30_000).toISOString(),
    };
    const turns = await Promise.all([bot.teams.post(press), bot.teams.post(press), bot.teams.post(again)]);
    for (const turn of [...turns, await bot.teams.post(again), await bot.teams.post(press)]) {
      expect(wordsOf(turn.body.value)).toContain('Startdatum gespeichert');
    }
    await expectChanges(1);
  });

  test('delivering a typed sentence twice answers it once', async () => {
    const activity = bot.teams.activity(heidi, { type: 'message', text: sentence() });
    const turns = [await bot.teams.post(activity), await bot.teams.post(activity)];
    expect(turns.map(({ cards }) => cards.length)).toEqual([1, 0]);
  });

  test.each([
    ['refusing', { status: 403, code: 'BotDisabledByAdmin' }, 0],
    // The form becomes the result by a PUT, which may be repeated.
    ['failing', { status: 502 }, 1],
    ['cutting the connection at', { reset: 'after' as const }, 1],
  ])('%s the answer to a typed "save": the work is kept, and said on asking', async (_name, fault, seen) => {
    await bot.teams.sendMessage(heidi, sentence());
    bot.teams.connector.fail({ ...fault, on: ['reply', 'send', 'update'] });
    const unheard = await timed(async () => bot.teams.sendMessage(heidi, 'save'));
    expect(unheard.cards.length > 0 ? 1 : 0).toBe(seen);
    await expectChanges(1);
    await bot.teams.sendMessage(heidi, 'save');
    await expectChanges(1);
    const history = wordsOf(cardOf(await bot.teams.sendMessage(heidi, `history ${name}`)));
    expect(history).toContain(name);
  });

  test('slow to take the answer: the work is kept', async () => {
    await bot.teams.sendMessage(heidi, sentence());
    bot.teams.connector.fail({ delayMs: 3000, on: ['reply', 'send', 'update'] });
    await timed(async () => bot.teams.sendMessage(heidi, 'save'));
    await expectChanges(1);
  });
});

test('an instance that still waits for its tables is not ready, whatever storage answers otherwise', async () => {
  const port = await freePort();
  let release: () => void = () => undefined;
  const released = new Promise<Fault>((resolve) => (release = () => resolve('pass')));
  let tables = 0;
  // The first table asked for is not the one that /readyz looks into.
  proxy.decide = async (request) => (/^POST .*Tables/.test(request) && tables++ === 0 ? released : 'pass');
  const before = proxy.seen.length;
  const starting = startBot(proxy.connectionString, { PORT: String(port) }, {});
  const statusOf = async (): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  const ready = eventually(statusOf, (status) => status === 200);
  const asked = async (): Promise<boolean> =>
    proxy.seen.slice(before).some((request) => /botstate.*ping/.test(request));
  await eventually(asked, Boolean);
  expect(await Promise.race([ready, pause(500)])).toBeUndefined();
  release();
  expect(await ready).toBe(200);
  await (await starting).close();
});
