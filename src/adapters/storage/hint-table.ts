import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../ports/clock';
import type { CustomerSummary, NamedCustomer } from '../../ports/customer-index';
import { BoundedMap } from '../bounded-map';
import type { Background } from './background';
import { parseSummary, unpackSummary } from './customer-summary';
import { hintKeysOf, hintRow, isHintOf, nameKeysOf, type HintChanges, type HintKey } from './hints';
import { startsWith } from './keys';
import { NAMES, type KeyRange } from './name-keys';
import type { Found } from './name-search';
import type { Deadline } from './patience';
import type { RowAction } from './row-batch';
import type { Row, StoredRow } from './row';
import { RowReader } from './row-reader';
import type { Table } from './table';

/** Longer than any commit can take: until then a pending hint is looked through, but not touched. */
export const COMMIT_SURELY_OVER = Temporal.Duration.from({ seconds: 60 });
const VERIFIED_AT_ONCE = 16;
/** Rows read of a range of names: who has more namesakes than this is asked for more exactly. */
const MOST_NAMED = 100;
/** Names kept as objects, with what is worked out to find them: some kilobytes each. */
const MOST_NAMES_KEPT = 5000;

/** A hint marked as unsettled, and the ETag that only the latest mark has. */
interface Mark extends HintKey {
  readonly etag: string;
}

/**
 * Summaries of customers under the keys they are looked for by. A commit marks its hints pending, changes the
 * customer, and settles them; a reader that meets a pending hint asks the customer's rows instead.
 */
export class HintTable {
  private readonly names = new BoundedMap<string, NamedCustomer>(MOST_NAMES_KEPT);

  constructor(
    private readonly table: Table,
    private readonly by: {
      readonly clock: Clock;
      readonly background: Background;
      /** The truth about one customer. */
      readonly truthOf: (customerId: string) => Promise<CustomerSummary | undefined>;
    },
  ) {}

  /** Before the commit: from now on readers of these rows look at the customer itself. */
  async mark(changes: HintChanges, deadline: Deadline): Promise<Mark[]> {
    const rows = this.pending([...changes.kept, ...changes.dropped], changes.summary);
    const names = rows.filter(isName);
    const marks = await Promise.all([
      this.markNames(names, deadline),
      ...rows.filter((row) => !isName(row)).map(async (row) => this.markOne(row, deadline)),
    ]);
    return marks.flat();
  }

  /** After the commit. A hint that another commit has marked since is left to that one. */
  async settle(marks: readonly Mark[], summary: CustomerSummary): Promise<void> {
    const names = marks.filter(isName);
    const writes = marks.filter((mark) => !isName(mark)).map(async (mark) => this.write(mark, summary));
    // Each is waited for, failed or not: what is flushed has ended.
    const settled = await Promise.allSettled([this.settleNames(names, summary), ...writes]);
    const failures = settled.flatMap((write) => (write.status === 'rejected' ? [write.reason as unknown] : []));
    if (failures.length > 0) {
      throw new AggregateError(failures, 'Index rows stay unsettled');
    }
  }

  /**
   * Makes a customer known by name that has no such rows yet. Where there are any, a commit or another instance has
   * written them, or is about to: they are left alone. Commits that come between make these pending, or take them away.
   */
  async addNames(customerId: string): Promise<void> {
    const before = await this.by.truthOf(customerId);
    const rows = before === undefined ? [] : this.pending(nameKeysOf(before), before);
    const marks = await this.createNames(rows);
    const now = marks.length === 0 ? undefined : await this.by.truthOf(customerId);
    if (now !== undefined) {
      await this.settle(marks, now);
    }
  }

  /** Customers with a name in the range, the first ones in the order of their keys where there are many. */
  async readNames({ from, before }: KeyRange): Promise<Found> {
    const filter = `PartitionKey eq '${NAMES}' and RowKey ge '${from}' and RowKey lt '${before}'`;
    const rows: StoredRow[] = [];
    for await (const row of this.table.query({ filter, limit: MOST_NAMED })) {
      rows.push(row);
    }
    const customers = await this.verified<NamedCustomer>(rows.map((row) => settled(row, () => this.named(row)) ?? row));
    return { customers, isAll: rows.length < MOST_NAMED };
  }

  /** Every customer to be found in the partition, as it is now or as it was when its last commit settled. */
  async read(partitionKey: string): Promise<CustomerSummary[]> {
    const rows: StoredRow[] = [];
    for await (const row of this.table.query({ filter: `PartitionKey eq '${partitionKey}'` })) {
      rows.push(row);
    }
    return this.verified(rows.map((row) => settled(row, summaryIn) ?? row));
  }

  /** The same for all partitions whose key begins alike: too many to be kept in memory for the next time. */
  async readAll(prefix: string): Promise<CustomerSummary[]> {
    const rows: (CustomerSummary | StoredRow)[] = [];
    for await (const row of this.table.query({ filter: startsWith('PartitionKey', prefix) })) {
      rows.push(settled(row, summaryReadOnce) ?? row);
    }
    return this.verified(rows);
  }

