import type { Storage, StoreItems } from 'botbuilder-core';
import { StateConflictError } from '../../src/adapters/storage/errors';

/** Bot state in memory with ETags that hold; the same meaning of `eTag` as in `BotStateStorage`. */
export class FakeBotState implements Storage {
  private readonly kept = new Map<string, { json: string; eTag: string }>();
  private writes = 0;

  async read(keys: string[]): Promise<StoreItems> {
    const items: StoreItems = {};
    for (const key of keys) {
      const kept = this.kept.get(key);
      if (kept !== undefined) {
        items[key] = { ...(JSON.parse(kept.json) as object), eTag: kept.eTag };
      }
    }
    return items;
  }

  async write(changes: StoreItems): Promise<void> {
    for (const [key, item] of Object.entries(changes) as [string, { eTag?: string }][]) {
      const { eTag, ...value } = item;
      if (eTag !== '*' && eTag !== this.kept.get(key)?.eTag) {
        throw new StateConflictError();
      }
      this.writes += 1;
      this.kept.set(key, { json: JSON.stringify(value), eTag: `W/"${this.writes}"` });
      item.eTag = `W/"${this.writes}"`;
    }
  }

  async delete(keys: string[]): Promise<void> {
    keys.forEach((key) => this.kept.delete(key));
  }
}
