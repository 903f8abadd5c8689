import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { EmbeddedStorageError } from './errors';

/** The ports the system chose. */
export interface AzuritePorts {
  readonly tablePort: number;
  readonly queuePort: number;
}

export interface AzuriteProcess extends AzuritePorts {
  readonly pid: number;
  /** Ends it gently: data is written to disk before it exits. */
  stop(): Promise<void>;
}

export const ACCOUNT = 'local';
const START_TIMEOUT = 30_000;
const STOP_TIMEOUT = 10_000;

/**
 * Starts Azurite as a child that ends, data saved, as soon as the channel to its parent closes: asked to, or because
 * the parent is gone, however it went. Ctrl-C does not reach it, so that turns under way can still write.
 * @param location folder for the data; undefined = in memory.
 * @throws EmbeddedStorageError when it does not come up.
 */
export async function spawnAzurite(key: string, location: string | undefined): Promise<AzuriteProcess> {
  const child = spawn(process.execPath, ['-e', bootstrap(), '--', ...flags(location)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
  });
  const ports = await portsOf(child);
  return { pid: child.pid ?? 0, ...ports, stop: async () => stop(child) };
}

/** Seconds. Longer than our clients keep an idle connection, as Azure does; Node's five would have each burst open its own. */
const KEEP_ALIVE = '120';

function flags(location: string | undefined): string[] {
  const place = location === undefined ? ['--inMemoryPersistence'] : ['--location', location];
  const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const kept = ['--tableKeepAliveTimeout', KEEP_ALIVE, '--queueKeepAliveTimeout', KEEP_ALIVE];
  return ['--silent', '--disableTelemetry', '--skipApiVersionCheck', ...ports, ...kept, ...place];
}

function bootstrap(): string {
  const entry = JSON.stringify(entryPoint());
  // What it cannot save it must not go on acknowledging: it ends, and its callers hear that storage is away.
  const saveOrEnd = [
    `const fs = require('fs'), write = fs.writeFile;`,
    `fs.writeFile = (file, ...rest) => { const done = rest.pop(); write(file, ...rest, (error) => {`,
    `if (error && String(file).endsWith('.json~')) { process.stderr.write(String(error)); process.exit(1); }`,
    `done(error); }); };`,
  ].join('');
  // Its log goes to a pipe whose reader may be dead: that must not keep it from saving.
  return [
    `process.stdout.on('error', () => {}); process.stderr.on('error', () => {});`,
    saveOrEnd,
    `process.on('disconnect', () => process.emit('SIGTERM') || process.exit());`,
    `process.argv.splice(1, 0, ${entry}); require(${entry});`,
  ].join('');
}

function entryPoint(): string {
  try {
    return require.resolve('azurite/dist/src/azurite.js');
  } catch (error) {
    throw new EmbeddedStorageError(
      'The embedded storage is not installed here (a development dependency): set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT',
      error,
    );
  }
}

async function portsOf(child: ChildProcess): Promise<AzuritePorts> {
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + String(chunk)).slice(-10_000);
  };
  child.stderr?.on('data', collect);
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      child.kill('SIGKILL');
      reject(new EmbeddedStorageError(`The embedded storage did not start: ${what}`));
    };
    const timer = setTimeout(() => fail(`no answer within ${START_TIMEOUT / 1000} s`), START_TIMEOUT);
    child.once('error', (error) => fail(error.message));
    const endedEarly = (): void => fail(output.trim().split('\n').at(-1) ?? 'it ended at once');
    child.once('exit', endedEarly);
    child.stdout?.on('data', (chunk: Buffer) => {
      collect(chunk);
      const [queuePort, tablePort] = [portIn(output, 'Queue'), portIn(output, 'Table')];
      if (queuePort !== undefined && tablePort !== undefined) {
        clearTimeout(timer);
        child.off('exit', endedEarly);
        resolve({ queuePort, tablePort });
      }
    });
  });
}

function portIn(output: string, service: string): number | undefined {
  const found = new RegExp(`Azurite ${service} service is successfully listening at http://[^\\s]*:(\\d+)`).exec(
    output,
  );
  return found === null ? undefined : Number(found[1]);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  if (child.connected) {
    child.disconnect();
  }
  await ended;
  clearTimeout(timer);
}
