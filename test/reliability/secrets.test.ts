import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useAzurite } from '../azurite';
import { startBot, type RunningBot } from '../browser/processes';
import { gatewayCsv } from '../builders/gateway-csv';
import { unzip } from '../builders/unzip';
import { putCustomer } from '../wire/gateway-customer';
import { startOpenId, type OpenIdStandIn } from '../wire/openid-stand-in';
import { TeamsStandIn } from '../wire/teams-stand-in';
import { customerAtWork } from './customer-at-work';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const PROGRAM = join(__dirname, '..', '..', 'scripts', 'cli.mjs');
const APP = '00000000-0000-4000-8000-000000000001';
const TENANT = '11111111-1111-4111-8111-111111111111';
const PASSWORD = 'S3cret~of.the-registration/with+signs=';
const KEYS = ['gateway-key-that-is-current', 'gateway-key-that-was-before'] as const;
const TRACES = 'InstrumentationKey=5ec2e700-0000-4000-8000-00000000000a';

const azurite = useAzurite();
let folder: string;
let openId: OpenIdStandIn;
let teams: TeamsStandIn;
let bot: RunningBot;
/** Everything anybody got to see: what it is from, and the text. */
const seen: [from: string, text: string][] = [];

const accountKey = (): string => /AccountKey=([^;]+)/.exec(azurite())?.[1] ?? '';
const settings = (): Record<string, string> => ({
  NODE_ENV: 'development',
  LOG_LEVEL: 'trace',
  SAMPLE_DATA: 'off',
  AZURE_STORAGE_CONNECTION_STRING: azurite(),
  MicrosoftAppId: APP,
  MicrosoftAppTenantId: TENANT,
  MicrosoftAppPassword: PASSWORD,
  GATEWAY_KEYS: KEYS.join(','),
});

beforeAll(async () => {
  folder = await temporaryFolder();
  openId = await startOpenId();
  const identity = { BotOpenIdMetadata: openId.metadataUrl, ToBotFromChannelTokenIssuer: openId.issuer };
  bot = await startBot({ env: { ...settings(), ...identity, SERVICE_URL_HOSTS: '127.0.0.1' } });
  teams = await TeamsStandIn.start({ botUrl: bot.url, tenantId: TENANT });
});
afterAll(async () => {
  await bot.stop();
  await removeFolder(bot.dataDir);
  await teams.close();
  await openId.close();
  await removeFolder(folder);
});

async function note(from: string, answer: Response | Promise<Response>): Promise<void> {
  const response = await answer;
  seen.push([from, `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`]);
}

async function cli(args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((done) => {
    const options = { cwd: folder, env: { PATH: process.env['PATH'], ...settings(), ...env }, maxBuffer: 1 << 26 };
    execFile(process.execPath, [PROGRAM, ...args], options, (error, out, err) => {
      seen.push([`${args.join(' ')} ${Object.keys(env).join(' ')}`, out + err]);
      done(typeof error?.code === 'number' ? error.code : 0);
    });
  });
}

async function driveHttp(): Promise<void> {
  const customer = customerAtWork('Wide World Importers', 'ana@contoso.com');
  const authorization = `Bearer ${KEYS[0]}`;
  const api = `${bot.url}/api/gateway`;
  for (const key of [...KEYS, `${KEYS[0]}x`, '']) {
    await note(`put with ${key}`, putCustomer(bot.url, 'wide-world', customer, key));
  }
  await note('a customer that is wrong', putCustomer(bot.url, 'wide-world', { name: 7 }, KEYS[0]));
  const csv = { method: 'POST', body: 'a;b\n1', headers: { authorization, 'content-type': 'text/csv' } };
  await note('a CSV that is wrong', fetch(`${api}/import`, csv));
  await note('no JSON', fetch(`${api}/customers/x`, { ...csv, method: 'PUT' }));
  for (const path of ['/healthz', '/readyz', '/metrics', '/nowhere', `/api/gateway/customers/${KEYS[0]}`]) {
    await note(path, fetch(bot.url + path, { headers: { authorization } }));
  }
  const ana = teams.person('Ana Bauer');
  const good = openId.token({ audience: APP, serviceUrl: teams.serviceUrl });
  for (const token of [good, openId.token({ audience: PASSWORD, serviceUrl: teams.serviceUrl }), PASSWORD, KEYS[0]]) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    for (const body of [
      JSON.stringify(teams.activity(ana, { type: 'message', text: 'help' })),
      '{',
      'x'.repeat(300_000),
    ]) {
      await note('messages', fetch(`${bot.url}/api/messages`, { method: 'POST', headers, body }));
    }
  }
}

