import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Temporal } from 'temporal-polyfill';
import { pino } from 'pino';
import { openTables, TABLE_NAMES } from '../../src/adapters/storage/tables';
import { runCommandLine } from '../../src/cli/program';
import { readConfig } from '../../src/config';
import { idle } from '../../src/reminders/dependencies';
import { openStores, systemClock, type Stores } from '../../src/stores';
import { useAzurite } from '../azurite';
import { LEAD, startBot, type BotUnderTest } from '../wire/bot-under-test';
import { buttonOf, buttonsOf, inputsOf, wordsOf } from '../wire/card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from '../wire/gateway-customer';
import type { Json, Person } from '../wire/teams-stand-in';

const azurite = useAzurite();
const SETTINGS = { REMINDER_LOCAL_TIME: 'now', REMINDER_SWEEP_SECONDS: '1' };
let bot: BotUnderTest;
let stores: Stores;
let ana: Person;
let diana: Person;

beforeAll(async () => {
  bot = await startBot(azurite(), SETTINGS);
  const settings = { NODE_ENV: 'test', AZURE_STORAGE_CONNECTION_STRING: azurite() };
  stores = await openStores(readConfig(settings), pino({ level: 'silent' }));
  ana = bot.teams.person('Ana Bauer');
  diana = bot.teams.person('Diana Bauer');
});
afterAll(async () => {
  await bot.close();
  await stores.close();
});

/** Not on a weekend, which the form would ask about. */
function dayAway(days: number): string {
  const day = systemClock.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days });
  return day.subtract({ days: Math.max(0, day.dayOfWeek - 5) }).toString();
}

async function put(id: string, name: string, fm: string, changes: object = {}): Promise<void> {
  const workloads = [
    gatewayWorkload('exchange-online', startingOn(dayAway(-7))),
    gatewayWorkload('teams', startingOn(dayAway(60))),
  ];
  await putAccepted(bot.url, id, gatewayCustomer(name, fm, { workloads, ...changes }));
}

async function press(who: Person, card: Json, verb: string, typed: object = {}): Promise<Json> {
  const { data } = buttonOf(card, verb);
  const turn = await bot.teams.pressCard(who, verb, { ...inputsOf(card), ...data, ...typed }, { replyToId: 'card' });
  return turn.body.value;
}

/** A reminder of their other customer may come in between. */
const isDigest = (card: Json): boolean => buttonsOf(card).some(({ verb }) => verb.startsWith('reminder.'));
const say = async (who: Person, words: string): Promise<Json> =>
  (await bot.teams.sendMessage(who, words)).cards.filter((card) => !isDigest(card)).at(-1);

/** Everything a person leaves behind: profile, dialog, change, note, draft, reminder, vote, question. */
async function work(who: Person, customer: string): Promise<void> {
  await say(who, 'help');
  const form = await say(who, `Move ${customer} Teams to ${dayAway(70)}, asked by ${who.name} <${who.email}>`);
  expect(wordsOf(await press(who, form, 'startDate.save', { occasion: 'customer-rescheduled' }))).toContain('saved');
  const checklist = await say(who, `Complete ${customer} Teams`);
  await press(who, checklist, 'checklist.save', { customerStatus: `asked ${who.name}` });
  await bot.teams.pressCard(who, 'faq.helpful', { topic: 'esd-frp', helpful: 'false' });
  await say(who, `Is ${who.name} allowed to order pizza for the whole team?`);
  await say(who, 'change a start date');
}

async function run(...args: string[]): Promise<{ code: number; report: Json; err: string }> {
  const unwanted = async (): Promise<never> => Promise.reject(new Error('not asked for'));
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const context = {
    stdout,
    stderr,
    openStores: async () => ({ ...stores, close: async () => stores.flush() }),
    openReminders: unwanted,
    openCopies: unwanted,
    openForgetting: async () => ({ ...stores, close: async () => stores.flush() }),
    packageSettings: () => ({ appId: undefined, version: '1.0.0', folder: '' }),
  };
  const code = await runCommandLine(context, args, (error) => (error as Error).message);
  stdout.end();
  stderr.end();
  const written = await out;
  return { code, report: args[0] === 'export' ? written : JSON.parse(written || 'null'), err: await err };
}

/** Every row of every table. */
async function allRows(): Promise<string> {
  const tables = openTables({ connectionString: azurite() });
  const found: unknown[] = [];
  for (const name of TABLE_NAMES) {
    for await (const row of tables.table[name].raw()) {
      found.push({ name, row });
    }
  }
  await tables.close();
  return JSON.stringify(found);
}

/** Everything that is stored, the queue and the export included. */
async function everything(): Promise<string> {
  const rows = await allRows();
  const queued = await stores.queue.take(32, 1);
  await Promise.all(queued.map(async (task) => task.postpone(0)));
  const exported = await run('export');
  return `${rows}${JSON.stringify(queued.flatMap(({ tasks }) => tasks))}${exported.report}`;
}

