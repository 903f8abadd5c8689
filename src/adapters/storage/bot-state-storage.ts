import type { Storage, StoreItems } from 'botbuilder-core';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../ports/clock';
import { StateConflictError } from './errors';
import { dayOf, ExpiryHints, expiryText } from './expiry-hints';
import { hashKey } from './keys';
import { textColumns } from './long-text';
import { RowReader } from './row-reader';
import type { StoredRow } from './row';
import type { Table } from './table';

const ROW = 'state';
/** State nobody has written for this long has expired. */
const KEPT = Temporal.Duration.from({ hours: 24 * 90 });

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
  private readonly hints: ExpiryHints;

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {
    this.hints = new ExpiryHints(table, clock);
  }

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

  /** @returns how many were removed. */
  async removeExpired(): Promise<number> {
    return this.hints.settle(async (owner) => this.removeIfExpired(owner));
  }

  /** State that an earlier release has written has no hint yet. */
  async hintEarlier(stopping: AbortSignal): Promise<void> {
    const select = ['PartitionKey', 'RowKey', 'expiresAt'];
    for await (const row of this.table.query({ filter: `RowKey eq '${ROW}'`, select })) {
      if (stopping.aborted) {
        return;
      }
      await this.hint(row.partitionKey, expiryOf(row));
    }
  }

  private async writeOne(key: string, item: StoredItem): Promise<void> {
    const { eTag, ...value } = item;
    const partitionKey = hashKey(key);
    const expiresAt = this.clock.now().add(KEPT);
    const isNew = eTag === undefined || eTag === '*';
    if (isNew) {
      await this.hint(partitionKey, expiresAt);
    }
    const content = textColumns('value', JSON.stringify(value));
    const row = { partitionKey, rowKey: ROW, ...content, expiresAt: expiryText(expiresAt) };
    const written = eTag === '*' ? await this.table.upsert(row, 'Replace') : await this.table.put(row, eTag);
    if (written === undefined) {
      throw new StateConflictError();
    }
    item.eTag = written;
  }

  /**
   * Once a row, not with each word: a clean-up that finds it younger than its hint puts the hint off. Before the row: a
   * crash leaves a look too many, never a row that stays.
   */
  private async hint(owner: string, expiresAt: Temporal.Instant): Promise<void> {
    await this.hints.write([{ owner, on: dayOf(expiresAt).add({ days: 1 }) }]);
  }

  private async removeIfExpired(owner: string): Promise<number> {
    const row = await this.table.get(owner, ROW);
    if (row === undefined) {
      return 0;
    }
    const expiresAt = expiryOf(row);
    if (Temporal.Instant.compare(expiresAt, this.clock.now()) > 0) {
      await this.hint(owner, expiresAt);
      return 0;
    }
    // Written meanwhile = younger now.
    return (await this.table.remove(owner, ROW, row.etag)) ? 1 : this.removeIfExpired(owner);
  }
}

const expiryOf = (row: StoredRow): Temporal.Instant => new RowReader(row).instant('expiresAt');

function itemOf(row: StoredRow | undefined): StoredItem | undefined {
  return row && { ...(new RowReader(row).json('value') as object), eTag: row.etag };
}
