import type { Storage, StoreItems } from 'botbuilder-core';
import type { Clock } from '../../ports/clock';
import { StateConflictError } from './errors';
import { hashKey } from './keys';
import { textColumns } from './long-text';
import { RowReader } from './row-reader';
import type { StoredRow } from './row';
import type { Table } from './table';

const ROW = 'state';
/** State nobody has written for this long has expired. */
const KEPT_FOR_MS = 90 * 86_400_000;

interface StoredItem {
  eTag?: string;
  readonly [property: string]: unknown;
}

/**
 * Bot state on Table Storage, one row per key, with ETags that hold: an item is written only over the version it was
 * read with. `eTag` absent = the key must not exist yet; `*` = whatever is there. BotState of the SDK always sends
 * `*`, so whoever wants the protection writes here directly.
 */
export class BotStateStorage implements Storage {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async read(keys: string[]): Promise<StoreItems> {
    const entries = await Promise.all(
      keys.map(async (key) => [key, itemOf(await this.table.get(hashKey(key), ROW))] as const),
    );
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }

  /**
   * Tells the new ETag on each item, so that a second write of it needs no read.
   * @throws StateConflictError when a key has changed; StorageLimitError beyond 1 MiB. Other keys may be written.
   */
  async write(changes: StoreItems): Promise<void> {
    await Promise.all(Object.entries(changes).map(async ([key, item]) => this.writeOne(key, item as StoredItem)));
  }

  /** Deletes whatever is there. */
  async delete(keys: string[]): Promise<void> {
    await Promise.all(keys.map(async (key) => this.table.remove(hashKey(key), ROW, '*')));
  }

  private async writeOne(key: string, item: StoredItem): Promise<void> {
    const { eTag, ...value } = item;
    const expiresAt = new Date(this.clock.now().epochMilliseconds + KEPT_FOR_MS).toISOString();
    const row = { partitionKey: hashKey(key), rowKey: ROW, ...textColumns('value', JSON.stringify(value)), expiresAt };
    const written = eTag === '*' ? await this.table.upsert(row, 'Replace') : await this.table.put(row, eTag);
    if (written === undefined) {
      throw new StateConflictError();
    }
    item.eTag = written;
  }
}

function itemOf(row: StoredRow | undefined): StoredItem | undefined {
  return row && { ...(new RowReader(row).json('value') as object), eTag: row.etag };
}