const tracesOf = (all: string, { name, email, aadObjectId, id }: Person): string[] =>
  [name, email, aadObjectId, id].filter((known) =>
    new RegExp(`(?<![a-z])${known.replace(/[.]/g, '\\.')}(?![a-z])`, 'i').test(all),
  );

describe('a person who is forgotten', () => {
  test('is named nowhere any more; the record keeps what happened, and everybody else keeps theirs', async () => {
    await put('adatum', 'Adatum', ana.email);
    await put('bellows', 'Bellows', diana.email, { accountTeam: [ana.email, 'atu@contoso.com'] });
    await work(ana, 'Adatum');
    await work(diana, 'Bellows');
    await bot.teams.connector.next(
      ({ conversationId, kind }) => kind === 'send' && conversationId === bot.teams.chatOf(ana),
    );
    await bot.app.stop();
    await stores.deliveries.put(idle(`lead:${ana.email}`), undefined);
    await stores.queue.put({ kind: 'replan', fm: ana.email, hints: [] });
    await stores.queue.put({ kind: 'replan', fm: diana.email, hints: [] });
    const before = await everything();
    const rowsBefore = await allRows();
    expect(tracesOf(before, ana)).toEqual([ana.name, ana.email, ana.aadObjectId, ana.id]);

    const dry = await run('forget-person', ana.email.toUpperCase(), '--name', ana.name, '--dry-run');
    expect([dry.code, dry.err]).toEqual([0, '']);
    expect(dry.report).toMatchObject({ dryRun: true, profiles: 1, customers: 2 });
    expect(dry.report.messages).toBeGreaterThanOrEqual(1);
    expect(dry.report.removed).toMatchObject({ profiles: 2, feedback: 2, botstate: 2 });
    // Not the queue: a message that the stopped bot had taken, or put off, may be seen again by now.
    expect(await allRows()).toBe(rowsBefore);

    const { code, report } = await run('forget-person', ana.email, '--name', ana.name);
    expect([code, report.remaining]).toEqual([0, {}]);
    expect(report).toMatchObject({ entries: dry.report.entries, customers: 2 });
    expect(report.messages).toBeGreaterThanOrEqual(Number(dry.report.messages));
    const after = await everything();
    expect(tracesOf(after, ana)).toEqual([]);
    expect(tracesOf(after, diana)).toEqual(tracesOf(before, diana));

    const file = await stores.customers.load('adatum');
    expect(file?.customer.fm).toBeUndefined();
    expect(file?.reminders.map(({ status, fm }) => [status, fm])).toEqual(
      file?.reminders.map(() => ['stopped', 'former-user']),
    );
    expect(file?.checklists).toEqual([expect.objectContaining({ status: 'draft', by: 'former-user' })]);
    const log = await stores.customers.readLog('adatum', 20);
    expect(log.startDateChanges).toEqual([
      expect.objectContaining({
        by: 'former-user',
        to: Temporal.PlainDate.from(dayAway(70)),
        reason: expect.stringContaining('asked by former-user'),
      }),
    ]);
    expect(await stores.index.ofFm(ana.email)).toEqual([]);
    expect(new Set((await stores.index.ofAllFms()).map(({ fm }) => fm))).toEqual(new Set([diana.email]));
    expect((await stores.index.ofFm(diana.email)).map(({ name }) => name)).toEqual(['Bellows']);
    expect((await stores.customers.load('bellows'))?.customer.accountTeam).toEqual(['atu@contoso.com']);
    expect((await stores.profiles.byAddress(diana.email))?.profile.userId).toBe(diana.aadObjectId);

    const again = await run('forget-person', ana.aadObjectId, '--name', ana.name);
    expect(again.report).toMatchObject({ profiles: 0, customers: 0, entries: 0, messages: 0, remaining: {} });
    expect(new Set(Object.values(again.report.removed as object))).toEqual(new Set([0]));
  });

  test('is a former user to whoever reads the history', async () => {
    const next = await startBot(azurite());
    try {
      const lead = next.teams.person('Lea', { email: LEAD });
      const turn = await next.teams.sendMessage(lead, 'history Adatum');
      expect(wordsOf(turn.cards.at(-1))).toContain('[former user]');
    } finally {
      await next.close();
    }
  });

  test.each([
    ['somebody', /neither an address nor an Entra object id/],
    ['a@b c@d', /neither an address/],
    [`ana@contoso.com'or'1`, /^$/],
  ])('is named by address or id: %s', async (who, complaint) => {
    const { err } = await run('forget-person', who, '--dry-run');
    expect(err).toMatch(complaint);
  });

  test('has a name of more than one letter', async () => {
    expect((await run('forget-person', 'x@contoso.com', '--name', 'A')).err).toMatch(/too short for a name/);
  });
});
