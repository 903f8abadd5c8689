import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { CopiedRow, TableCopies } from '../../ports/table-copies';
import { OperatorError } from '../operator-error';
import { BACKUP_FORMAT, BACKUP_VERSION, type RowCounts } from './backup-text';
import { byteLines } from './byte-lines';

const header = z.object({ format: z.literal(BACKUP_FORMAT), version: z.number(), at: z.string() });
const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ type: z.enum(['Int64', 'DateTime', 'Guid', 'Binary', 'Double']), value: z.string() }),
]);
const row = z.strictObject({
  table: z.string(),
  partitionKey: z.string(),
  rowKey: z.string(),
  columns: z.record(z.string(), value),
});
const trailer = z.strictObject({ end: z.record(z.string(), z.number()), sha256: z.string() });

const TRUNCATED = 'is not whole: the last line of a backup is missing.';

interface Backup {
  readonly file: FileHandle;
  /** As the operator named it. */
  readonly path: string;
}

/**
 * Reads a whole backup and holds it against its trailer, so that nothing is written of one that is cut off or changed.
 * @returns what it holds. @throws OperatorError naming the line
 */
export async function checkBackup(backup: Backup, copies: TableCopies): Promise<{ at: string; rows: RowCounts }> {
  const read = readBackup(backup, (found) => copies.problemOf(found));
  try {
    for (;;) {
      const next = await read.next();
      if (next.done === true) {
        return next.value;
      }
    }
  } catch (error) {
    throw error instanceof OperatorError ? new OperatorError(`${error.message} Nothing was written.`) : error;
  }
}

/** The rows of a backup, checked as they come; ends only when the trailer agrees with them. @throws OperatorError */
export async function* readBackup(
  { file, path }: Backup,
  problemOf: (row: CopiedRow) => string | undefined,
): AsyncGenerator<CopiedRow, { at: string; rows: RowCounts }> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  let at: string | undefined;
  let end: z.infer<typeof trailer> | undefined;
  for await (const { number, bytes } of byteLines(file, path)) {
    const refuse = (problem: string): OperatorError => new OperatorError(`${path}, line ${number}: ${problem}`);
    const json = parsed(bytes);
    if (end) {
      throw refuse('comes after the last line of the backup.');
    }
    if (at === undefined) {
      at = startOf(json, path);
    } else if (trailer.safeParse(json).success) {
      end = trailer.parse(json);
      compare({ end, rows, sha256: hash.digest('hex') }, refuse);
      continue;
    } else {
      const found = row.safeParse(json);
      const problem = found.success ? problemOf(found.data) : 'is not a row';
      if (!found.success || problem !== undefined) {
        throw refuse(`${problem ?? ''}.`);
      }
      rows[found.data.table] = (rows[found.data.table] ?? 0) + 1;
      yield found.data;
    }
    hash.update(bytes);
  }
  if (at === undefined || end === undefined) {
    throw new OperatorError(`${path} ${at === undefined ? 'is empty; it is not a backup.' : TRUNCATED}`);
  }
  return { at, rows };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function startOf(json: unknown, path: string): string {
  const read = header.safeParse(json);
  if (!read.success) {
    throw new OperatorError(`${path} is not a backup of the FM assistant.`);
  }
  if (read.data.version !== BACKUP_VERSION) {
    throw new OperatorError(
      `${path} is a backup of version ${read.data.version}; this program reads ${BACKUP_VERSION}.`,
    );
  }
  return read.data.at;
}

function compare(
  { end, rows, sha256 }: { end: z.infer<typeof trailer>; rows: RowCounts; sha256: string },
  refuse: (problem: string) => OperatorError,
): void {
  for (const table of new Set([...Object.keys(end.end), ...Object.keys(rows)])) {
    const [said, found] = [end.end[table] ?? 0, rows[table] ?? 0];
    if (said !== found) {
      throw refuse(`there should be ${said} rows of ${table}, there are ${found}.`);
    }
  }
  if (end.sha256 !== sha256) {
    throw refuse('the checksum is another one: the file was changed or damaged.');
  }
}
