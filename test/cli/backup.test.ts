import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommandLine } from '../../src/cli/program';
import type { Row } from '../../src/adapters/storage/row';
import { TABLE_NAMES } from '../../src/adapters/storage/tables';
import { storageOn, type StorageUnderTest } from '../adapters/storage/storage-on-azurite';
import { useAzurite } from '../azurite';
import {
  bareWorkload,
  checklist,
  contact,
  customer,
  note,
  reminder,
  startDateChange,
  workload,
} from '../contracts/sample-records';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const azurite = useAzurite();
let folder: string;
let file: string;
let source: StorageUnderTest;
let target: StorageUnderTest;

beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder, 'all.jsonl');
  source = storageOn(azurite());
  target = storageOn(azurite());
  await Promise.all([source.prepare(), target.prepare()]);
});
afterEach(async () => {
  await Promise.all([source.close(), target.close()]);
  await removeFolder(folder);
});

const unwanted = async (): Promise<never> => Promise.reject(new Error('not asked for'));

async function run(on: StorageUnderTest, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const context = {
    stdout,
    stderr,
    openStores: unwanted,
    openReminders: unwanted,
    openForgetting: unwanted,
    openCopies: async () => ({ ...on, close: async () => on.flush() }),
    packageSettings: () => ({ appId: undefined, version: '1.0.0', folder: '' }),
  };
  const code = await runCommandLine(context, args, (error) => (error as Error).message);
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}

const NAMES = [
  `${'${1+1}'} **x** <at> ' " \\ / # ? %27`,
  '北京 “快車道” 有限公司',
  'Ünïcode 🚀 e\u0301 \u202Eabc',
  'a'.repeat(900),
];
const LONG = '😀ß漢'.repeat(40_000);

/** Everything of every kind, under ids and with texts that are as strange as they can be. */
async function fill(storage: StorageUnderTest): Promise<void> {
  const { customers, profiles, botState, feedback, deliveries, tables } = storage;
  for (const [place, name] of NAMES.entries()) {
    const id = `${name.slice(0, 60)}/${place}`;
    await customers.commit({
      customerId: id,
      base: undefined,
      customer: customer({ id, name }),
      workloads: [workload(), bareWorkload()],
      reminders: [reminder({ id: `${id}:exchange-online` })],
      checklists: [checklist()],
      notes: Array.from({ length: 60 }, (_, index) => note({ text: index === 0 ? LONG : `${index} ${name}` })),
      startDateChanges: [startDateChange()],
      contacts: [contact()],
      action: { token: `t${place}`, outcome: { name } },
    });
  }
  const [first] = NAMES.map((name, place) => `${name.slice(0, 60)}/${place}`);
  const base = await customers.load(first ?? '');
  await customers.commit({
    customerId: first ?? '',
    base,
    notes: Array.from({ length: 70 }, (_, index) => note({ text: `later ${index}` })),
  });
  await profiles.put(
    { userId: 'aad-1', address: 'ÄÖ@contoso.com', timeZoneChosen: true, workingDays: [1, 7] } as never,
    undefined,
  );
  await botState.write({ 'msteams/conversations/19:x@thread': { text: LONG, eTag: '*' } });
  await feedback.vote({ topic: 'esd-frp', helpful: false, userId: 'u', at: '2027-01-01T00:00:00Z' });
  await feedback.unanswered({ text: '日本語で？\r\n\u0000', language: 'ja', at: '2027-01-02T00:00:00Z' });
  await deliveries.escalate({ customerId: first ?? '', workload: 'teams' });
  await tables.table.feedback.upsert(KINDS, 'Replace');
  await storage.flush();
}

const KINDS: Row = {
  partitionKey: 'kinds',
  rowKey: 'all',
  long: { type: 'Int64', value: '9223372036854775807' },
  short: -7,
  fraction: 1.25,
  huge: { type: 'Double', value: 'Infinity' },
  flag: false,
  empty: '',
  when: { type: 'DateTime', value: '2027-03-01T09:00:00.1234567Z' },
  id: { type: 'Guid', value: '11111111-1111-4111-8111-111111111111' },
  bytes: { type: 'Binary', value: Buffer.from([0, 255, 10, 13]).toString('base64') },
  digits: '0123',
};

