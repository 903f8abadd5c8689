import { TableClient, type TableEntity } from '@azure/data-tables';
import { TABLE_NAMES, type TableName } from '../../src/adapters/storage/tables';

export type RawRows = Readonly<Record<TableName, readonly TableEntity[]>>;

const clientOf = (connectionString: string, name: string): TableClient =>
  TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });

/** Every row of every table, types included, as the service tells them. */
export async function readRows(connectionString: string): Promise<RawRows> {
  const tables = await Promise.all(
    TABLE_NAMES.map(async (name) => {
      const rows: TableEntity[] = [];
      const entities = clientOf(connectionString, name).listEntities({ disableTypeConversion: true });
      for await (const { etag, timestamp, ...row } of entities) {
        void [etag, timestamp];
        rows.push(row as TableEntity);
      }
      return [name, rows] as const;
    }),
  );
  return Object.fromEntries(tables) as Record<TableName, TableEntity[]>;
}

/** Puts rows into empty tables as they were. */
export async function writeRows(connectionString: string, rows: Partial<RawRows>): Promise<void> {
  for (const [name, entities] of Object.entries(rows)) {
    const client = clientOf(connectionString, name);
    await client.createTable();
    await Promise.all(entities.map(async (row) => client.createEntity(row)));
  }
}
