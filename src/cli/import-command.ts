import { createReadStream } from 'node:fs';
import { importCustomers } from '../usecases/import-customers';
import type { CliContext } from './cli-context';
import { print, withStores } from './cli-context';
import { fileError } from './operator-error';
import { checkReadable } from './readable-file';

/** Imports a Gateway CSV and prints the report. @returns the exit code: 1 when something was rejected. */
export async function runImport(context: CliContext, path: string): Promise<number> {
  await checkReadable(path);
  const report = await withStores(context, async (stores) => importCustomers(stores, bytesOf(path)));
  await print(context.stdout, JSON.stringify(report));
  return report.rejected.length > 0 ? 1 : 0;
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    throw fileError(path, error);
  }
}
