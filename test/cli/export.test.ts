import { Temporal } from 'temporal-polyfill';
import { planning } from '../fakes/planning';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import type { CliStores } from '../../src/cli/cli-context';
import { CSV_COLUMNS } from '../../src/cli/export/csv-text';
import { sectionsOf } from '../../src/cli/export/sections';
import { writeXlsx } from '../../src/cli/export/xlsx';
import { runCommandLine } from '../../src/cli/program';
import type { ExportRecord } from '../../src/usecases/export-rows';
import { exportAll } from '../../src/usecases/export-records';
import type { CustomerFile, CustomerLog } from '../../src/ports/customers';
import { unzip } from '../builders/unzip';
import {
  contact,
  checklist,
  customer,
  note,
  reminder,
  startDateChange,
  workload,
  bareWorkload,
} from '../contracts/sample-records';
import { FakeFeedback } from '../fakes/fake-feedback';
import { SettableClock } from '../fakes/settable-clock';
import { WatchedCustomers } from '../fakes/watched-customers';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const clock = new SettableClock(Temporal.Instant.from('2026-11-20T10:00:00Z'));

/** Collects what is written, slowly if asked to. */
class Sink extends Writable {
  chunks: Buffer[] = [];
  length = 0;
  isTTY = false;
  constructor(
    private readonly pause = false,
    private readonly keep = true,
  ) {
    super();
  }
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.length += chunk.length;
    if (this.keep) {
      this.chunks.push(chunk);
    }
    void (this.pause ? turn() : Promise.resolve()).then(() => done());
  }
  /** All that was written, once it has arrived. */
  async bytes(): Promise<Buffer> {
    await new Promise((done) => this.end(done));
    return Buffer.concat(this.chunks);
  }
}

const HOSTILE = '=HYPERLINK("http://example.com")\r\n<b>&_x0041_\u0001';

async function stores(): Promise<CliStores & { customers: WatchedCustomers }> {
  const customers = new WatchedCustomers();
  await customers.commit({
    customerId: 'CUST-1',
    base: undefined,
    customer: customer(),
    workloads: [bareWorkload(), workload()],
    reminders: [reminder()],
    checklists: [checklist()],
    notes: [note({ text: HOSTILE })],
    startDateChanges: [startDateChange({ from: undefined })],
    contacts: [contact()],
  });
  const base = (await customers.load('CUST-1'))!;
  await customers.commit({
    customerId: 'CUST-1',
    base,
    notes: [note({ text: 'later', at: note().at.add({ hours: 1 }) })],
  });
  await customers.commit({
    customerId: 'A-2',
    base: undefined,
    customer: customer({ id: 'A-2', name: '@SUM(1)', fm: undefined, accountTeam: [] }),
  });
  const feedback = new FakeFeedback();
  await feedback.vote({ topic: 'esd-frp', helpful: false, userId: 'u', at: '2027-01-01T00:00:00Z' });
  await feedback.unanswered({ text: '\n+49 …?', language: 'de', at: '2027-01-02T00:00:00Z' });
  return { ...planning(clock), customers, feedback, close: async () => undefined };
}

async function run(
  args: readonly string[],
  from?: CliStores,
  stdout = new Sink(),
): Promise<{ code: number; out: Buffer; err: string }> {
  const stderr = new Sink();
  const opened = from ?? (await stores());
  const context = {
    stdout,
    stderr,
    openStores: async () => opened,
    openReminders: async () => Promise.reject(new Error('not asked for')),
    openCopies: async () => Promise.reject(new Error('not asked for')),
    openForgetting: async () => Promise.reject(new Error('not asked for')),
    packageSettings: () => ({ appId: undefined, version: '1.0.0', folder: 'appPackage' }),
  };
  const code = await runCommandLine(context, ['export', ...args], () => undefined);
  return { code, out: await stdout.bytes(), err: (await stderr.bytes()).toString() };
}

