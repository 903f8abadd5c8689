import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const ROOT = join(__dirname, '..', '..');
const START = join(ROOT, 'scripts', 'start.mjs');

interface Started {
  readonly child: ChildProcess;
  readonly botPort: number;
  readonly playgroundPort: number;
  readonly output: () => string;
  /** Exit code, once it has ended and its output is complete. */
  readonly ended: Promise<number | null>;
}

const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folder;
};
afterAll(async () => Promise.all(folders.map(removeFolder)));

async function start(env: Record<string, string> = {}): Promise<Started> {
  const [botPort, playgroundPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [START], {
    env: {
      ...process.env,
      PORT: String(botPort),
      PLAYGROUND_PORT: String(playgroundPort),
      DATA_DIR: await newFolder(),
      ...env,
    },
  });
  const chunks: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  return { child, botPort, playgroundPort, output: () => chunks.join(''), ended };
}

/** @throws when it ends before it says that it is ready. */
async function ready({ output, ended }: Started): Promise<void> {
  const over = ended.then((code) => {
    throw new Error(`ended with ${code}: ${output()}`);
  });
  const said = (async () => {
    while (!output().includes('Ctrl-C')) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  await Promise.race([said, over]);
}

const answers = async (port: number, path: string): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    (response) => response.ok,
    () => false,
  );

/** What /proc says of a process; nothing of one that has ended meanwhile. */
function toldOf(pid: string, what: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}

/** Process id, parent and command line of whatever runs. */
function processes(): [number, number, string][] {
  return existsSync('/proc/self/stat')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => [Number(name), Number(/\) \S (\d+)/.exec(toldOf(name, 'stat'))?.[1]), toldOf(name, 'cmdline')])
    : execFileSync('ps', ['-ax', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' })
        .split('\n')
        .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
        .map(([, pid, parent, command = '']) => [Number(pid), Number(parent), command]);
}

/** Process id of the bot that `npm start` runs. */
function botOf(pid: number | undefined): number {
  const [bot] = processes().find(([, parent, command]) => parent === pid && /dist[\\/]main\.js/.test(command)) ?? [];
  if (bot === undefined) {
    throw new Error('the bot does not run');
  }
  return bot;
}

describe('npm start', () => {
  it('brings up the bot and the Playground, says so on one screen, and ends all of it on Ctrl-C', async () => {
    const started = await start();
    await ready(started);
    const { botPort, playgroundPort, output, child, ended } = started;
    expect(await answers(botPort, '/readyz')).toBe(true);
    expect(await answers(playgroundPort, '/')).toBe(true);
    expect(output()).toContain(`http://localhost:${playgroundPort}`);
    expect(output().split('\n').length).toBeLessThanOrEqual(40);
    expect(output()).not.toMatch(/warn|deprecat/i);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await answers(botPort, '/healthz')).toBe(false);
    expect(await answers(playgroundPort, '/')).toBe(false);
  });

  it('leaves the Playground away on request, and ends on SIGTERM', async () => {
    const started = await start({ PLAYGROUND: 'off' });
    await ready(started);
    expect(await answers(started.playgroundPort, '/')).toBe(false);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
  });

  it('ends everything when one part dies, and says which', async () => {
    const started = await start();
    await ready(started);
    process.kill(botOf(started.child.pid), 'SIGKILL');
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('The bot stopped (signal SIGKILL)');
    expect(await answers(started.playgroundPort, '/')).toBe(false);
  });

  it.each(['PORT', 'PLAYGROUND_PORT'])('says that the port of %s is in use', async (name) => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, resolve));
    const { port } = server.address() as { port: number };
    const { ended, output } = await start({ [name]: String(port) });
    expect(await ended).toBe(1);
    expect(output()).toBe(
      `Port ${port} (${name}) is in use. Stop the other program, or choose another port: ${name}=${port + 1} npm start\n`,
    );
    server.close();
  });

  it.each([
    ['PORT', 'abc', /^PORT must be a port number\. Example: PORT=3978\n$/],
    ['PLAYGROUND', 'maybe', /^PLAYGROUND must be on or off\. Example: PLAYGROUND=on\n$/],
    ['DATA_DIR', __filename, /^DATA_DIR .+ cannot be read and written \(EEXIST\)\. Example: DATA_DIR=\.data\n$/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL must be .+ Example: LOG_LEVEL=info\n/],
    ['DEFAULT_TIME_ZONE', 'Mars/Olympus', /DEFAULT_TIME_ZONE is not an IANA time zone\. Example: .+\n/],
  ])('refuses %s=%s in a sentence', async (name, value, sentence) => {
    const { ended, output } = await start({ [name]: value });
    expect(await ended).toBe(1);
    expect(output()).toMatch(sentence);
    expect(output()).not.toContain('    at ');
  });
});
