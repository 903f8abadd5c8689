import type { Clock } from '../../ports/clock';
import type { CustomerSummary, NamedCustomer, TypedWord } from '../../ports/customer-index';
import { unpackSummary } from './customer-summary';
import { encodeKey, startsWith } from './keys';
import { namePrefixes } from './name-words';
import type { StoredRow } from './row';
import { RowReader } from './row-reader';
import type { Table } from './table';

/** The partitions in which names were kept before, by the first two letters of each word; nobody writes there now. */
const EARLIER = 'name:';
export const isEarlierName = (partitionKey: string): boolean => partitionKey.startsWith(EARLIER);

/** Says that no row is left of those. */
const DONE = { partitionKey: 'moved', rowKey: 'names' };
const LOOK_AGAIN_MS = 60_000;
const AT_ONCE = 8;

/**
 * Names as earlier versions wrote them. They are found until they have been moved to where names are now; the rows that
 * are left are the list of what is to do, also for what an instance of an earlier version writes beside newer ones.
 */
export class EarlierNames {
  private isDone = false;
  private askedAt = -Infinity;

  constructor(
    private readonly table: Table,
    private readonly by: {
      readonly clock: Clock;
      readonly truthOf: (customerId: string) => Promise<CustomerSummary | undefined>;
      /** Writes the rows by which a customer is found by name now, unless there are any. */
      readonly addNames: (customerId: string) => Promise<void>;
    },
  ) {}

  /** Customers one of whose words begins with the same two letters, among those that are still kept so. */
  async likeAny(words: readonly TypedWord[]): Promise<readonly NamedCustomer[]> {
    if (words.length === 0 || (await this.areMoved())) {
      return [];
    }
    const prefixes = namePrefixes(words.map(({ word }) => word).join(' '));
    return (await Promise.all(prefixes.map(async (prefix) => this.read(prefix)))).flat();
  }

  /**
   * Moves what is left, and says so when there is nothing. Any instance may do it at any time, and break off.
   * @returns how many rows were moved.
   */
  async move(stopping: AbortSignal): Promise<number> {
    let moved = 0;
    const adding = new Map<string, Promise<void>>();
    const add = async (customerId: string): Promise<void> => {
      const added = adding.get(customerId) ?? this.by.addNames(customerId);
      adding.set(customerId, added);
      return added;
    };
    for await (const rows of inGroups(this.table.query({ filter: startsWith('PartitionKey', EARLIER) }))) {
      if (stopping.aborted) {
        return moved;
      }
      await Promise.all(rows.map(async (row) => this.moveRow(row, add)));
      moved += rows.length;
    }
    if (moved === 0 && !(await this.areMoved())) {
      await this.table.upsert(DONE, 'Replace');
    }
    return moved;
  }

  /** A row that an earlier version has changed meanwhile stays for the next time. */
  private async moveRow(row: StoredRow, add: (customerId: string) => Promise<void>): Promise<void> {
    await add(new RowReader(row).text('customerId'));
    await this.table.remove(row.partitionKey, row.rowKey, row.etag);
  }

  private async areMoved(): Promise<boolean> {
    const now = this.by.clock.now().epochMilliseconds;
    if (!this.isDone && now - this.askedAt >= LOOK_AGAIN_MS) {
      this.isDone = (await this.table.get(DONE.partitionKey, DONE.rowKey)) !== undefined;
      this.askedAt = now;
    }
    return this.isDone;
  }

  private async read(prefix: string): Promise<CustomerSummary[]> {
    const rows: StoredRow[] = [];
    for await (const row of this.table.query({ filter: `PartitionKey eq '${EARLIER}${encodeKey(prefix)}'` })) {
      rows.push(row);
    }
    const summaries = rows.map(async (row) =>
      row['pendingAt'] === undefined
        ? unpackSummary(new RowReader(row).longText('summary'))
        : this.by.truthOf(new RowReader(row).text('customerId')),
    );
    return (await Promise.all(summaries)).filter((summary) => summary !== undefined);
  }
}

async function* inGroups(rows: AsyncIterable<StoredRow>): AsyncGenerator<readonly StoredRow[]> {
  let group: StoredRow[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length === AT_ONCE) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) {
    yield group;
  }
}