describe('the JSON export', () => {
  test('has exactly the shape that scripts rely on', async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    const at = '2027-02-01T10:00:00.123456Z';
    const of = { customerId: 'CUST-1', workload: 'exchange-online' };
    const by = 'fm@contoso.com';
    expect(JSON.parse(out.toString())).toEqual({
      customers: [
        { ...customerJson, id: 'A-2', name: '@SUM(1)', fm: null, accountTeam: [], workloads: [] },
        {
          ...customerJson,
          workloads: [
            {
              workload: 'exchange-online',
              requestId: 'RFA-1',
              l1Status: 'InProgress',
              serviceStatus: 'Enablement',
              startDate: { date: '2027-03-03', precision: 'day', source: 'gateway' },
              kickoffDate: '2027-03-10',
              activeUsers: 7,
            },
            {
              workload: 'teams',
              requestId: 'RFA-1',
              l1Status: 'InProgress',
              serviceStatus: 'Enablement',
              startDate: null,
              kickoffDate: null,
              activeUsers: 7,
            },
          ],
        },
      ],
      notes: [
        { ...of, field: 'overallStatus', text: HOSTILE, at, by },
        { ...of, field: 'overallStatus', text: 'later', at: '2027-02-01T11:00:00.123456Z', by },
      ],
      startDateChanges: [
        {
          ...of,
          from: null,
          to: '2027-04-01',
          precision: 'month',
          occasion: 'customer-rescheduled',
          reason: 'They postponed the kickoff',
          at,
          by,
        },
      ],
      contactLog: [{ ...of, kind: 'attempt', note: 'Left a voicemail', at, by }],
      reminders: [
        { id: 'r-1', ...of, fm: by, dueAt: '2027-03-02T09:00:00Z', attempt: 1, status: 'scheduled', sentAt: null },
      ],
      checklists: [{ ...of, status: 'draft', steps: checklist().steps, nextActionDate: '2028-12-31', at, by }],
      faqVotes: [{ topic: 'esd-frp', helpful: false, at: '2027-01-01T00:00:00Z' }],
      unansweredQuestions: [{ language: 'de', text: '\n+49 …?', at: '2027-01-02T00:00:00Z' }],
    });
  });

  const customerJson = {
    id: 'CUST-1',
    name: 'Contoso Ltd',
    region: 'EMEA',
    seats: 3_000_000_000,
    motion: 'RFA',
    deliveryChannel: 'FTC',
    fm: 'fm@contoso.com',
    accountManaged: true,
    accountTeam: ['one@contoso.com', 'two@contoso.com'],
    language: 'pt-BR',
  };

  test('of one customer has this customer only', async () => {
    const { out } = await run(['--customer', 'A-2']);
    const lists = JSON.parse(out.toString()) as Record<string, unknown[]>;
    expect(lists['customers']).toHaveLength(1);
    expect(Object.values(lists).map(({ length }) => length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('of nothing is complete JSON all the same', async () => {
    const { out } = await run([], {
      ...planning(clock),
      customers: new WatchedCustomers(),
      feedback: new FakeFeedback(),
      close: async () => undefined,
    });
    expect(Object.values(JSON.parse(out.toString()) as object)).toEqual([[], [], [], [], [], [], [], []]);
  });

  test('of an unknown customer says so', async () => {
    const { code, out, err } = await run(['--customer', 'nobody']);
    expect([code, out.length, err]).toEqual([1, 0, 'There is no customer with the id "nobody".\n']);
  });
});

describe('the CSV export', () => {
  test('is one table whose formulas are harmless', async () => {
    const { out } = await run(['--format', 'csv']);
    const rows: Record<string, string>[] = parse(out, { bom: true, columns: true });
    expect(Object.keys(rows[0]!)).toEqual(CSV_COLUMNS);
    expect(rows.map(({ list }) => list)).toEqual([
      ...['customers', 'customers', 'customers', 'notes', 'notes', 'startDateChanges', 'contactLog'],
      ...['reminders', 'checklists', 'faqVotes', 'unansweredQuestions'],
    ]);
    expect(rows[0]).toMatchObject({ customerId: 'A-2', customerName: "'@SUM(1)", workload: '' });
    expect(rows[1]).toMatchObject({
      workload: 'exchange-online',
      engagementStartDate: '2027-03-03',
      startDateSource: 'gateway',
    });
    expect(rows[3]?.['text']).toBe(`'${HOSTILE}`);
    expect(rows[10]?.['text']).toBe("'\n+49 …?");
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
  });
});

describe('the workbook', () => {
  test('has a sheet per list, texts as text and dates as dates', async () => {
    const { out } = await run(['--format', 'xlsx']);
    const files = unzip(out);
    const text = (path: string): string => files.get(path)!.toString();
    expect([...text('xl/workbook.xml').matchAll(/<sheet name="([^"]+)"/g)].map((match) => match[1])).toEqual([
      'customers',
      'notes',
      'startDateChanges',
      'contactLog',
      'reminders',
      'checklists',
      'faqVotes',
      'unansweredQuestions',
    ]);
    expect(text('xl/worksheets/sheet1.xml')).toContain('<c s="3"><v>46449</v></c>');
    expect(text('xl/worksheets/sheet1.xml')).toContain('<c><v>3000000000</v></c>');
    const notes = text('xl/worksheets/sheet2.xml');
    expect(notes).toContain('=HYPERLINK("http://example.com")_x000D_\n&lt;b&gt;&amp;_x005F_x0041_</t>');
    expect(notes).toMatch(/<c t="inlineStr" s="2"><is><t xml:space="preserve">=HYPER/);
    expect([...files.values()].some((file) => file.includes('<f>'))).toBe(false);
    for (const path of [...text('[Content_Types].xml').matchAll(/PartName="\/([^"]+)"/g)]) {
      expect(files.has(path[1]!)).toBe(true);
    }
  });

  test('goes on in another sheet where one is full, and cuts no text silently', async () => {
    const records: ExportRecord[] = Array.from({ length: 5 }, (_each, index) => ({
      list: 'notes',
      row: { customerId: `c${index}`, text: 'x'.repeat(40_000) },
    }));
    const sink = new Sink();
    await writeXlsx(sectionsOf(records), sink, 2);
    const files = unzip(await sink.bytes());
    expect(files.get('xl/workbook.xml')!.toString()).toMatch(/"notes".*"notes 2".*"notes 3".*"startDateChanges"/);
    const rows = [2, 3, 4].map(
      (sheet) => files.get(`xl/worksheets/sheet${sheet}.xml`)!.toString().split('<row>').length - 2,
    );
    expect(rows).toEqual([2, 2, 1]);
    const cell = /preserve">(x+[^<]*)</.exec(files.get('xl/worksheets/sheet2.xml')!.toString())?.[1];
    expect(cell).toHaveLength(32_767);
    expect(cell).toMatch(/cut: the JSON export/);
  });

  test('is not thrown at a terminal', async () => {
    const terminal = new Sink();
    terminal.isTTY = true;
    const { code, err } = await run(['--format', 'xlsx'], undefined, terminal);
    expect([code, err]).toEqual([1, 'A workbook cannot be shown in a terminal; add --out FILE.\n']);
  });
});

describe('--out', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => removeFolder(folder));

  test('writes this file and nothing else', async () => {
    const { code, out } = await run(['--out', join(folder, 'all.json')]);
    expect([code, out.length, await readdir(folder)]).toEqual([0, 0, ['all.json']]);
    expect(JSON.parse(await readFile(join(folder, 'all.json'), 'utf8'))).toHaveProperty('unansweredQuestions');
  });

  test('replaces an ordinary file', async () => {
    await writeFile(join(folder, 'all.json'), 'old');
    await run(['--out', join(folder, 'all.json')]);
    expect(await readFile(join(folder, 'all.json'), 'utf8')).toMatch(/^\{"customers"/);
  });

  test('leaves the old file when the export fails, and no other', async () => {
    await writeFile(join(folder, 'all.json'), 'old');
    const broken = await stores();
    jest.spyOn(broken.customers, 'readLog').mockRejectedValue(new Error('storage is down'));
    const { code } = await run(['--out', join(folder, 'all.json')], broken);
    expect([code, await readdir(folder), await readFile(join(folder, 'all.json'), 'utf8')]).toEqual([
      1,
      ['all.json'],
      'old',
    ]);
  });

  test.each([
    ['a directory', 'sub', /is a directory/],
    ['the end of a path', 'sub/new/', /is a directory/],
    ['a link', 'link', /not an ordinary file/],
    ['a missing directory', 'no/where.json', /[/\\]no does not exist/],
    ['a path through a file', 'file/x', /not in a directory/],
  ])('refuses %s', async (_name, path, words) => {
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'file'), 'kept');
    await symlink(join(folder, 'file'), join(folder, 'link'));
    const { code, err } = await run(['--out', `${folder}/${path}`]);
    expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
    expect(err).toMatch(words);
    expect((await readdir(folder)).sort()).toEqual(['file', 'link', 'sub']);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('kept');
  });
});

