import type { ColumnValue, EdmType, Row, StoredRow } from './row';

/** A row as the service writes it in JSON. */
export type JsonRow = Readonly<Record<string, unknown>>;

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
export function decodeRow(json: JsonRow): StoredRow {
  const row: Record<string, unknown> = {};
  const longs: string[] = [];
  for (const name of Object.keys(json)) {
    if (!name.endsWith(TYPE)) {
      row[SYSTEM_COLUMNS[name] ?? name] = json[name];
    } else if (json[name] === 'Edm.Int64') {
      longs.push(name.slice(0, -TYPE.length));
    }
  }
  for (const name of longs) {
    row[name] = BigInt(row[name] as string);
  }
  return row as unknown as StoredRow;
}

const OWN_NAMES: readonly string[] = ['PartitionKey', 'RowKey', 'Timestamp', `Timestamp${TYPE}`];

/** A row as it can be written again: every value with its type, without what the service adds itself. */
export function decodeTypedRow(json: JsonRow): Row {
  const columns: Record<string, ColumnValue> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name.startsWith('odata.') || name.endsWith(TYPE) || OWN_NAMES.includes(name)) {
      continue;
    }
    const type = json[`${name}${TYPE}`];
    columns[name] =
      typeof type === 'string' && type !== 'Edm.String'
        ? { type: type.replace(/^Edm\./, '') as EdmType, value: String(value) }
        : (value as ColumnValue);
  }
  return { ...columns, partitionKey: String(json['PartitionKey']), rowKey: String(json['RowKey']) };
}
