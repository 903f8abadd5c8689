import { createHash } from 'node:crypto';
import type { CopiedRow, TableCopies } from '../../ports/table-copies';

/** The first line of a backup says what it is; the number changes when an older program could not read it. */
export const BACKUP_FORMAT = 'fm-assistant-backup';
export const BACKUP_VERSION = 1;

/** How many rows of each table. */
export type RowCounts = Readonly<Record<string, number>>;

/**
 * A backup as JSON Lines: a header, a line per row, and a trailer with the number of rows and the SHA-256 of every byte
 * before it. It is made while it is written, and the bot may go on working meanwhile.
 * @param at ISO 8601.
 */
export async function* backupText(copies: TableCopies, at: string): AsyncGenerator<string, RowCounts> {
  const hash = createHash('sha256');
  const counts: Record<string, number> = {};
  const line = (value: object): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ format: BACKUP_FORMAT, version: BACKUP_VERSION, at, tables: copies.names });
  for (const table of copies.names) {
    counts[table] = 0;
    for await (const row of copies.rows(table)) {
      counts[table] += 1;
      yield line(row satisfies CopiedRow);
    }
  }
  yield `${JSON.stringify({ end: counts, sha256: hash.digest('hex') })}\n`;
  return counts;
}