const FRESH: readonly string[] = ['writer', 'writtenAt', 'touchedAt'];

/** Every row of every table, without what a write makes anew. */
async function allRows({ tables }: StorageUnderTest): Promise<Record<string, Row[]>> {
  const rows: Record<string, Row[]> = {};
  for (const name of TABLE_NAMES) {
    rows[name] = [];
    for await (const row of tables.table[name].raw()) {
      const isDerived = name === 'customerhints' || name === 'duereminders';
      const kept = Object.entries(row).filter(([column]) => !(isDerived && FRESH.includes(column)));
      rows[name].push(Object.fromEntries(kept) as Row);
    }
  }
  return rows;
}

const linesOf = async (): Promise<string[]> => (await readFile(file, 'utf8')).split('\n').slice(0, -1);

describe('a backup that is restored', () => {
  test('gives every row back as it was, and the indexes and due reminders with them', async () => {
    await fill(source);
    const { code, out, err } = await run(source, 'backup', '--out', file);
    expect([code, err]).toEqual([0, '']);
    const before = await allRows(source);
    expect(JSON.parse(out)).toEqual({
      rows: Object.fromEntries(
        ['customers', 'profiles', 'botstate', 'feedback', 'deliveries'].map((name) => [name, before[name]?.length]),
      ),
    });
    const restored = await run(target, 'restore', file);
    expect([restored.code, restored.err]).toEqual([0, '']);
    expect(JSON.parse(restored.out)).toMatchObject({ indexed: NAMES.length });
    expect(await allRows(target)).toEqual(before);
    expect(before['feedback']).toContainEqual(KINDS);
    expect(before['duereminders']).toHaveLength(NAMES.length);
    expect((await target.index.ofFm('fm@contoso.com')).map(({ name }) => name).sort()).toEqual([...NAMES].sort());
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['all.jsonl']);
  });

  test('has no half of a commit that was made while it was written', async () => {
    const first = { customerId: 'c', base: undefined, customer: customer({ id: 'c' }), workloads: [workload()] };
    await source.customers.commit({ ...first, notes: Array.from({ length: 90 }, () => note()) });
    let pages = 0;
    const { table } = source.tables;
    const raw = table.customers.raw.bind(table.customers);
    table.customers.raw = async function* (options) {
      for await (const row of raw(options)) {
        pages += 1;
        if (pages === 5) {
          const base = await source.customers.load('c');
          const change = {
            customerId: 'c',
            base,
            workloads: [workload({ activeUsers: 99 })],
            notes: [note({ text: 'new' })],
          };
          await source.customers.commit(change);
        }
        yield row;
      }
    };
    await run(source, 'backup', '--out', file);
    await run(target, 'restore', file);
    const [restored, log] = [await target.customers.load('c'), await target.customers.readLog('c', 200)];
    expect(restored?.workloads[0]?.activeUsers).toBe(99);
    expect(log.notes.filter(({ text }) => text === 'new')).toHaveLength(1);
  });

  test('of storage without a row is a backup, too', async () => {
    expect((await run(source, 'backup', '--out', file)).code).toBe(0);
    expect(await linesOf()).toHaveLength(2);
    expect((await run(target, 'restore', file)).code).toBe(0);
  });

  test('never goes over what is there, unless told to: then nothing else stays', async () => {
    await source.customers.commit({ customerId: 'a', base: undefined, customer: customer({ id: 'a' }) });
    await target.customers.commit({ customerId: 'b', base: undefined, customer: customer({ id: 'b', name: 'Zulu' }) });
    await target.customers.commit({
      customerId: 'b',
      base: await target.customers.load('b'),
      notes: Array.from({ length: 98 }, () => note()),
    });
    await Promise.all([source.flush(), target.flush()]);
    await run(source, 'backup', '--out', file);
    const held = await allRows(target);
    expect(await run(target, 'restore', file)).toEqual({
      code: 1,
      out: '',
      err: 'Storage is not empty. Nothing was written; add --replace to remove what is there first.\n',
    });
    expect(await allRows(target)).toEqual(held);
    expect((await run(target.sibling(), 'restore', file, '--replace')).code).toBe(0);
    expect(await allRows(target)).toEqual(await allRows(source));
  });
});

