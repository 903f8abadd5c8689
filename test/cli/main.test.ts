import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { gatewayCsv } from '../builders/gateway-csv';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'scripts', 'cli.mjs');

let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => removeFolder(folder));

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_ENV: 'development',
  DATA_DIR: join(folder, 'data'),
  LOG_LEVEL: 'warn',
});

async function cli(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const options = { cwd: folder, env: { ...environment(), ...env }, maxBuffer: 1 << 26 };
    execFile(process.execPath, [PROGRAM, ...args], options, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('the commands as a process, on an Azurite of their own', () => {
  test('import, import again and export find the same storage', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, gatewayCsv([{}, { workload: 'teams' }, { customerId: 'f', seats: 'x' }]));
    const first = await cli(['import', path]);
    expect(first).toMatchObject({ code: 1, err: expect.not.stringContaining(' at ') });
    expect(JSON.parse(first.out)).toMatchObject({ customers: 1, workloads: 2, unchanged: 0, rejected: [{ line: 4 }] });
    expect(JSON.parse((await cli(['import', path])).out)).toMatchObject({ customers: 1, unchanged: 1 });
    const { code, out } = await cli(['export', '--out', 'all.json']);
    expect([code, out]).toEqual([0, '']);
    const all = JSON.parse(await readFile(join(folder, 'all.json'), 'utf8')) as { customers: object[] };
    expect(all.customers).toEqual([
      expect.objectContaining({ id: 'contoso', workloads: [expect.anything(), expect.anything()] }),
    ]);
  });

  test('a reader that goes away ends the export without complaint', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'export'], {
      cwd: folder,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect([code, complaint]).toEqual([0, '']);
  });

  test('a wrong setting is one sentence', async () => {
    const { code, out, err } = await cli(['export'], { PORT: 'x' });
    expect([code, out, err]).toEqual([1, '', 'PORT must be a port number. Example: PORT=3978\n']);
  });

  test('an evaluation needs no storage', async () => {
    const path = join(folder, 'd.jsonl');
    await writeFile(path, '{"lang":"en","text":"tomorrow","now":"2028-02-28"}\n');
    const { code, out } = await cli(['eval', 'dates', path], { DATA_DIR: path });
    expect([code, JSON.parse(out)]).toMatchObject([0, { got: { date: '2028-02-29' } }]);
  });
});
