import { Temporal } from 'temporal-polyfill';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CliContext } from '../../src/cli/cli-context';
import { runCommandLine } from '../../src/cli/program';
import type { ReminderTask } from '../../src/ports/reminder-queue';
import { putCustomer } from '../../src/usecases/put-customer';
import { storageOn, type StorageUnderTest } from '../adapters/storage/storage-on-azurite';
import { useAzurite } from '../azurite';
import { allOf } from '../contracts/all-of';
import { aCustomer, aWorkload, day } from '../builders/records';
import { planning } from '../fakes/planning';

const azurite = useAzurite();
let storage: StorageUnderTest;
let tasks: ReminderTask[];

beforeEach(async () => {
  storage = storageOn(azurite());
  tasks = [];
  await put('late', 'alex@example.com', '2027-02-25');
  await put('later', 'alex@example.com', '2027-02-26');
  await put('other', 'mia@example.com', '2027-02-26');
  await put('to-come', 'alex@example.com', '2027-04-01');
});
afterEach(async () => storage.close());

async function put(id: string, fm: string, date: string): Promise<void> {
  const startDate = { date: day(date), precision: 'day' as const };
  await putCustomer(
    { ...planning(storage.clock), customers: storage.customers },
    { customer: aCustomer({ id, fm }), workloads: [{ ...aWorkload(), startDate }] },
  );
}

async function run(...args: string[]): Promise<{ code: number; out: unknown; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const queue = {
    put: async (task: ReminderTask) => void tasks.push(task),
    putAll: async (all: readonly ReminderTask[]) => void tasks.push(...all),
    take: async () => [],
    length: async () => 0,
  };
  const stores = { ...planning(storage.clock), ...storage, queue, close: async () => undefined };
  const context = { stdout, stderr, openReminders: async () => stores } as unknown as CliContext;
  const code = await runCommandLine(context, ['reminders', ...args], (error) => (error as Error).message);
  stdout.end();
  stderr.end();
  const printed = await out;
  return { code, out: printed === '' ? undefined : JSON.parse(printed), err: await err };
}

const statusOf = async (id: string) => (await storage.customers.load(id))?.reminders[0];

describe('reminders run', () => {
  const due = [
    {
      fm: 'alex@example.com',
      items: [
        { customerId: 'late', workload: 'exchange-online', dueAt: '2027-02-26T09:00:00Z' },
        { customerId: 'later', workload: 'exchange-online', dueAt: '2027-03-01T09:00:00Z' },
      ],
    },
    {
      fm: 'mia@example.com',
      items: [{ customerId: 'other', workload: 'exchange-online', dueAt: '2027-03-01T09:00:00Z' }],
    },
  ];

  test('prints what is due per FM and puts one message for each into the queue', async () => {
    expect(await run('run')).toEqual({ code: 0, out: due, err: '' });
    expect(tasks.map(({ fm, hints }) => [fm, hints.length])).toEqual(
      expect.arrayContaining([
        ['alex@example.com', 2],
        ['mia@example.com', 1],
      ]),
    );
    expect(tasks).toHaveLength(2);
  });

  test('--dry-run sends nothing', async () => {
    expect(await run('run', '--dry-run')).toEqual({ code: 0, out: due, err: '' });
    expect(tasks).toEqual([]);
  });

  test('--at looks at another instant, and its messages carry it', async () => {
    const early = await run('run', '--at', '2027-02-26T09:00:00Z', '--dry-run');
    expect(early.out).toEqual([{ fm: 'alex@example.com', items: [due[0]?.items[0]] }]);
    const at = '2027-04-02T09:00:00Z';
    const all = await run('run', '--at', at);
    expect((all.out as typeof due)[0]?.items.map(({ customerId }) => customerId)).toEqual(['late', 'later', 'to-come']);
    expect(new Set(tasks.map((task) => task.at))).toEqual(new Set([at]));
    // The mark is made in the present: it keeps no later sweep from its work.
    const marked: unknown[] = [];
    await allOf(
      storage.marks.claim(['alex@example.com'], storage.clock.now(), async (_key, markedAt) => {
        marked.push(markedAt);
        return Promise.resolve(false);
      }),
    );
    expect(marked).toEqual([storage.clock.now()]);
  });

  test.each(['tomorrow', '+275760-09-13T00:00:00Z'])('says what is wrong with the instant %s', async (at) => {
    const { code, out, err } = await run('run', '--at', at);
    expect([code, out, tasks]).toEqual([1, undefined, []]);
    expect(err).toContain(`"${at}" is not an instant`);
  });
});

describe('reminders list and retry', () => {
  const dead = async (id: string): Promise<void> => {
    const base = (await storage.customers.load(id))!;
    const reminders = base.reminders.map((row) => ({ ...row, status: 'dead' as const }));
    await storage.customers.commit({ customerId: id, base, reminders });
  };

  test('lists all, or those of one status', async () => {
    await dead('other');
    const all = (await run('list')).out as { customerId: string; status: string }[];
    expect(all.map(({ customerId }) => customerId).sort()).toEqual(['late', 'later', 'other', 'to-come']);
    expect((await run('list', '--status', 'dead')).out).toEqual([
      expect.objectContaining({
        id: 'other:exchange-online',
        customerId: 'other',
        fm: 'mia@example.com',
        status: 'dead',
      }),
    ]);
  });

  test('a dead one is scheduled again, now, and a sweep finds it', async () => {
    await dead('other');
    storage.clock.advance({ hours: 1 });
    const { code, out } = await run('retry', 'other:exchange-online');
    expect([code, out]).toEqual([0, expect.objectContaining({ id: 'other:exchange-online', status: 'scheduled' })]);
    expect(await statusOf('other')).toMatchObject({ status: 'scheduled', dueAt: storage.clock.now() });
    await run('run');
    expect(tasks.map(({ fm }) => fm)).toContain('mia@example.com');
  });

  test.each([
    ['one that is not dead', 'late:exchange-online', 'is not dead; it is scheduled'],
    ['one nobody knows', 'late:teams', 'no reminder with the id'],
    ['no id at all', 'rubbish', 'no reminder with the id'],
  ])('refuses %s', async (_name, id, words) => {
    const { code, err } = await run('retry', id);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(Temporal.Instant.compare((await statusOf('late'))!.dueAt, storage.clock.now())).toBe(-1);
  });
});
