import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { awaitEnd, readRecord } from '../../../src/adapters/storage/azurite-record';
import { openEmbeddedStorage, type EmbeddedStorage } from '../../../src/adapters/storage/embedded-azurite';
import { customer } from '../../contracts/sample-records';
import { storageOn } from './storage-on-azurite';
import { removeFolder, temporaryFolder } from '../../temporary-folders';

interface Said {
  readonly connectionString: string;
  readonly owned: boolean;
}

let directory: string;
let script: string;
const opened: EmbeddedStorage[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  // Beside the packages, so that the child finds azurite as the bot does.
  script = join(__dirname, `start-embedded.${process.pid}.tmp.cjs`);
  const entryPoints = [join(__dirname, 'start-embedded.ts')];
  buildSync({ entryPoints, outfile: script, bundle: true, platform: 'node', packages: 'external', logLevel: 'error' });
});
afterAll(async () => rm(script, { force: true }));

beforeEach(async () => {
  directory = await temporaryFolder();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(async (storage) => storage.stop()));
  await Promise.all(children.splice(0).map(killed));
  const orphan = await readRecord(directory);
  await (orphan && awaitEnd(orphan));
  await removeFolder(directory);
});

const open = async (): Promise<EmbeddedStorage> => {
  const storage = await openEmbeddedStorage(directory);
  opened.push(storage);
  return storage;
};
const elsewhere = async (): Promise<{ child: ChildProcess; said: Said }> => {
  const child = fork(script, [directory], { execArgv: [] });
  children.push(child);
  const [said] = (await once(child, 'message')) as [Said];
  return { child, said };
};
const killed = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
};
/** Both services' addresses. */
const endpointsOf = ({ connectionString }: EmbeddedStorage): string[] =>
  Array.from(connectionString.matchAll(/(?:Table|Queue)Endpoint=([^;]+)/g), ([, url]) => url ?? '');
const save = async ({ connectionString }: Said, id: string): Promise<void> => {
  const storage = storageOn(connectionString, { prefix: 'kept' });
  await storage.customers.commit({ customerId: id, base: undefined, customer: customer({ id }) });
  await storage.close();
};
const isSaved = async ({ connectionString }: Said, id: string): Promise<boolean> => {
  const storage = storageOn(connectionString, { prefix: 'kept' });
  const file = await storage.customers.load(id);
  await storage.close();
  return file !== undefined;
};

test('what was written is there after a stop at once', async () => {
  const first = await open();
  await save(first, 'C1');
  await first.stop();
  expect(await readRecord(directory)).toBeUndefined();
  const second = await open();
  expect(second.owned).toBe(true);
  expect(await isSaved(second, 'C1')).toBe(true);
});

// A burst of requests would open its connections anew, which a busy Node process takes one at a time.
test('idle connections are kept for longer than clients keep them', async () => {
  const urls = endpointsOf(await open());
  expect(urls).toHaveLength(2);
  for (const url of urls) {
    const response = await fetch(url);
    await response.arrayBuffer();
    expect(Number(/timeout=(\d+)/.exec(response.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
  }
});

test('a second process uses the running one and leaves it running', async () => {
  const { said } = await elsewhere();
  expect(said.owned).toBe(true);
  const second = await open();
  expect(second.owned).toBe(false);
  expect(second.connectionString).toBe(said.connectionString);
  await second.stop();
  await save(said, 'C1');
  expect(await isSaved(said, 'C1')).toBe(true);
});

test('of four processes that start together one starts it', async () => {
  const all = await Promise.all([elsewhere(), elsewhere(), elsewhere(), open().then((said) => ({ said }))]);
  expect(all.filter(({ said }) => said.owned)).toHaveLength(1);
  expect(new Set(all.map(({ said }) => said.connectionString)).size).toBe(1);
  await Promise.all(children.splice(0).map(killed));
});

test('kill -9 of its parent ends it with the data saved, and the next start goes through', async () => {
  const { child, said } = await elsewhere();
  await save(said, 'C1');
  const record = await readRecord(directory);
  await killed(child);
  const next = await open();
  expect(next.owned).toBe(true);
  expect(await isSaved(next, 'C1')).toBe(true);
  await expect(fetch(`http://127.0.0.1:${record?.tablePort}/`)).rejects.toThrow('fetch failed');
});

test.each([
  ['of a crash', JSON.stringify({ pid: 2 ** 22 + 1, owner: 2 ** 22 + 2, tablePort: 1, queuePort: 1, key: 'x' })],
  [
    'whose process ids belong to others now',
    JSON.stringify({ pid: 1, owner: 1, tablePort: 1, queuePort: 1, key: 'x' }),
  ],
  ['half written', '{"pid":'],
])('a file left %s does not keep it from starting', async (_, text) => {
  await writeFile(join(directory, 'azurite.json'), text);
  await writeFile(join(directory, 'azurite.lock'), String(2 ** 22 + 1));
  expect((await open()).owned).toBe(true);
});

test.each([
  ['was killed before it wrote who it is', ''],
  ['has an id that is somebody else’s now', String(process.pid)],
])('the lock of one that %s holds nobody up for ever', async (_case, holder) => {
  const file = join(directory, 'azurite.lock');
  await writeFile(file, holder);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(file, longAgo, longAgo);
  expect((await open()).owned).toBe(true);
});

test('a directory that is none is one clear error', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  await expect(openEmbeddedStorage(file)).rejects.toMatchObject({
    code: 'embedded-storage',
    message: expect.stringContaining(file),
  });
});

test('damaged data is one clear error, and stays as it is', async () => {
  const file = join(directory, '__azurite_db_table__.json');
  await writeFile(file, '{"collections":[');
  await expect(openEmbeddedStorage(directory)).rejects.toMatchObject({
    code: 'embedded-storage',
    message: expect.stringContaining(file),
  });
  expect(await readFile(file, 'utf8')).toBe('{"collections":[');
});

// `mkdir` with `recursive` spins for ever under /proc.
test('a place that takes no folder is one clear error', async () => {
  await expect(openEmbeddedStorage('/proc/fm-assistant/data')).rejects.toThrow(/^DATA_DIR .*cannot be used/);
  await writeFile(join(directory, 'file'), '');
  await expect(openEmbeddedStorage(join(directory, 'file', 'data'))).rejects.toThrow(/^DATA_DIR .*cannot be used/);
});

test('folders above it are made', async () => {
  const deep = join(directory, 'a', 'b', 'c');
  opened.push(await openEmbeddedStorage(deep));
  expect(await readRecord(deep)).toBeDefined();
});
