import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { useAzurite } from '../azurite';
import { startBot, type RunningBot } from '../browser/processes';
import { GATEWAY_KEY } from './bot-under-test';
import { buttonOf, inputsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import { startTraceReceiver, type ReceivedSpan, type TraceReceiver } from './trace-receiver';
import { TeamsStandIn, type Person } from './teams-stand-in';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const azurite = useAzurite();
let teams: TeamsStandIn;
let folder: string;
let bot: RunningBot | undefined;
let receiver: TraceReceiver | undefined;
let ana: Person;
let rounds = 0;

beforeAll(async () => {
  teams = await TeamsStandIn.start();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await teams.close();
  await removeFolder(folder);
});
afterEach(async () => {
  await bot?.stop('SIGKILL');
  await receiver?.close();
  await removeFolder(bot?.dataDir ?? folder);
});

/** `node dist/main.js`, tracing as the variables say. */
async function run(env: Record<string, string> = {}): Promise<RunningBot> {
  const reminders = { REMINDER_LOCAL_TIME: 'now', REMINDER_SWEEP_SECONDS: '1' };
  const settings = { SAMPLE_DATA: 'off', GATEWAY_KEYS: GATEWAY_KEY, OTEL_BSP_SCHEDULE_DELAY: '100', ...reminders };
  bot = await startBot({ env: { AZURE_STORAGE_CONNECTION_STRING: azurite(), ...settings, ...env } });
  teams.playAgainst(bot.url);
  return bot;
}

interface LogLine {
  readonly msg: string;
  readonly trace_id?: string;
}

const INSTRUMENTATION_KEY = '00000000-1111-4111-8111-000000000001';
const CUSTOMER = 'Wide World Importers';

/** A turn of each kind, Gateway's data, a reminder, and what is refused. */
async function work(url: string): Promise<void> {
  rounds += 1;
  ana = teams.person(`Anastasia Blumenthal ${rounds}`);
  const from = teams.connector.calls.length;
  const workloads = [gatewayWorkload('exchange-online', startingOn('2026-01-14'))];
  await putAccepted(url, `wide-world-${rounds}`, gatewayCustomer(`${CUSTOMER} ${rounds}`, ana.email, { workloads }));
  const said = await teams.sendMessage(ana, `Move ${CUSTOMER} ${rounds} Exchange, because of Herr Zwiebelfisch`);
  const card = said.cards.at(-1);
  await teams.pressCard(ana, 'startDate.cancel', { ...inputsOf(card), ...buttonOf(card, 'dialog.cancel').data });
  await teams.pressCard(ana, ana.email, {});
  await teams.post({ ...teams.activity(ana, { type: ana.name, channelId: ana.email }) });
  await teams.postRaw(`{"type": "${ana.name}`);
  const isReminder = ({ kind, conversationId }: { kind: string; conversationId: string }): boolean =>
    kind === 'send' && conversationId === teams.chatOf(ana);
  await teams.connector.next(isReminder, from, 30_000);
}

const secretsOf = (): string[] => [
  ...[ana.name, ana.email, ana.aadObjectId, ana.id, 'Anastasia', 'Blumenthal'],
  ...[CUSTOMER, 'wide-world', 'Zwiebelfisch', GATEWAY_KEY, 'devstoreaccount1'],
];

async function until<T>(read: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = read();
    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never came to that');
}

const childrenOf = (spans: readonly ReceivedSpan[], parent: ReceivedSpan): ReceivedSpan[] =>
  spans.filter(({ parentSpanId }) => parentSpanId === parent.spanId);

test('spans say what was done and how long it took, and nothing of whom or what it was about', async () => {
  receiver = await startTraceReceiver();
  const { url, output, stop } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/` });
  await work(url);
  await stop();
  const { spans, requests } = receiver;
  expect([...new Set(spans.map(({ name }) => name))].sort()).toEqual(
    ['connector', 'delivery', 'gateway', 'storage', 'sweep', 'turn'].sort(),
  );
  const turns = spans.filter(({ name }) => name === 'turn');
  expect(turns.map(({ values }) => values)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        'fm.activity': 'message',
        'fm.channel': 'msteams',
        'fm.intent': 'change-start-date',
        'fm.outcome': 'answered',
      }),
      expect.objectContaining({ 'fm.activity': 'invoke', 'fm.intent': 'startDate.cancel' }),
      expect.objectContaining({ 'fm.activity': 'other', 'fm.channel': 'other' }),
    ]),
  );
  const message = await until(() => turns.find(({ values }) => values['fm.intent'] === 'change-start-date'));
  const parts = childrenOf(spans, message);
  expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['storage', 'connector']));
  expect(parts.every(({ traceId }) => traceId === message.traceId)).toBe(true);
  const targets = new Set(spans.flatMap(({ values }) => values['fm.target'] ?? []));
  expect([...targets]).toEqual(expect.arrayContaining(['customers', 'profiles', 'botstate', 'deliveries']));
  const tables = ['customers', 'customerhints', 'duereminders', 'profiles', 'botstate', 'feedback', 'deliveries'];
  expect([...targets].filter((target) => ![...tables, 'reminders', 'batch'].includes(String(target)))).toEqual([]);

  const sent = requests.join('\n').toLowerCase();
  expect(secretsOf().filter((secret) => sent.includes(secret.toLowerCase()))).toEqual([]);
  const lines = output()
    .split('\n')
    .filter((line) => line.startsWith('{"level"'));
  const traced = lines.map((line) => JSON.parse(line) as LogLine).filter(({ trace_id: id }) => id === message.traceId);
  expect(traced.map(({ msg }) => msg)).toContain('turn.done');
});

test('a receiver that is not there, or never answers, holds up neither turns nor the end', async () => {
  receiver = await startTraceReceiver(false);
  for (const endpoint of ['http://127.0.0.1:9', receiver.url]) {
    const { url, output, stop } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    await work(url);
    await stop();
    expect(output()).toContain('bot.stopped');
    expect(output()).not.toContain('127.0.0.1:9/');
  }
});

/** The first byte of a TLS handshake. */
const HANDSHAKE = 22;

test('Azure Monitor is sent to over TLS, at the address in its connection string', async () => {
  const first: (number | undefined)[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      first.push(data[0]);
      socket.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { url, stop, output } = await run({
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${INSTRUMENTATION_KEY};IngestionEndpoint=${endpoint}`,
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
  });
  await work(url);
  await until(() => first[0]);
  await stop();
  server.close();
  expect(new Set(first)).toEqual(new Set([HANDSHAKE]));
  expect(output()).not.toContain(INSTRUMENTATION_KEY);
});

test('without an address nothing of it is loaded', async () => {
  const [preload, loaded] = [join(folder, 'preload.cjs'), join(folder, 'loaded.json')];
  const write = `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, JSON.stringify(Object.keys(require.cache)))`;
  writeFileSync(preload, `process.on('exit', () => ${write});`);
  const modulesOf = async (env: Record<string, string>): Promise<string[]> => {
    const { stop } = await run({ NODE_OPTIONS: `--require ${preload}`, ...env });
    await stop();
    const paths = JSON.parse(readFileSync(loaded, 'utf8')) as string[];
    return paths.filter((path) => /tracing\.js$|opentelemetry/.test(path)).map((path) => path.split('/').at(-1) ?? '');
  };
  expect(await modulesOf({})).toEqual([]);
  expect(await modulesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: '', APPLICATIONINSIGHTS_CONNECTION_STRING: '' })).toEqual([]);
  expect(await modulesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })).toContain('tracing.js');
});
