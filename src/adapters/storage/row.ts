/** Kinds of value that JSON has none for. We write `Int64` only; rows are copied with whatever they have. */
export type EdmType = 'Int64' | 'DateTime' | 'Guid' | 'Binary' | 'Double';

/** What a column may hold; 64-bit numbers are tagged because a bare number is taken for 32 bits. */
export type ColumnValue = string | number | boolean | { readonly type: EdmType; readonly value: string };

export type Columns = Readonly<Record<string, ColumnValue | undefined>>;

/** A row to be written; undefined columns are left out. */
export type Row = Columns & { readonly partitionKey: string; readonly rowKey: string };

/** A row as it was read. */
export interface StoredRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
  readonly [column: string]: unknown;
}

/** A whole number that may be beyond 32 bits. */
export function int64(value: number): ColumnValue {
  return { type: 'Int64', value: String(value) };
}