  private pending(keys: readonly HintKey[], { customerId }: CustomerSummary): Row[] {
    const pendingAt = this.by.clock.now().toString();
    return keys.map(({ partitionKey, rowKey }) => ({ partitionKey, rowKey, customerId, pendingAt }));
  }

  private async markOne(row: Row, deadline: Deadline): Promise<Mark[]> {
    return [{ ...row, etag: await this.table.upsert(row, 'Merge', deadline) }];
  }

  private async markNames(rows: readonly Row[], deadline: Deadline): Promise<Mark[]> {
    return this.markTogether(
      rows.map((row) => ['upsert', row, 'Merge']),
      deadline,
    );
  }

  private async createNames(rows: readonly Row[]): Promise<Mark[]> {
    return this.markTogether(rows.map((row) => ['create', row]));
  }

  /** @returns no marks where a condition did not hold. */
  private async markTogether(
    actions: readonly (readonly ['create', Row] | readonly ['upsert', Row, 'Merge'])[],
    deadline?: Deadline,
  ): Promise<Mark[]> {
    const etags = actions.length === 0 ? [] : await this.table.changeTogether(actions, deadline);
    return actions.flatMap(([, { partitionKey, rowKey }], place) => {
      const etag = etags?.[place];
      return etag === undefined ? [] : [{ partitionKey, rowKey, etag }];
    });
  }

  private async settleNames(marks: readonly Mark[], summary: CustomerSummary): Promise<void> {
    const kept = new Set(hintKeysOf(summary).map(({ rowKey }) => rowKey));
    const actions = marks.map((mark): RowAction =>
      kept.has(mark.rowKey) ? ['update', hintRow(mark, summary), 'Replace', mark] : ['delete', mark],
    );
    if (actions.length > 0) {
      await this.table.changeTogether(actions);
    }
  }

  /** Where a row is pending still, the customer is asked. */
  private async verified<T extends NamedCustomer>(rows: readonly (T | StoredRow)[]): Promise<(T | CustomerSummary)[]> {
    const found: (T | CustomerSummary | undefined)[] = [];
    for (let start = 0; start < rows.length; start += VERIFIED_AT_ONCE) {
      const some = rows.slice(start, start + VERIFIED_AT_ONCE);
      found.push(...(await Promise.all(some.map(async (row) => (isRow(row) ? this.truthBehind(row) : row)))));
    }
    return found.filter((summary) => summary !== undefined);
  }

  private async truthBehind(row: StoredRow): Promise<CustomerSummary | undefined> {
    const read = new RowReader(row);
    const pendingAt = read.instant('pendingAt');
    const truth = await this.by.truthOf(read.text('customerId'));
    if (isOver(this.by.clock, pendingAt)) {
      this.by.background.run(async () => this.repair(row, truth));
    }
    return truth !== undefined && isHintOf(truth, row) ? truth : undefined;
  }

  private async repair(row: StoredRow, truth: CustomerSummary | undefined): Promise<void> {
    if (truth === undefined) {
      await this.table.remove(row.partitionKey, row.rowKey, row.etag);
    } else {
      await this.write(row, truth);
    }
  }

  private async write(at: Mark, summary: CustomerSummary): Promise<void> {
    if (isHintOf(summary, at)) {
      await this.table.put(hintRow(at, summary), at.etag);
    } else {
      await this.table.remove(at.partitionKey, at.rowKey, at.etag);
    }
  }

  /** The same name gives the same (immutable) object, so that the ways to say it are worked out once. */
  private named(row: StoredRow): NamedCustomer {
    const customerId = new RowReader(row).text('customerId');
    const name = new RowReader(row).longText('name');
    const key = `${customerId}\n${name}`;
    const known = this.names.get(key) ?? { customerId, name };
    this.names.set(key, known, 1);
    return known;
  }
}

const isName = ({ partitionKey }: HintKey): boolean => partitionKey === NAMES;
const isRow = (row: NamedCustomer | StoredRow): row is StoredRow => 'etag' in row;
const summaryIn = (row: StoredRow): CustomerSummary => unpackSummary(new RowReader(row).longText('summary'));
const summaryReadOnce = (row: StoredRow): CustomerSummary => parseSummary(new RowReader(row).longText('summary'));

/** @returns what the row says of its customer, unless a commit is, or was, about to change that. */
function settled<T>(row: StoredRow, read: (row: StoredRow) => T): T | undefined {
  return row['pendingAt'] === undefined ? read(row) : undefined;
}

/** @returns whether a commit that wrote its mark at `markedAt` has ended by now, one way or the other. */
export function isOver(clock: Clock, markedAt: Temporal.Instant): boolean {
  return Temporal.Instant.compare(clock.now().subtract(COMMIT_SURELY_OVER), markedAt) > 0;
}
