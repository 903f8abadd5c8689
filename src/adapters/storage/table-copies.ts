import type { CopiedRow, TableCopies } from '../../ports/table-copies';
import { CUSTOMER_ROW } from './customer-rows';
import { StorageLimitError, StorageRefusedError, StorageUnavailableError } from './errors';
import { checkRow } from './limits';
import type { Columns, Row } from './row';
import type { Table } from './table';
import { TABLE_NAMES, type TableName, type Tables } from './tables';

/** Made from the customers' rows: a copy of them could only be older or newer than what they are made from. */
const DERIVED: readonly TableName[] = ['customerhints', 'duereminders'];
const COPIED = TABLE_NAMES.filter((name) => !DERIVED.includes(name));
const AT_ONCE = 8;
/** As Azure documents it: a file with such a key would stop the restore half way, when all that was there is gone. */
const REFUSED_IN_KEYS = /[/\\#?\p{Cc}]/u;
/** How often a customer is read again because somebody changed it meanwhile, or a table because rows went meanwhile. */
const TRIES = 20;

/** Every row of Table Storage as it is. */
export class AllTables implements TableCopies {
  readonly names = COPIED;

  constructor(
    private readonly tables: Tables,
    private readonly customers: {
      allIds(): AsyncIterable<string>;
      reindex(customerId: string): Promise<void>;
    },
  ) {}

  async *rows(name: string): AsyncGenerator<CopiedRow> {
    const table = this.table(name);
    if (name !== ('customers' satisfies TableName)) {
      yield* copied(name, table.raw());
      return;
    }
    for await (const partition of byPartition(table.raw())) {
      yield* copied(name, await asOneCommit(table, partition));
    }
  }

  problemOf(row: CopiedRow): string | undefined {
    if (!this.names.includes(row.table as TableName)) {
      return `there is no table ${JSON.stringify(row.table)}`;
    }
    if (REFUSED_IN_KEYS.test(row.partitionKey + row.rowKey)) {
      return 'a key has characters that storage does not take';
    }
    try {
      checkRow(rowOf(row));
      return undefined;
    } catch (error) {
      if (error instanceof StorageLimitError) {
        return error.message;
      }
      throw error;
    }
  }

  async isEmpty(): Promise<boolean> {
    const empty = await Promise.all(TABLE_NAMES.map(async (name) => isTableEmpty(this.table(name))));
    return !empty.includes(false);
  }

  async clear(): Promise<void> {
    for (const name of TABLE_NAMES) {
      await clearTable(this.table(name));
    }
  }

  async write(rows: AsyncIterable<CopiedRow>): Promise<void> {
    await this.tables.prepare();
    await eachPartition(rows, async (partition) => {
      const table = this.table(partition[0]?.table ?? '');
      await table.transactAll(partition.map(rowOf), (row) => ['upsert', row, 'Replace']);
    });
  }

  async rebuildIndexes(): Promise<number> {
    let count = 0;
    const ids = this.customers.allIds()[Symbol.asyncIterator]();
    const worker = async (): Promise<void> => {
      for (let next = await ids.next(); next.done !== true; next = await ids.next()) {
        await this.customers.reindex(next.value);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return count;
  }

  private table(name: string): Table {
    return this.tables.table[name as TableName];
  }
}

/** A commit that comes between two pages would leave half of itself in the copy: then the customer is read again. */
async function asOneCommit(table: Table, first: readonly Row[]): Promise<readonly Row[]> {
  const { partitionKey } = first[0] ?? { partitionKey: '' };
  const writersOf = (rows: readonly Row[]): unknown => rows.find((row) => row.rowKey === CUSTOMER_ROW)?.['writers'];
  let rows = first;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const now = await table.get(partitionKey, CUSTOMER_ROW);
    if (now?.['writers'] === writersOf(rows)) {
      return rows;
    }
    const again: Row[] = [];
    for await (const row of table.raw({ filter: `PartitionKey eq '${partitionKey}'` })) {
      again.push(row);
    }
    rows = again;
  }
  throw new StorageUnavailableError(new Error('A customer was changed too often to be read'));
}

async function isTableEmpty(table: Table): Promise<boolean> {
  for await (const row of table.raw({ select: ['PartitionKey'] })) {
    void row;
    return false;
  }
  return true;
}

/** Again where a batch was refused because one of its rows had gone already: then all the others are still there. */
async function clearTable(table: Table): Promise<void> {
  for (let tries = 0; tries < TRIES && !(await isTableEmpty(table)); tries += 1) {
    await eachPartition(table.raw({ select: ['PartitionKey', 'RowKey'] }), async (rows) => {
      await table
        .transactAll(rows, ({ partitionKey, rowKey }) => ['delete', { partitionKey, rowKey, etag: '*' }])
        .catch((error: unknown) => {
          if (!(error instanceof StorageRefusedError && error.status === 404)) {
            throw error;
          }
        });
    });
  }
}

async function* copied(table: string, rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<CopiedRow> {
  for await (const { partitionKey, rowKey, ...columns } of rows) {
    yield { table, partitionKey, rowKey, columns: columns as CopiedRow['columns'] };
  }
}

const rowOf = ({ partitionKey, rowKey, columns }: CopiedRow): Row => ({
  ...(columns as Columns),
  partitionKey,
  rowKey,
});

/** Neighbours of one partition (and one table), together. */
async function* byPartition<T extends { readonly partitionKey: string; readonly table?: unknown }>(
  rows: AsyncIterable<T>,
): AsyncGenerator<T[]> {
  let open: T[] = [];
  for await (const row of rows) {
    const [first] = open;
    if (first && (first.partitionKey !== row.partitionKey || first.table !== row.table)) {
      yield open;
      open = [];
    }
    open.push(row);
  }
  if (open.length > 0) {
    yield open;
  }
}

async function eachPartition<T extends { readonly partitionKey: string; readonly table?: unknown }>(
  rows: AsyncIterable<T>,
  work: (partition: readonly T[]) => Promise<void>,
): Promise<void> {
  const partitions = byPartition(rows);
  const worker = async (): Promise<void> => {
    for (let next = await partitions.next(); next.done !== true; next = await partitions.next()) {
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
