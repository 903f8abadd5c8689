import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** Where the Azurite of a DATA_DIR runs, for every process that finds the file. */
const schema = z.object({
  pid: z.number().int(),
  /** The process it ends with. */
  owner: z.number().int(),
  tablePort: z.number().int(),
  queuePort: z.number().int(),
  key: z.string(),
});
export type AzuriteRecord = z.infer<typeof schema>;

const ENDS_WITHIN = 10_000;

const recordFile = (dataDir: string): string => join(dataDir, 'azurite.json');

/** @returns undefined when there is no file, or one that a crash left half written. */
export async function readRecord(dataDir: string): Promise<AzuriteRecord | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(recordFile(dataDir), 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || (error as { code?: string }).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Readable by the user only: it holds the key. */
export async function writeRecord(dataDir: string, record: AzuriteRecord): Promise<void> {
  const draft = `${recordFile(dataDir)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  await rename(draft, recordFile(dataDir));
}

export async function removeRecord(dataDir: string): Promise<void> {
  await rm(recordFile(dataDir), { force: true });
}

/** @returns whether it can be used: owner and child live and the port is answered by Azurite. */
export async function isRunning(record: AzuriteRecord): Promise<boolean> {
  return isAlive(record.owner) && isAlive(record.pid) && (await answers(record));
}

/**
 * Waits until an Azurite whose owner is gone has saved and ended: it does so by itself. One that does not is killed,
 * but only if the process of that id still is an Azurite.
 */
export async function awaitEnd(record: AzuriteRecord): Promise<void> {
  const end = Date.now() + ENDS_WITHIN;
  while (isAlive(record.pid) && (await answersOrSaves(record))) {
    if (Date.now() > end) {
      process.kill(record.pid, 'SIGKILL');
      return;
    }
    await pause(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

async function answers({ tablePort }: AzuriteRecord): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${tablePort}/`, { signal: AbortSignal.timeout(2000) });
    return answer.headers.get('server')?.startsWith('Azurite') ?? false;
  } catch {
    return false;
  }
}

/** A process that closed its port may still be saving; its command line tells it from a stranger with its old id. */
async function answersOrSaves(record: AzuriteRecord): Promise<boolean> {
  if (await answers(record)) {
    return true;
  }
  try {
    return (await readFile(`/proc/${record.pid}/cmdline`, 'utf8')).includes('azurite');
  } catch {
    return false;
  }
}
