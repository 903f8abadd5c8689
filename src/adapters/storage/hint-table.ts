import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../ports/clock';
import type { CustomerSummary } from '../../ports/customer-index';
import type { Background } from './background';
import { packSummary, parseSummary, unpackSummary } from './customer-summary';
import { partitionsOf, type HintChanges } from './hints';
import { encodeKey, startsWith } from './keys';
import { textColumns } from './long-text';
import type { Deadline } from './patience';
import type { StoredRow } from './row';
import { RowReader } from './row-reader';
import type { Table } from './table';

/** Longer than any commit can take: until then a pending hint is looked through, but not touched. */
export const COMMIT_SURELY_OVER = Temporal.Duration.from({ seconds: 60 });
const VERIFIED_AT_ONCE = 16;

/** A hint marked as unsettled, and the ETag that only the latest mark has. */
interface Mark {
  readonly partitionKey: string;
  readonly etag: string;
  readonly kept: boolean;
}

/**
 * Summaries of customers under the keys they are looked for by. A commit marks its hints pending, changes the
 * customer, and settles them; a reader that meets a pending hint asks the customer's rows instead.
 */
export class HintTable {
  constructor(
    private readonly table: Table,
    private readonly by: {
      readonly clock: Clock;
      readonly background: Background;
      /** The truth about one customer. */
      readonly truthOf: (customerId: string) => Promise<CustomerSummary | undefined>;
    },
  ) {}

  /** Before the commit: from now on readers of these partitions look at the customer itself. */
  async mark(changes: HintChanges, deadline: Deadline): Promise<Mark[]> {
    const pendingAt = this.by.clock.now().toString();
    const { customerId } = changes.summary;
    const mark = async (partitionKey: string, kept: boolean): Promise<Mark> => {
      const row = { partitionKey, rowKey: encodeKey(customerId), customerId, pendingAt };
      return { partitionKey, kept, etag: await this.table.upsert(row, 'Merge', deadline) };
    };
    return Promise.all([
      ...changes.kept.map(async (partition) => mark(partition, true)),
      ...changes.dropped.map(async (partition) => mark(partition, false)),
    ]);
  }

  /** After the commit. A hint that another commit has marked since is left to that one. */
  async settle(marks: readonly Mark[], summary: CustomerSummary): Promise<void> {
    const writes = marks.map(async ({ partitionKey, etag, kept }) => this.write({ partitionKey, etag }, summary, kept));
    // Each is waited for, failed or not: what is flushed has ended.
    const failures = (await Promise.allSettled(writes)).flatMap((write) =>
      write.status === 'rejected' ? [write.reason as unknown] : [],
    );
    if (failures.length > 0) {
      throw new AggregateError(failures, 'Index rows stay unsettled');
    }
  }

  /** Every customer to be found in the partition, as it is now or as it was when its last commit settled. */
  async read(partitionKey: string): Promise<CustomerSummary[]> {
    const rows: StoredRow[] = [];
    for await (const row of this.table.query({ filter: `PartitionKey eq '${partitionKey}'` })) {
      rows.push(row);
    }
    return this.verified(rows.map((row) => settled(row, unpackSummary) ?? row));
  }

  /** The same for all partitions whose key begins alike: too many to be kept in memory for the next time. */
  async readAll(prefix: string): Promise<CustomerSummary[]> {
    const rows: (CustomerSummary | StoredRow)[] = [];
    for await (const row of this.table.query({ filter: startsWith('PartitionKey', prefix) })) {
      rows.push(settled(row, parseSummary) ?? row);
    }
    return this.verified(rows);
  }

  /** Where a row is pending still, the customer is asked. */
  private async verified(rows: readonly (CustomerSummary | StoredRow)[]): Promise<CustomerSummary[]> {
    const found: (CustomerSummary | undefined)[] = [];
    for (let start = 0; start < rows.length; start += VERIFIED_AT_ONCE) {
      const some = rows.slice(start, start + VERIFIED_AT_ONCE);
      found.push(...(await Promise.all(some.map(async (row) => ('etag' in row ? this.truthBehind(row) : row)))));
    }
    return found.filter((summary) => summary !== undefined);
  }

  private async truthBehind(row: StoredRow): Promise<CustomerSummary | undefined> {
    const read = new RowReader(row);
    const pendingAt = read.instant('pendingAt');
    const truth = await this.by.truthOf(read.text('customerId'));
    const belongs = truth !== undefined && partitionsOf(truth).includes(row.partitionKey);
    if (isOver(this.by.clock, pendingAt)) {
      this.by.background.run(async () => this.repair(row, truth, belongs));
    }
    return belongs ? truth : undefined;
  }

  private async repair(row: StoredRow, truth: CustomerSummary | undefined, belongs: boolean): Promise<void> {
    if (truth === undefined) {
      await this.table.remove(row.partitionKey, row.rowKey, row.etag);
    } else {
      await this.write(row, truth, belongs);
    }
  }

  private async write(
    at: { partitionKey: string; etag: string },
    summary: CustomerSummary,
    kept: boolean,
  ): Promise<void> {
    const { customerId } = summary;
    const key = { partitionKey: at.partitionKey, rowKey: encodeKey(customerId) };
    if (kept) {
      await this.table.put({ ...key, customerId, ...textColumns('summary', packSummary(summary)) }, at.etag);
    } else {
      await this.table.remove(key.partitionKey, key.rowKey, at.etag);
    }
  }
}

/** @returns what the row says of its customer, unless a commit is, or was, about to change that. */
function settled(row: StoredRow, unpack: (text: string) => CustomerSummary): CustomerSummary | undefined {
  return row['pendingAt'] === undefined ? unpack(new RowReader(row).longText('summary')) : undefined;
}

/** @returns whether a commit that wrote its mark at `markedAt` has ended by now, one way or the other. */
export function isOver(clock: Clock, markedAt: Temporal.Instant): boolean {
  return Temporal.Instant.compare(clock.now().subtract(COMMIT_SURELY_OVER), markedAt) > 0;
}
