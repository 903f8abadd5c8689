import { Temporal } from 'temporal-polyfill';
import type { QueueMarks } from '../../ports/queue-marks';
import { hashKey } from './keys';
import { textColumns } from './long-text';
import { RowReader } from './row-reader';
import type { StoredRow } from './row';
import type { Table } from './table';

/** No FM's partition: addresses have an @ and never a colon. */
const PARTITION = 'queued:';
/** Rows for everybody together: a sweep reads and writes one of them for many FMs. */
const SHARDS = 16;
const KEPT_MS = 15 * 60_000;
/** Asked side by side, so that deliveries are not held up by the sweep that finds them. */
const AT_ONCE = 4;
const TRIES = 4;
/** Of a hash: two of a hundred thousand FMs that shared one would only wait for each other. */
const HASH_LENGTH = 12;

type Marks = Readonly<Record<string, number>>;

/** Marks by hashes of the keys, which are addresses, in a few rows under their ETags. */
export class QueueMarksTable implements QueueMarks {
  constructor(private readonly table: Table) {}

  async *claim(
    keys: readonly string[],
    at: Temporal.Instant,
    isWanted: (key: string, markedAt: Temporal.Instant | undefined) => Promise<boolean>,
  ): AsyncGenerator<readonly string[]> {
    const shards = new Map<string, string[]>();
    for (const key of keys) {
      const shard = shardOf(key);
      shards.set(shard, [...(shards.get(shard) ?? []), key]);
    }
    for (const [shard, theirs] of shards) {
      yield await this.claimOf(shard, { keys: theirs, at: at.epochMilliseconds, isWanted });
    }
  }

  private async claimOf(
    shard: string,
    asked: {
      readonly keys: readonly string[];
      readonly at: number;
      readonly isWanted: Parameters<QueueMarks['claim']>[2];
    },
  ): Promise<readonly string[]> {
    const { keys, at, isWanted } = asked;
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const row = await this.table.get(PARTITION, shard);
      const marks = row === undefined ? {} : marksOf(row);
      const wanted = await chosen(keys, async (key) => isWanted(key, instantOf(marks[nameOf(key)])));
      if (wanted.length === 0) {
        return [];
      }
      const kept = Object.entries(marks).filter(([, markedAt]) => markedAt > at - KEPT_MS);
      const next = Object.fromEntries([...kept, ...wanted.map((key) => [nameOf(key), at] as const)]);
      const columns = { partitionKey: PARTITION, rowKey: shard, ...textColumns('marks', JSON.stringify(next)) };
      if ((await this.table.put(columns, row?.etag)) !== undefined) {
        return wanted;
      }
    }
    // Others are at it; what they leave is claimed with the next sweep.
    return [];
  }
}

async function chosen(keys: readonly string[], isWanted: (key: string) => Promise<boolean>): Promise<string[]> {
  const found = new Set<string>();
  const waiting = keys.values();
  const worker = async (): Promise<void> => {
    for (const key of waiting) {
      if (await isWanted(key)) {
        found.add(key);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return keys.filter((key) => found.has(key));
}

const nameOf = (key: string): string => hashKey(key).slice(0, HASH_LENGTH);

const shardOf = (key: string): string => String((Buffer.from(hashKey(key), 'base64url')[31] ?? 0) % SHARDS);

const marksOf = (row: StoredRow): Marks => new RowReader(row).json('marks') as Marks;

const instantOf = (milliseconds: number | undefined): Temporal.Instant | undefined =>
  milliseconds === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(milliseconds);
