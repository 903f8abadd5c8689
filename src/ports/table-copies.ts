/** A value as it is kept; what JSON has no kind for says its own (`Int64`, `DateTime`, `Guid`, `Binary`, `Double`). */
export type CopiedValue = string | number | boolean | { readonly type: string; readonly value: string };

/** One stored row, whatever it means. */
export interface CopiedRow {
  readonly table: string;
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly columns: Readonly<Record<string, CopiedValue>>;
}

/**
 * The stored rows themselves, for backup and restore. Rows that are made from others (indexes, due hints) are not
 * copied: they are made again.
 */
export interface TableCopies {
  /** The tables that are copied, in the order they have to be read in. */
  readonly names: readonly string[];
  /** Every row of one table. A customer's rows come together and belong together, whatever is being written meanwhile. */
  rows(table: string): AsyncIterable<CopiedRow>;
  /** @returns why storage would refuse the row, or undefined. */
  problemOf(row: CopiedRow): string | undefined;
  /** Whether no table holds anything. */
  isEmpty(): Promise<boolean>;
  /** Removes every row, of the indexes too. */
  clear(): Promise<void>;
  /** Writes rows as they are over whatever is there, several partitions at a time. */
  write(rows: AsyncIterable<CopiedRow>): Promise<void>;
  /** Makes the index and due rows of every customer from the customer's own rows. @returns how many customers. */
  rebuildIndexes(): Promise<number>;
}