describe('a large export', () => {
  const COUNT = 5000;
  const text = 'x'.repeat(2000);
  const log: CustomerLog = {
    notes: Array.from({ length: 5 }, () => note({ text })),
    startDateChanges: [],
    contacts: [],
  };

  /** 5,000 customers that exist only while they are read, with 50 MB of notes. */
  class Endless extends WatchedCustomers {
    reading = 0;
    mostAtOnce = 0;
    loaded = 0;
    override async *allIds(): AsyncGenerator<string> {
      for (let id = 0; id < COUNT; id++) {
        yield `c${id}`;
      }
    }
    override async load(id: string): Promise<CustomerFile> {
      this.loaded++;
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.reading);
      await turn();
      this.reading--;
      return { customer: customer({ id }), workloads: [workload()], reminders: [], checklists: [], version: 0 };
    }
    override async readLog(): Promise<CustomerLog> {
      return log;
    }
  }

  test.each(['json', 'csv', 'xlsx'])('as %s needs memory for a few customers only', async (format) => {
    const customers = new Endless();
    const sink = new Sink(true, false);
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 20);
    const before = process.memoryUsage().heapUsed;
    const { code } = await run(
      ['--format', format],
      { ...planning(clock), customers, feedback: new FakeFeedback(), close: async () => undefined },
      sink,
    );
    clearInterval(watch);
    expect([code, customers.loaded]).toEqual([0, COUNT]);
    expect(customers.mostAtOnce).toBeLessThanOrEqual(8);
    expect(sink.length).toBeGreaterThan(format === 'xlsx' ? 100_000 : 50_000_000);
    // 50 MB of notes in UTF-16 or as objects would be far more than this.
    expect(peak - before).toBeLessThan(150 * 1024 * 1024);
  });

  test('is read no faster than it is written', async () => {
    const customers = new Endless();
    const stalled = new Writable({ highWaterMark: 1024, write: () => undefined });
    const lines = exportAll({ customers, feedback: new FakeFeedback() });
    for await (const { list } of lines) {
      if (list === 'customers') {
        stalled.write('x');
        break;
      }
    }
    await turn();
    expect(customers.loaded).toBeLessThanOrEqual(8);
  });

  test('ends quietly when its reader goes away', async () => {
    const gone = new Sink();
    gone._write = (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    const customers = new Endless();
    const { code, err } = await run(
      [],
      { ...planning(clock), customers, feedback: new FakeFeedback(), close: async () => undefined },
      gone,
    );
    expect([code, err]).toEqual([0, '']);
    expect(customers.loaded).toBeLessThan(COUNT);
  });
});
