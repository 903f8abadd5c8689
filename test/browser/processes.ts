import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { PATIENCE_MS } from '../patience';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const ROOT = join(__dirname, '..', '..');

/** Someone of the Playground's people. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}
export const ALEX: Person = { id: 'user-id-0', name: 'Alex Wilber', email: 'alexw@example.com' };
export const MEGAN: Person = { id: 'user-id-1', name: 'Megan Bowen', email: 'meganb@example.com' };

/** A process under test. */
export interface Running {
  readonly port: number;
  readonly url: string;
  /** Everything it wrote so far, both streams. */
  readonly output: () => string;
  /** SIGTERM, or the signal given; resolves once it has ended. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

export interface RunningBot extends Running {
  readonly dataDir: string;
}

/**
 * The bot as it is run in production (`dist/main.js`, built if need be), on a free port with the sample customers.
 * Give a `dataDir` to find the data of an earlier one; remove it with `removeFolder` in the end.
 */
export async function startBot(options: { dataDir?: string; env?: Record<string, string> } = {}): Promise<RunningBot> {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { stdio: 'ignore' });
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const port = await freePort();
  const env = { PORT: String(port), DATA_DIR: dataDir, SAMPLE_DATA: 'on', NODE_ENV: 'development', ...options.env };
  const child = spawnNode([join(ROOT, 'dist', 'main.js')], env);
  return { ...(await whenReady(child, port, `http://127.0.0.1:${port}/readyz`)), dataDir };
}

/** A Playground of its own, with `person` signed in. `timeZone` is what it tells the bot. */
export async function startPlayground(
  bot: { readonly url: string },
  { person = ALEX, timeZone = 'UTC' }: { person?: Person; timeZone?: string } = {},
): Promise<Running> {
  const folder = await temporaryFolder();
  const config = join(folder, 'playground.yml');
  writeFileSync(config, JSON.stringify(playgroundConfig(person)));
  const port = await freePort();
  const cli = join(ROOT, 'node_modules', '@microsoft', 'm365agentsplayground', 'cli.js');
  const args = [cli, 'start', '-e', `${bot.url}/api/messages`, '-c', 'msteams', '-p', String(port)];
  const child = spawnNode([...args, '--disable-telemetry'], {
    TZ: timeZone,
    TEAMSAPPTESTER_BROWSER: 'none',
    M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
    M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground.log'),
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
  });
  const running = await whenReady(child, port, `http://127.0.0.1:${port}/`);
  return { ...running, stop: async (signal) => running.stop(signal).finally(async () => removeFolder(folder)) };
}

function spawnNode(args: readonly string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function whenReady(child: ChildProcess, port: number, probe: string): Promise<Running> {
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const output = (): string => chunks.join('');
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await (isOver() ? undefined : ended);
  };
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isUp(probe))) {
    if (isOver() || Date.now() > deadline) {
      await stop('SIGKILL');
      throw new Error(`Not ready: ${probe}\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, url: `http://127.0.0.1:${port}`, output, stop };
}

const isUp = async (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.ok,
    () => false,
  );

/** The Playground insists on five other people. YAML reads JSON. */
function playgroundConfig(person: Person): object {
  const user = ({ id, name, email }: Person, index: number) => ({
    id,
    name,
    email,
    userPrincipleName: email,
    aadObjectId: `00000000-0000-0000-0000-00000000002${index}`,
    givenName: name.split(' ')[0],
    surname: name.split(' ').at(-1),
  });
  const people = [
    ALEX,
    MEGAN,
    ...[2, 3, 4, 5].map((n) => ({ id: `user-id-${n}`, name: `User ${n}`, email: `user${n}@example.com` })),
  ];
  const users = people.map((one, index) => user(one, index));
  return {
    version: '0.1.1',
    tenantId: '00000000-0000-0000-0000-000000000001',
    bot: { id: '00000000-0000-0000-0000-000000000011', name: 'FM assistant' },
    currentUser: users.find(({ id }) => id === person.id) ?? user(person, 9),
    users: users.filter(({ id }) => id !== person.id),
    personalChat: { id: `personal-chat-${person.id}` },
    groupChat: { id: 'group-chat', name: 'Group Chat' },
    team: {
      id: 'team-id',
      name: 'Team',
      aadGroupId: '00000000-0000-0000-0000-000000000031',
      channels: [{ id: 'channel-id', name: 'Announcements' }],
    },
  };
}
