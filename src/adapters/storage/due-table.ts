import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { WORKLOADS } from '../../domain/vocabulary';
import type { Clock } from '../../ports/clock';
import type { DueIndex, DueReminder } from '../../ports/due-index';
import { isOver } from './hint-table';
import { encodeKey, oldestFirst } from './keys';
import type { Deadline } from './patience';
import type { StoredRow } from './row';
import { RowReader } from './row-reader';
import type { RowVersion, Table } from './table';

/** A partition takes 2,000 rows a second: four are enough for every FM's reminders falling due at one hour. */
const SHARDS = 4;
const HOUR = 3_600_000;

/** Due hints by hour: a sweep reads what is due, however much is scheduled (architecture.md, decision 2). */
export class DueTable implements DueIndex {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async *due(until: Temporal.Instant): AsyncGenerator<DueReminder> {
    const nextHour = hourOf(until.epochMilliseconds + HOUR);
    const nextInstant = oldestFirst(until.add({ milliseconds: 1 }));
    const filter = `PartitionKey lt '${nextHour}' and RowKey lt '${nextInstant}'`;
    for await (const row of this.table.query({ filter })) {
      yield dueOf(row);
    }
  }

  async forget(dues: readonly DueReminder[]): Promise<void> {
    const old = await Promise.all(dues.map(async (due) => this.oldRowOf(due)));
    await this.table.removeAll(old.filter((row) => row !== undefined));
  }

  /** The hint's row if it is old enough to go. */
  private async oldRowOf(due: DueReminder): Promise<RowVersion | undefined> {
    const { partitionKey, rowKey } = keysOf(due);
    if (due.seen !== undefined) {
      const isOld = isOver(this.clock, Temporal.Instant.from(due.seen.writtenAt));
      return isOld ? { partitionKey, rowKey, etag: due.seen.tag } : undefined;
    }
    const row = await this.table.get(partitionKey, rowKey);
    return row !== undefined && isOver(this.clock, new RowReader(row).instant('writtenAt')) ? row : undefined;
  }

  /** Before the commit that schedules. */
  async write(hints: readonly DueReminder[], deadline: Deadline): Promise<void> {
    const writtenAt = this.clock.now().toString();
    const rows = hints.map((due) => {
      const { customerId, workload, reminderId, fm } = due;
      return { ...keysOf(due), customerId, workload, reminderId, fm, dueAt: due.dueAt.toString(), writtenAt };
    });
    await this.table.upsertAll(rows, deadline);
  }
}

function keysOf(due: DueReminder): { partitionKey: string; rowKey: string } {
  const shard = (createHash('sha256').update(due.customerId).digest()[0] ?? 0) % SHARDS;
  return {
    partitionKey: `${hourOf(due.dueAt.epochMilliseconds)}:${shard}`,
    rowKey: `${oldestFirst(due.dueAt)}:${encodeKey(due.customerId)}:${encodeKey(due.reminderId)}`,
  };
}

function hourOf(epochMilliseconds: number): string {
  return String(Math.floor(epochMilliseconds / HOUR)).padStart(9, '0');
}

function dueOf(row: StoredRow): DueReminder {
  const read = new RowReader(row);
  return {
    customerId: read.text('customerId'),
    workload: read.oneOf('workload', WORKLOADS),
    reminderId: read.text('reminderId'),
    fm: read.text('fm'),
    dueAt: read.instant('dueAt'),
    seen: { tag: row.etag, writtenAt: read.text('writtenAt') },
  };
}