describe('a file that is no whole backup changes nothing', () => {
  const sealed = (lines: readonly string[]): string => {
    const body = lines.slice(0, -1).map((line) => `${line}\n`);
    const { end } = JSON.parse(lines.at(-1) ?? '') as { end: object };
    return `${body.join('')}${JSON.stringify({ end, sha256: createHash('sha256').update(body.join('')).digest('hex') })}\n`;
  };
  const swapped = (lines: readonly string[], from: string, to: string): string[] =>
    lines.map((line) => line.replace(from, to));

  test.each<[string, (lines: string[]) => string, RegExp]>([
    ['without its last line', (lines) => `${lines.slice(0, -1).join('\n')}\n`, /is not whole/],
    ['cut in a row', (lines) => lines.join('\n').slice(0, -300), /is not whole|line \d+: is not a row/],
    ['cut in the last line', (lines) => lines.join('\n').slice(0, -30), /line \d+: is not a row/],
    ['with one letter changed', (lines) => `${swapped(lines, 'Contoso', 'Kontoso').join('\n')}\n`, /checksum/],
    ['with a row less', (lines) => sealed(lines.toSpliced(1, 1)), /there should be 3 rows of customers, there are 2/],
    ['with a row more', (lines) => sealed(lines.toSpliced(1, 0, lines[1] ?? '')), /there should be 3 .* there are 4/],
    ['with something after its end', (lines) => `${lines.join('\n')}\n{}\n`, /line 6: comes after/],
    [
      'with a table nobody knows',
      (lines) => sealed(swapped(lines, '"table":"customers"', '"table":"x"')),
      /line 2: there is no table "x"/,
    ],
    [
      'with a table of the prototype',
      (lines) => sealed(swapped(lines, '"table":"customers"', '"table":"__proto__"')),
      /line 2: there is no/,
    ],
    [
      'with a key that storage does not take',
      (lines) => sealed(swapped(lines, '"partitionKey":"a"', '"partitionKey":"a/b"')),
      /line 2: a key has characters/,
    ],
    [
      'with a row too large',
      (lines) => sealed(swapped(lines, 'Contoso Ltd', 'x'.repeat(40_000))),
      /line 2: Column name/,
    ],
    [
      'of a later version',
      (lines) => `${swapped(lines, '"version":1', '"version":2').join('\n')}\n`,
      /version 2; this program reads 1/,
    ],
    ['that is another file', () => '{"customers":[]}\n', /is not a backup of the FM assistant/],
    ['that is empty', () => '', /is empty/],
    ['without lines', () => 'x'.repeat(9_000_000), /line 1: is too long for a backup/],
  ])('%s', async (_name, spoil, complaint) => {
    await source.customers.commit({
      customerId: 'a',
      base: undefined,
      customer: customer({ id: 'a' }),
      workloads: [workload(), bareWorkload()],
    });
    await run(source, 'backup', '--out', file);
    await writeFile(file, spoil(await linesOf()));
    await target.customers.commit({ customerId: 'kept', base: undefined, customer: customer({ id: 'kept' }) });
    await target.flush();
    const held = await allRows(target);
    const { code, out, err } = await run(target.sibling(), 'restore', file, '--replace');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(complaint);
    expect(err).toMatch(/Nothing was written\.|not whole|not a backup|reads 1/);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(await allRows(target)).toEqual(held);
  });

  test('a file that is not there, or a folder, is one sentence', async () => {
    expect((await run(target, 'restore', join(folder, 'no'))).err).toMatch(/no does not exist\.$/m);
    expect((await run(target, 'restore', folder)).err).toMatch(/is a directory; name a file\.$/m);
    expect((await run(source, 'backup', '--out', folder)).err).toMatch(/is a directory; name a file\.$/m);
  });
});
