import { open } from 'node:fs/promises';
import type { CliContext, CopiesStores } from './cli-context';
import { print } from './cli-context';
import { checkBackup, readBackup } from './backup/read-backup';
import { fileError, OperatorError } from './operator-error';
import { checkReadable } from './readable-file';

/**
 * Puts a backup back, after reading all of it once: a file that is not whole changes nothing.
 * @param replace remove what is stored first; without it storage has to be empty.
 */
export async function runRestore(context: CliContext, path: string, replace: boolean): Promise<number> {
  await checkReadable(path);
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(path, error);
  });
  try {
    const stores = await context.openCopies();
    try {
      await print(context.stdout, JSON.stringify(await restore(stores, { file, path }, replace)));
    } finally {
      await stores.close();
    }
  } finally {
    await file.close();
  }
  return 0;
}

async function restore(
  { copies }: CopiesStores,
  backup: Parameters<typeof checkBackup>[0],
  replace: boolean,
): Promise<object> {
  const { at, rows } = await checkBackup(backup, copies);
  const isEmpty = await copies.isEmpty();
  if (!isEmpty && !replace) {
    throw new OperatorError('Storage is not empty. Nothing was written; add --replace to remove what is there first.');
  }
  try {
    if (!isEmpty) {
      await copies.clear();
    }
    await copies.write(readBackup(backup, () => undefined));
    return { at, rows, indexed: await copies.rebuildIndexes() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`The restore stopped half way: ${why}. Start it again with --replace before the bot.`);
  }
}
