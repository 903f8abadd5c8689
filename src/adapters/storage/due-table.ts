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
import type { Table } from './table';

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

  async forget(due: DueReminder): Promise<void> {
    const { partitionKey, rowKey } = keysOf(due);
    if (due.seen !== undefined) {
      if (isOver(this.clock, Temporal.Instant.from(due.seen.writtenAt))) {
        await this.table.remove(partitionKey, rowKey, due.seen.tag);
      }
      return;
    }
    const row = await this.table.get(partitionKey, rowKey);
    if (row !== undefined && isOver(this.clock, new RowReader(row).instant('writtenAt'))) {
      await this.table.remove(partitionKey, rowKey, row.etag);
    }
  }

  /** Before the commit that schedules. */
  async write(hints: readonly DueReminder[], deadline: Deadline): Promise<void> {
    const writtenAt = this.clock.now().toString();
    await Promise.all(
      hints.map(async (due) => {
        const { customerId, workload, reminderId, fm } = due;
        const columns = { customerId, workload, reminderId, fm, dueAt: due.dueAt.toString(), writtenAt };
        const row = { ...keysOf(due), ...columns };
        return this.table.upsert(row, 'Replace', deadline);
      }),
    );
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
