import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { backupText } from './backup/backup-text';
import type { CliContext } from './cli-context';
import { print } from './cli-context';
import { writeFileWhole } from './output';

/** Writes every stored row into a file, which is there only once it is complete, and prints how many rows. */
export async function runBackup(context: CliContext, out: string): Promise<number> {
  const stores = await context.openCopies();
  try {
    let rows: unknown;
    async function* text(): AsyncGenerator<string> {
      rows = yield* backupText(stores.copies, stores.clock.now().toString({ smallestUnit: 'second' }));
    }
    await writeFileWhole(out, async (file) => pipeline(Readable.from(text()), file, { end: false }));
    await print(context.stdout, JSON.stringify({ rows }));
  } finally {
    await stores.close();
  }
  return 0;
}
