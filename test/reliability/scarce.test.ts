import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbeddedStorage } from '../../src/adapters/storage/embedded-azurite';
import { useAzurite } from '../azurite';
import { startBot } from '../browser/processes';
import { freePort } from '../free-port';
import { GATEWAY_KEY } from '../wire/bot-under-test';
import { TeamsStandIn } from '../wire/teams-stand-in';
import { putCustomer } from '../wire/gateway-customer';
import { customerAtWork, truthOf } from './customer-at-work';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const azurite = useAzurite();
const MAIN = join(__dirname, '..', '..', 'dist', 'main.js');
let folder: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  // Builds what is to be run.
  const bot = await startBot({ env: { AZURE_STORAGE_CONNECTION_STRING: azurite(), SAMPLE_DATA: 'off' } });
  await bot.stop();
  await removeFolder(bot.dataDir);
});
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await removeFolder(folder);
});

/** The bot under a limit of the system. @returns its address. */
async function runUnder(limit: string, env: Record<string, string> = {}): Promise<string> {
  const port = await freePort();
  const settings = { PORT: String(port), DATA_DIR: folder, SAMPLE_DATA: 'off', GATEWAY_KEYS: GATEWAY_KEY, ...env };
  child = spawn('sh', ['-c', `ulimit ${limit}; exec "$0" "$1"`, process.execPath, MAIN], {
    env: { ...process.env, NODE_ENV: 'development', ...settings },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = async (): Promise<boolean> =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (const end = Date.now() + 60_000; !(await isReady()); await pause(50)) {
    expect(Date.now()).toBeLessThan(end);
  }
  return url;
}

test('out of file handles: stays up, and answers as soon as there are some again', async () => {
  const url = await runUnder('-n 48', { AZURE_STORAGE_CONNECTION_STRING: azurite() });
  const teams = await TeamsStandIn.start({ botUrl: url });
  const alex = teams.person('Alex');
  expect((await teams.sendMessage(alex, 'help')).cards).toHaveLength(1);
  const sockets: Socket[] = [];
  for (let count = 0; count < 80; count += 1) {
    sockets.push(connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined));
  }
  await pause(300);
  const waiting = teams.sendMessage(alex, 'my start dates').then(
    ({ status }) => status,
    () => 'cut',
  );
  await pause(500);
  expect(child?.exitCode).toBeNull();
  sockets.forEach((socket) => socket.destroy());
  expect([200, 'cut']).toContain(await waiting);
  const turn = await teams.sendMessage(alex, 'help');
  expect([turn.status, turn.cards.length]).toEqual([200, 1]);
  await teams.close();
});

test('a full disk under the log: goes on without it, and ends when told to', async () => {
  const url = await runUnder('-n 1024; exec > /dev/full', { AZURE_STORAGE_CONNECTION_STRING: azurite() });
  const teams = await TeamsStandIn.start({ botUrl: url });
  const turn = await teams.sendMessage(teams.person('Alex'), 'help');
  expect([turn.status, turn.cards.length]).toEqual([200, 1]);
  await teams.close();
  child?.kill('SIGTERM');
  expect(await once(child as ChildProcess, 'exit')).toEqual([0, null]);
});

test('a full disk under the embedded Azurite: it ends instead of acknowledging more, and what it had saved is found again', async () => {
  // A limit on the size of a file stands for the full disk: the write fails in the same place.
  const url = await runUnder('-f 100');
  const put = async (id: string, name: string): Promise<number> =>
    (await putCustomer(url, id, customerAtWork(name, 'fm@contoso.com'))).status;
  expect([await put('c-1', 'First'), await put('c-2', 'Second')]).toEqual([201, 201]);
  const saved = (): string => readFileSync(join(folder, '__azurite_db_table__.json'), 'utf8');
  for (const end = Date.now() + 20_000; !saved().includes('Second'); await pause(100)) {
    expect(Date.now()).toBeLessThan(end);
  }
  const statuses = new Set<number>();
  for (const end = Date.now() + 25_000; !statuses.has(503); await pause(20)) {
    expect(Date.now()).toBeLessThan(end);
    statuses.add(await put(`f-${statuses.size}-${Date.now()}`, `Filler ${'x'.repeat(150)}`));
  }
  statuses.delete(429);
  expect([...statuses].sort()).toEqual([201, 503]);
  expect(child?.exitCode).toBeNull();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  child?.kill('SIGTERM');
  await once(child as ChildProcess, 'exit');
  expect(() => JSON.parse(saved()) as unknown).not.toThrow();
  const storage = await openEmbeddedStorage(folder);
  const truth = truthOf(storage.connectionString);
  expect((await truth.file('c-1')).customer.name).toBe('First');
  expect((await truth.file('c-2')).workloads).toHaveLength(1);
  await truth.close();
  await storage.stop();
});
