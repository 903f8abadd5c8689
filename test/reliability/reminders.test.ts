import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { pino } from 'pino';
import { ACCOUNT, spawnAzurite, type AzuriteProcess } from '../../src/adapters/storage/azurite-process';
import { createStorage, type Storage } from '../../src/adapters/storage/storage';
import { openTables } from '../../src/adapters/storage/tables';
import { newProfile } from '../../src/usecases/change-profile';
import { putCustomer } from '../../src/usecases/put-customer';
import { startApp } from '../../src/compose';
import { readConfig } from '../../src/config';
import type { Customers } from '../../src/ports/customers';
import { systemClock } from '../../src/stores';
import { aCustomer, aWorkload, day } from '../builders/records';
import { planning } from '../fakes/planning';
import { openFaultyProxy } from '../adapters/storage/faulty-proxy';
import { startBot, type BotUnderTest } from '../wire/bot-under-test';
import { eventually } from '../wire/eventually';
import { ConnectorStandIn } from '../wire/connector-stand-in';

const KEY = Buffer.from('a key of the tests').toString('base64');
/** Nothing but a start sweeps. */
const AT_START_ONLY = { REMINDER_LOCAL_TIME: 'now', REMINDER_SWEEP_SECONDS: '3600' };
const EACH_SECOND = { REMINDER_LOCAL_TIME: 'now', REMINDER_SWEEP_SECONDS: '1' };

/** The request with which a sweep begins. */
const SWEEP = /^GET .*duereminders/;

let azurite: AzuriteProcess;
let connectionString: string;
let storage: Storage;
let connector: ConnectorStandIn;
let bot: BotUnderTest | undefined;

beforeEach(async () => {
  azurite = await spawnAzurite(KEY, undefined);
  const endpoint = (port: number): string => `http://127.0.0.1:${port}/${ACCOUNT}`;
  connectionString = [
    `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY}`,
    `TableEndpoint=${endpoint(azurite.tablePort)};QueueEndpoint=${endpoint(azurite.queuePort)}`,
  ].join(';');
  const tables = openTables({ connectionString }, { budget: 20_000 });
  await tables.prepare();
  storage = createStorage({ tables, clock: systemClock, onBackgroundError: () => undefined });
  connector = new ConnectorStandIn();
  await connector.start();
});
afterEach(async () => {
  await bot?.close();
  bot = undefined;
  await connector.close();
  await storage.close();
  await azurite.stop();
});

/** FMs with one overdue customer each, whose date passed while nobody looked. */
async function overdue(fms: number, from = 0, customers: Customers = storage.customers): Promise<void> {
  const { queue, schedules } = planning();
  const by = { clock: systemClock, queue, schedules, customers };
  for (let fm = from; fm < from + fms; fm++) {
    const address = `fm${fm}@example.com`;
    const chat = {
      serviceUrl: connector.serviceUrl,
      conversationId: `a:fm${fm}`,
      tenantId: 't',
      teamsUserId: `29:${fm}`,
      botId: '28:bot',
    };
    await storage.profiles.put({ ...newProfile(`user-${fm}`), address, chat }, undefined);
    const startDate = { date: day('2026-01-05'), precision: 'day' as const };
    const customer = aCustomer({ id: `late-${fm}`, name: `Late ${fm}`, fm: address });
    await putCustomer(by, { customer, workloads: [{ ...aWorkload(), startDate }] });
  }
}

const chats = (): string[] => connector.sent.map(({ conversationId }) => conversationId);
const allSent = async (fms: number): Promise<number> =>
  eventually(
    async () => new Set(chats()).size,
    (count) => count === fms,
  );
const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`${bot?.url}/metrics`)).text();
  return [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );
};

test('what a bot that was away has missed is caught up at its start', async () => {
  await overdue(3);
  bot = await startBot(connectionString, AT_START_ONLY);
  await allSent(3);
  expect(chats()).toHaveLength(3);
});

test('a sweep that storage kept from its work is made again soon, however rarely one is due', async () => {
  await overdue(1);
  const proxy = await openFaultyProxy(connectionString);
  const sweeps = (): number => proxy.seen.filter((request) => SWEEP.test(request)).length;
  // One operation tries three times.
  proxy.decide = (request) => (SWEEP.test(request) && sweeps() <= 3 ? 503 : 'pass');
  try {
    bot = await startBot(proxy.connectionString, AT_START_ONLY);
    await allSent(1);
    expect(sweeps()).toBe(4);
  } finally {
    await bot?.close();
    bot = undefined;
    await proxy.close();
  }
});

test('storage stopped in the middle of a sweep: nothing is lost, and what is said twice was without a record', async () => {
  const fms = 40;
  await overdue(fms);
  bot = await startBot(connectionString, { ...EACH_SECOND, REMINDER_RATE_PER_SECOND: '20' }, {});
  await connector.next(({ kind }) => kind === 'send');
  process.kill(azurite.pid, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, 6000));
  } finally {
    process.kill(azurite.pid, 'SIGCONT');
  }
  const before = new Set(chats()).size;
  expect(before).toBeLessThan(fms);
  // A message taken before the stop is handed out again when it was hidden for long enough (45 s).
  await allSent(fms);
  const doubled = chats().length - fms;
  expect(doubled).toBeLessThanOrEqual(await metric('fm_reminder_unknown_total'));
  expect(await metric('fm_reminders_dead_total')).toBe(0);
});

