import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../ports/clock';
import type { DueIndex, DueHint } from '../../ports/due-index';
import { isOver } from './hint-table';
import { encodeKey, hashKey, oldestFirst } from './keys';
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
    /** Told of hints that cannot be read; the others are. */
    private readonly onDamaged: (error: unknown) => void = () => undefined,
  ) {}

  async *due(until: Temporal.Instant): AsyncGenerator<DueHint> {
    const nextHour = hourOf(until.epochMilliseconds + HOUR);
    const nextInstant = oldestFirst(until.add({ milliseconds: 1 }));
    const filter = `PartitionKey lt '${nextHour}' and RowKey lt '${nextInstant}'`;
    for await (const row of this.table.query({ filter })) {
      const hint = this.readable(row);
      if (hint) {
        yield hint;
      }
    }
  }

  /** One row that a newer release wrote, or somebody's hand, must not stop everybody's reminders. */
  private readable(row: StoredRow): DueHint | undefined {
    try {
      return hintOf(row);
    } catch (error) {
      this.onDamaged(error);
      return undefined;
    }
  }

  async forget(hints: readonly DueHint[]): Promise<void> {
    const old = await Promise.all(hints.map(async (hint) => this.oldRowOf(hint)));
    await this.table.removeAll(old.filter((row) => row !== undefined));
  }

  /** The hint's row if it is old enough to go. */
  private async oldRowOf(hint: DueHint): Promise<RowVersion | undefined> {
    const { partitionKey, rowKey } = keysOf(hint);
    if (hint.seen !== undefined) {
      const { key, tag, writtenAt } = hint.seen;
      return isOver(this.clock, Temporal.Instant.from(writtenAt))
        ? { partitionKey, rowKey: key, etag: tag }
        : undefined;
    }
    const row = await this.table.get(partitionKey, rowKey);
    return row !== undefined && isOver(this.clock, new RowReader(row).instant('writtenAt')) ? row : undefined;
  }

  /** Before the commit that schedules. */
  async write(hints: readonly DueHint[], deadline: Deadline): Promise<void> {
    const writtenAt = this.clock.now().toString();
    const rows = hints.map((hint) => {
      const { customerId, fm, dueAt } = hint;
      return { customerId, fm, dueAt: dueAt.toString(), writtenAt, ...keysOf(hint) };
    });
    await this.table.upsertAll(rows, deadline);
  }
}

/**
 * A customer's reminders that fall due together share a row, an FM's: a commit that hands a customer over and fails leaves
 * the hint of the FM before as it was. Rows of release 0.1 had the reminder's id at the end of their keys.
 */
function keysOf({ customerId, fm, dueAt }: DueHint): { partitionKey: string; rowKey: string } {
  const shard = (createHash('sha256').update(customerId).digest()[0] ?? 0) % SHARDS;
  return {
    partitionKey: `${hourOf(dueAt.epochMilliseconds)}:${shard}`,
    rowKey: `${oldestFirst(dueAt)}:${encodeKey(customerId)}:${hashKey(fm)}`,
  };
}

function hourOf(epochMilliseconds: number): string {
  return String(Math.floor(epochMilliseconds / HOUR)).padStart(9, '0');
}

function hintOf(row: StoredRow): DueHint {
  const read = new RowReader(row);
  return {
    customerId: read.text('customerId'),
    fm: read.text('fm'),
    dueAt: read.instant('dueAt'),
    seen: { key: row.rowKey, tag: row.etag, writtenAt: read.text('writtenAt') },
  };
}
