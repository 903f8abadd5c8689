import type { ColumnValue, Row, StoredRow } from './row';

const TYPE = '@odata.type';
const SYSTEM_COLUMNS: Readonly<Record<string, string>> = {
  PartitionKey: 'partitionKey',
  RowKey: 'rowKey',
  'odata.etag': 'etag',
};

/** A row as the service takes it. Undefined columns are left out. */
export function encodeRow({ partitionKey, rowKey, ...columns }: Row): Record<string, unknown> {
  const json: Record<string, unknown> = { PartitionKey: partitionKey, RowKey: rowKey };
  for (const [name, value] of Object.entries(columns as Readonly<Record<string, ColumnValue | undefined>>)) {
    if (typeof value === 'object') {
      json[name] = value.value;
      json[`${name}${TYPE}`] = `Edm.${value.type}`;
    } else if (value !== undefined) {
      json[name] = value;
    }
  }
  return json;
}

/** A row as the service tells it; 64-bit numbers become bigints, as the SDK reads them. */
export function decodeRow(json: Readonly<Record<string, unknown>>): StoredRow {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(json)) {
    if (!name.endsWith(TYPE)) {
      const isLong = typeof value === 'string' && json[`${name}${TYPE}`] === 'Edm.Int64';
      row[SYSTEM_COLUMNS[name] ?? name] = isLong ? BigInt(value) : value;
    }
  }
  return row as unknown as StoredRow;
}
