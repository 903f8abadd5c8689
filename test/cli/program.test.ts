import { Temporal } from 'temporal-polyfill';
import { planning } from '../fakes/planning';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CliContext } from '../../src/cli/cli-context';
import { runCommandLine } from '../../src/cli/program';
import { gatewayCsv } from '../builders/gateway-csv';
import { unzip } from '../builders/unzip';
import { FakeFeedback } from '../fakes/fake-feedback';
import { SettableClock } from '../fakes/settable-clock';
import { WatchedCustomers } from '../fakes/watched-customers';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const clock = new SettableClock(Temporal.Instant.from('2026-11-20T10:00:00Z'));

let folder: string;
let customers: WatchedCustomers;
let opened: number;
let closed: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  customers = new WatchedCustomers();
  opened = 0;
  closed = 0;
});
afterEach(async () => removeFolder(folder));

interface Ran {
  code: number;
  out: string;
  err: string;
}

async function run(args: readonly string[], overrides: Partial<CliContext> = {}): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const context: CliContext = {
    stdout,
    stderr,
    openStores: async () => {
      opened++;
      return { ...planning(clock), customers, feedback: new FakeFeedback(), close: async () => void closed++ };
    },
    openReminders: async () => Promise.reject(new Error('not asked for')),
    openCopies: async () => Promise.reject(new Error('not asked for')),
    openForgetting: async () => Promise.reject(new Error('not asked for')),
    packageSettings: () => ({ appId: undefined, version: '1.2.3', folder: 'appPackage' }),
    ...overrides,
  };
  const code = await runCommandLine(context, args, (error) => (error as Error).message);
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}

const file = async (name: string, content: string): Promise<string> => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

describe('a command line that is not understood', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['improt', 'x']],
    ['a missing argument', ['import']],
    ['an unknown option', ['export', '--fromat', 'csv']],
    ['an unknown format', ['export', '--format', 'pdf']],
    ['an unknown kind of evaluation', ['eval', 'everything', 'x']],
  ])('with %s shows the help and ends with 2', async (_name, args) => {
    const { code, out, err } = await run(args);
    expect([code, out, opened]).toEqual([2, '', 0]);
    expect(err).toMatch(/Usage: fm-assistant/);
  });

  test('an unknown command is named, with the one that was meant', async () => {
    expect((await run(['improt', 'x'])).err).toMatch(/unknown command 'improt'[\s\S]*Did you mean import/);
  });

  test('--help is no mistake', async () => {
    const { code, out, err } = await run(['export', '--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/--out <file>[\s\S]*apostrophe/);
  });
});

describe('import', () => {
  test('prints the report and nothing else', async () => {
    const { code, out, err } = await run(['import', await file('a.csv', gatewayCsv([{}]))]);
    expect([code, err, closed]).toEqual([0, '', 1]);
    expect(out).toBe('{"customers":1,"workloads":1,"unchanged":0,"conflicts":[],"rejected":[]}\n');
  });

  test('ends with 1 when a customer was rejected', async () => {
    const { code, out } = await run(['import', await file('a.csv', gatewayCsv([{ seats: 'x' }, { customerId: 'f' }]))]);
    expect([code, await customers.ids()]).toEqual([1, ['f']]);
    expect(JSON.parse(out)).toMatchObject({ customers: 1, rejected: [{ line: 2, column: 'seats' }] });
  });

  test.each([
    ['a missing file', 'no.csv', /does not exist/],
    ['a directory', '.', /is a directory/],
  ])('of %s opens no storage', async (_name, name, words) => {
    const { code, err } = await run(['import', join(folder, name)]);
    expect([code, opened]).toEqual([1, 0]);
    expect(err).toMatch(words);
  });

  test('says why storage could not be opened', async () => {
    const path = await file('a.csv', gatewayCsv([{}]));
    const { code, out, err } = await run(['import', path], {
      openStores: async () => Promise.reject(new Error('DATA_DIR cannot be written.')),
    });
    expect([code, out, err]).toEqual([1, '', 'DATA_DIR cannot be written.\n']);
  });
});

describe('eval', () => {
  const json = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

  test('prints each line back with the answer, and a summary beside it', async () => {
    const lines = [
      { lang: 'en', text: 'tomorrow', now: '2028-02-28', expect: '2028-02-29', precision: 'day', more: [1] },
      { lang: 'de', text: 'morgen', now: '2028-02-28', expect: '2028-03-01', precision: 'day' },
    ];
    const { code, out, err } = await run(['eval', 'dates', await file('d.jsonl', json(lines))]);
    const got = { date: '2028-02-29', precision: 'day' };
    expect([code, opened]).toEqual([0, 0]);
    expect(out).toBe(json(lines.map((line) => ({ ...line, got }))));
    expect(err).toMatch(/^de +0 +1 +0\.0 %$/m);
    expect(err).toMatch(/^en +1 +1 +100\.0 %$/m);
    expect(err).toMatch(/^all +1 +2 +50\.0 %$/m);
    expect(err).toContain('date: 2028-03-01 (day) → 2028-02-29 (day)');
  });

  test('answers questions with a topic of the playbook', async () => {
    const line = {
      lang: 'en',
      text: 'Is the first e-mail we sent the engagement start date?',
      topic: 'esd-first-contact',
    };
    const { out } = await run(['eval', 'faq', await file('f.jsonl', json([line]))]);
    expect(JSON.parse(out)).toEqual({ ...line, got: { topic: expect.any(String), confidence: expect.any(Number) } });
  });

  test('knows the customers of the sample Gateway file, and judges slot by slot', async () => {
    const line = {
      lang: 'en',
      text: 'Move Litware Teams to 2027-03-03',
      now: '2026-11-20',
      expect: { intent: 'change-start-date', customer: 'Litware', workload: 'intune', date: '2027-03-03' },
    };
    const { out, err } = await run(['eval', 'utterances', await file('u.jsonl', json([line]))]);
    expect(JSON.parse(out)).toEqual({ ...line, got: { ...line.expect, workload: 'teams' } });
    expect(err).toContain('workload: intune → teams');
    expect(err).toMatch(/^customer +1 +1/m);
  });

  test('names malformed lines, answers the others, and ends with 1', async () => {
    const good = JSON.stringify({ lang: 'en', text: 'tomorrow', now: '2028-02-28' });
    const bad = ['{', '5', '{"lang":"en"}', '{"lang":"en","text":"x","now":"2028-02-30"}'];
    const path = await file('d.jsonl', ['\ufeff' + good, '', ...bad, '  ', good].join('\r\n'));
    const { code, out, err } = await run(['eval', 'dates', path]);
    expect([code, out.trim().split('\n').length]).toEqual([1, 2]);
    expect([...err.matchAll(/^line (\d+): ./gm)].map((match) => match[1])).toEqual(['3', '4', '5', '6']);
  });
});

describe('package', () => {
  test('writes the zip where it is told and says where', async () => {
    const out = join(folder, 'new', 'app.zip');
    const ran = await run(['package', '--out', out]);
    expect([ran.code, ran.out, await readdir(join(folder, 'new'))]).toEqual([0, `${out}\n`, ['app.zip']]);
    expect(ran.err).toMatch(/MicrosoftAppId is not set/);
    const manifest = JSON.parse(
      unzip(await readFile(out))
        .get('manifest.json')!
        .toString(),
    ) as { version: string };
    expect(manifest.version).toBe('1.2.3');
  });
});