async function driveCommands(): Promise<void> {
  await writeFile(join(folder, 'in.csv'), gatewayCsv([{}, { customerId: 'f', seats: 'x' }]));
  await writeFile(join(folder, 'eval.jsonl'), '{"lang":"en","text":"tomorrow","now":"2028-02-28"}\n{');
  const good: readonly string[][] = [
    ...['json', 'csv', 'xlsx'].map((format) => ['export', '--format', format, '--out', `all.${format}`]),
    ['backup', '--out', 'all.jsonl'],
    ['reminders', 'list'],
    ['reminders', 'run'],
    ['forget-person', 'nobody@contoso.com', '--dry-run'],
    ['package', '--out', 'app.zip'],
  ];
  expect(await cli(['import', 'in.csv'])).toBe(1);
  for (const args of good) {
    expect([args, await cli(args)]).toEqual([args, 0]);
  }
  const bad: readonly string[][] = [
    ['eval', 'dates', 'eval.jsonl'],
    ['restore', 'all.jsonl'],
    ['restore', 'in.csv'],
    ['reminders', 'retry', KEYS[0].slice(0, 7)],
    ['export', '--out', '/proc/none/all.json'],
  ];
  for (const args of bad) {
    expect([args, await cli(args)]).toEqual([args, 1]);
  }
}

/** What is set wrongly, or leads nowhere, is complained about without what is secret in it. */
async function driveWrongSettings(): Promise<void> {
  const connection = (from: RegExp, to: string): Record<string, string> => ({
    AZURE_STORAGE_CONNECTION_STRING: azurite().replace(from, to),
  });
  const wrong: readonly Record<string, string>[] = [
    connection(/127\.0\.0\.1:\d+/g, '127.0.0.1:9'),
    connection(/AccountName=[^;]+/, 'AccountName=somebodyelse'),
    connection(/TableEndpoint=[^;]+/, 'TableEndpoint=nonsense'),
    { AZURE_STORAGE_CONNECTION_STRING: accountKey() },
    { MicrosoftAppId: PASSWORD, MicrosoftAppTenantId: PASSWORD, PORT: KEYS[0], DEFAULT_TIME_ZONE: KEYS[1] },
    { OTEL_EXPORTER_OTLP_ENDPOINT: `ftp://x:${PASSWORD}@localhost`, APPLICATIONINSIGHTS_CONNECTION_STRING: PASSWORD },
    { APPLICATIONINSIGHTS_CONNECTION_STRING: TRACES, DEFAULT_LANGUAGE: 'fr' },
  ];
  for (const env of wrong) {
    expect([Object.keys(env), await cli(['export'], env)]).toEqual([Object.keys(env), 1]);
  }
}

async function filesWritten(): Promise<void> {
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    const texts = /\.(zip|xlsx)$/.test(name) ? [...unzip(bytes).values()] : [bytes];
    texts.forEach((text) => seen.push([name, Buffer.from(text).toString('utf8')]));
  }
}

test('no secret is in anything that is written, answered, exported or logged', async () => {
  await driveHttp();
  await driveCommands();
  await driveWrongSettings();
  await filesWritten();
  seen.push(['log', bot.output()]);
  seen.push(['what Teams got', JSON.stringify(teams.connector.calls)]);
  expect(seen.length).toBeGreaterThan(50);
  // What is looked through is what there is.
  const told = ['all.json', 'all.csv', 'all.xlsx', 'all.jsonl'].filter((name) =>
    seen.some(([from, text]) => from === name && text.includes('Contoso')),
  );
  expect(told).toHaveLength(4);
  expect(seen.filter(([, text]) => text === '').map(([from]) => from)).not.toContain('log');
  const variants = (secret: string): string[] => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
  const secrets = [PASSWORD, ...KEYS, accountKey(), TRACES].flatMap(variants);
  expect(secrets.every((secret) => secret.length > 15)).toBe(true);
  const leaks = seen.flatMap(([from, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${from}: ${secret.slice(0, 8)}`),
  );
  expect(leaks).toEqual([]);
  const people = ['Ana Bauer', 'ana@contoso.com', 'ana.bauer@contoso.com', 'Wide World Importers'];
  expect(people.filter((person) => bot.output().includes(person))).toEqual([]);
});
