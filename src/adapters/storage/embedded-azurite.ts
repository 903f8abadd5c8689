import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ACCOUNT, spawnAzurite, type AzuritePorts } from './azurite-process';
import { awaitEnd, isAlive, isRunning, readRecord, removeRecord, writeRecord } from './azurite-record';
import { EmbeddedStorageError } from './errors';

/** Table and queue storage of our own, for development, `npm start` and tests. */
export interface EmbeddedStorage {
  readonly connectionString: string;
  /** False = found running; it ends with the process that started it. */
  readonly owned: boolean;
  /** Ends it if it is ours, with all data on disk. */
  stop(): Promise<void>;
}

const LOCK_PATIENCE = 60_000;
/** Waiting for an earlier one to end, and starting one, have an end of their own before this. */
const LONGEST_START = 50_000;

/**
 * Finds the Azurite of the data directory running, or starts it. However many processes do this at once, one starts it.
 * @throws EmbeddedStorageError with one sentence when the directory or its data cannot be used.
 */
export async function openEmbeddedStorage(dataDir: string): Promise<EmbeddedStorage> {
  const directory = await usable(resolve(dataDir));
  return locked(directory, async () => {
    const record = await readRecord(directory);
    if (record !== undefined) {
      if (await isRunning(record)) {
        return { connectionString: connectionStringOf(record), owned: false, stop: async () => Promise.resolve() };
      }
      await awaitEnd(record);
      await removeRecord(directory);
    }
    return start(directory);
  });
}

/** An Azurite that keeps everything in memory and that nobody else finds. */
export async function openMemoryStorage(): Promise<EmbeddedStorage> {
  return start(undefined);
}

async function start(directory: string | undefined): Promise<EmbeddedStorage> {
  const key = randomBytes(32).toString('base64');
  if (directory !== undefined) {
    await checkData(directory);
  }
  const child = await spawnAzurite(key, directory);
  const { pid, tablePort, queuePort } = child;
  if (directory !== undefined) {
    await writeRecord(directory, { pid, owner: process.pid, tablePort, queuePort, key });
  }
  return {
    connectionString: connectionStringOf({ tablePort, queuePort, key }),
    owned: true,
    stop: async () => {
      await child.stop();
      if (directory !== undefined) {
        await removeRecord(directory);
      }
    },
  };
}

function connectionStringOf({ tablePort, queuePort, key }: AzuritePorts & { key: string }): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${key}`,
    `TableEndpoint=http://127.0.0.1:${tablePort}/${ACCOUNT}`,
    `QueueEndpoint=http://127.0.0.1:${queuePort}/${ACCOUNT}`,
  ].join(';');
}

async function usable(directory: string): Promise<string> {
  try {
    await makeDirectory(directory);
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return directory;
  } catch (error) {
    throw new EmbeddedStorageError(`DATA_DIR ${directory} cannot be used: ${(error as Error).message}`, error);
  }
}

/** Parents first. `mkdir` with `recursive` never ends where a parent exists and takes no folder (/proc). */
async function makeDirectory(directory: string): Promise<void> {
  const parent = dirname(directory);
  if (parent !== directory && !(await isDirectory(parent))) {
    await makeDirectory(parent);
  }
  try {
    await mkdir(directory);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST' || !(await isDirectory(directory))) {
      throw error;
    }
  }
}

const isDirectory = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Azurite starts on a damaged file as if it were empty, and saves over it: look first. */
async function checkData(directory: string): Promise<void> {
  for (const name of ['__azurite_db_table__.json', '__azurite_db_queue__.json']) {
    try {
      JSON.parse(await readFile(join(directory, name), 'utf8'));
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') {
        throw new EmbeddedStorageError(`${join(directory, name)} cannot be read: ${(error as Error).message}`, error);
      }
    }
  }
}

async function locked<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const file = join(directory, 'azurite.lock');
  const end = Date.now() + LOCK_PATIENCE;
  while (!(await take(file))) {
    if (Date.now() > end) {
      throw new EmbeddedStorageError(`Another process has been starting the storage of ${directory} for too long`);
    }
    await pause(50);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') {
      throw new EmbeddedStorageError(`${file} cannot be written: ${(error as Error).message}`, error);
    }
    await removeIfLeft(file);
    return false;
  }
}

/**
 * A lock whose holder is gone holds nothing, nor does one older than any start takes: its holder died before it wrote who
 * it is, or somebody else has its id by now (in a container it is the same each time).
 */
async function removeIfLeft(file: string): Promise<void> {
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  const takenAt = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
  if ((holder > 0 && !isAlive(holder)) || Date.now() - takenAt > LONGEST_START) {
    await rm(file, { force: true });
  }
}
