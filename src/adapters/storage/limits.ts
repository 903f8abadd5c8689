import { StorageLimitError } from './errors';
import { checkKey } from './keys';
import { packed } from './pack';
import type { ColumnValue, Row } from './row';

/** Azure's limits; Azurite is laxer, so they are held here. */
const MAX_ROWS_PER_TRANSACTION = 100;
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
const MAX_ROW_BYTES = 1024 * 1024;
const MAX_TEXT_UNITS = 32_768;
const MAX_COLUMNS = 252;
/** Boundary, verb, URL and headers of one operation in a batch, generously. */
const OPERATION_OVERHEAD = 2048;

/** @throws StorageLimitError when Azure would refuse the row. */
export function checkRow(row: Row): number {
  checkKey(row.partitionKey);
  checkKey(row.rowKey);
  const columns = Object.entries(row).filter(([name]) => name !== 'partitionKey' && name !== 'rowKey');
  if (columns.length > MAX_COLUMNS) {
    throw new StorageLimitError(`A row of ${columns.length} columns is more than ${MAX_COLUMNS}`);
  }
  const bytes = columns.reduce(
    (sum, [name, value]) => sum + columnBytes(name, value),
    4 + 2 * (row.partitionKey.length + row.rowKey.length),
  );
  if (bytes > MAX_ROW_BYTES) {
    throw new StorageLimitError(`A row of ${bytes} bytes is more than ${MAX_ROW_BYTES}`);
  }
  return bytes;
}

/** @throws StorageLimitError when Azure would refuse the transaction. */
export function checkTransaction(rows: readonly Row[]): void {
  if (rows.length > MAX_ROWS_PER_TRANSACTION) {
    throw new StorageLimitError(`A transaction of ${rows.length} rows is more than ${MAX_ROWS_PER_TRANSACTION}`);
  }
  const rough = rows.reduce((sum, row) => sum + checkRow(row), 0);
  // UTF-8 with JSON escapes is at most three times UTF-16: small transactions need no exact count.
  if (rough * 3 + rows.length * OPERATION_OVERHEAD < MAX_TRANSACTION_BYTES) {
    return;
  }
  const exact = rows.reduce((sum, row) => sum + Buffer.byteLength(JSON.stringify(row)) + OPERATION_OVERHEAD, 0);
  if (exact >= MAX_TRANSACTION_BYTES) {
    throw new StorageLimitError(`A transaction of ${exact} bytes is not less than ${MAX_TRANSACTION_BYTES}`);
  }
}

/** Rows of one partition in as few transactions as Azure takes them. @throws StorageLimitError when it would refuse a row. */
export function batchesOf(rows: readonly Row[]): Row[][] {
  return packed(rows, {
    items: MAX_ROWS_PER_TRANSACTION,
    weight: MAX_TRANSACTION_BYTES,
    weightOf: (row) => checkRow(row) * 3 + OPERATION_OVERHEAD,
  });
}

function columnBytes(name: string, value: ColumnValue | undefined): number {
  if (value === undefined) {
    return 0;
  }
  if (typeof value === 'string' && value.length > MAX_TEXT_UNITS) {
    throw new StorageLimitError(`Column ${name}: ${value.length} characters are more than ${MAX_TEXT_UNITS}`);
  }
  const size =
    typeof value === 'string' ? 4 + 2 * value.length : typeof value === 'object' ? Math.max(8, value.value.length) : 8;
  return 8 + 2 * name.length + size;
}