test('garbage in the queue holds nobody up, and is taken out in the end', async () => {
  bot = await startBot(connectionString, EACH_SECOND);
  const queue = new QueueClient(connectionString, 'reminders');
  await queue.createIfNotExists();
  const unknown = JSON.stringify({ kind: 'deliver', fm: 'x', hints: [{}] });
  const base64 = Buffer.from('{"kind":"lead"}').toString('base64');
  for (const text of ['}{', '"text"', '{"kind":"deliver"}', unknown, base64, '💥'.repeat(500)]) {
    await queue.sendMessage(text);
  }
  await overdue(2);
  await allSent(2);
  expect(chats()).toHaveLength(2);
  // Seven times it is left to instances that may know more.
  await eventually(
    async () => (await queue.getProperties()).approximateMessagesCount,
    (count) => count === 0,
    60_000,
  );
});

test('a due hint that nobody can read stops nobody’s reminders', async () => {
  await overdue(2);
  const due = TableClient.fromConnectionString(connectionString, 'duereminders', { allowInsecureConnection: true });
  await due.createEntity({ partitionKey: '000000001:0', rowKey: '0:of-a-newer-release', due: 'somehow' });
  bot = await startBot(connectionString, EACH_SECOND);
  await allSent(2);
  const sweptAt = await metric('fm_reminder_last_sweep_timestamp_seconds');
  await eventually(
    async () => metric('fm_reminder_last_sweep_timestamp_seconds'),
    (seconds) => seconds > sweptAt,
  );
});

test('what release 0.1 left to be sent is sent, once: its hints, one for a reminder, and its messages for one FM', async () => {
  await overdue(2);
  const due = TableClient.fromConnectionString(connectionString, 'duereminders', { allowInsecureConnection: true });
  const queue = new QueueClient(connectionString, 'reminders');
  await queue.createIfNotExists();
  for await (const hint of due.listEntities<{ customerId: string; fm: string; dueAt: string; writtenAt: string }>()) {
    const { partitionKey = '', rowKey = '', customerId, fm, dueAt, writtenAt } = hint;
    const about = { customerId, workload: 'exchange-online', reminderId: `${customerId}:exchange-online` };
    await due.deleteEntity(partitionKey, rowKey);
    const oldKey = `${rowKey.split(':')[0]}:${customerId}:${customerId}~003aexchange-online`;
    await due.createEntity({ partitionKey, rowKey: oldKey, ...about, fm, dueAt, writtenAt });
    await queue.sendMessage(JSON.stringify({ kind: 'deliver', fm, hints: [{ ...about, dueAt }] }));
  }
  bot = await startBot(connectionString, EACH_SECOND);
  await eventually(
    async () => metric('fm_reminders_sent_total'),
    (count) => count === 2,
  );
  expect([...chats()].sort()).toEqual(['a:fm0', 'a:fm1']);
});

test('an operator sees from the figures that no sweep comes to its end', async () => {
  bot = await startBot(connectionString, EACH_SECOND);
  process.kill(azurite.pid, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const sweptAt = await metric('fm_reminder_last_sweep_timestamp_seconds');
    expect(sweptAt).toBeGreaterThan(Date.now() / 1000 - 60);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await metric('fm_reminder_last_sweep_timestamp_seconds')).toBe(sweptAt);
  } finally {
    process.kill(azurite.pid, 'SIGCONT');
  }
});

test('/metrics tells what was sent, how late, what is due, and what is dead', async () => {
  await overdue(2);
  connector.fail({ on: ['send'], status: 412, code: 'PreconditionFailed' });
  bot = await startBot(connectionString, EACH_SECOND);
  await allSent(2);
  await eventually(
    async () => metric('fm_reminders_sent_total'),
    (count) => count === 2,
  );
  expect(await metric('fm_reminder_digests_sent_total')).toBe(2);
  expect(await metric('fm_reminder_retries_total')).toBeGreaterThanOrEqual(1);
  expect(await metric('fm_reminder_due_to_sent_seconds_count')).toBe(2);
  expect(await metric('fm_reminder_due_to_sent_seconds_sum')).toBeGreaterThan(0);
  expect(await metric('fm_reminder_storage_requests_total')).toBeGreaterThan(0);
  for (const name of ['fm_reminders_dead_total', 'fm_reminder_backlog_seconds', 'fm_reminders_due']) {
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    expect(text).toContain(`# TYPE ${name}`);
  }
});

test('a backlog is told to the log before it is a quarter of an hour old', async () => {
  const written = { now: () => systemClock.now().subtract({ minutes: 11 }) };
  const tables = openTables({ connectionString }, { budget: 20_000 });
  const earlier = createStorage({ tables, clock: written, onBackgroundError: () => undefined });
  await overdue(1, 0, earlier.customers);
  await earlier.close();
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    SAMPLE_DATA: 'off',
    AZURE_STORAGE_CONNECTION_STRING: connectionString,
    ...AT_START_ONLY,
  });
  const app = await startApp(config, logger);
  try {
    const told = await eventually(
      async () => lines.find((line) => line.includes('reminders.backlog')),
      (line) => line !== undefined,
    );
    const { seconds } = JSON.parse(told ?? '{}') as { seconds?: number };
    expect(seconds).toBeGreaterThan(600);
    expect(seconds).toBeLessThan(900);
  } finally {
    await app.stop();
  }
});
