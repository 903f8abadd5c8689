import { Temporal } from 'temporal-polyfill';
import { WORKLOADS } from '../../domain/vocabulary';
import type { Clock } from '../../ports/clock';
import { DELIVERY_PHASES } from '../../ports/deliveries';
import type { Deliveries, Delivery, DeliveryRead, Digest, DigestItem, Escalation } from '../../ports/deliveries';
import type { Pace, SharedPace } from '../../ports/shared-pace';
import { encodeKey } from './keys';
import { textColumns } from './long-text';
import type { Columns, StoredRow } from './row';
import { RowReader } from './row-reader';
import type { Table } from './table';

/** In an FM's partition: its state, and (`d:`) its digests. */
const STATE_ROW = 'a:delivery';
const DIGEST_PREFIX = 'd:';
/** Partitions that are no FM's: addresses have an @ and never a colon. */
const ESCALATED = 'escalated:';
const PACE = 'pace:';
/** A card is pressed for months; after that it says that it is out of date. */
const DIGEST_KEPT = Temporal.Duration.from({ hours: 24 * 180 });

const partitionOf = (fm: string): string => `fm:${encodeKey(fm)}`;

/** Delivery state and digests on Table Storage. */
export class DeliveriesTable implements Deliveries {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async read(fm: string): Promise<DeliveryRead> {
    const row = await this.table.get(partitionOf(fm), STATE_ROW);
    return { delivery: row && deliveryOf(row), version: row?.etag };
  }

  async put(delivery: Delivery, version: unknown): Promise<unknown> {
    const row = { partitionKey: partitionOf(delivery.fm), rowKey: STATE_ROW, ...deliveryColumns(delivery) };
    return this.table.put(row, versionOf(version));
  }

  async putDigest(digest: Digest): Promise<void> {
    const expiresAt = this.clock.now().add(DIGEST_KEPT).toString({ smallestUnit: 'millisecond' });
    const items = JSON.stringify(digest.items);
    const key = { partitionKey: partitionOf(digest.fm), rowKey: DIGEST_PREFIX + encodeKey(digest.id) };
    const { id, fm, at } = digest;
    await this.table.upsert(
      { ...key, id, fm, at: at.toString(), ...textColumns('items', items), expiresAt },
      'Replace',
    );
  }

  async digest(fm: string, id: string): Promise<Digest | undefined> {
    const row = await this.table.get(partitionOf(fm), DIGEST_PREFIX + encodeKey(id));
    return row && digestOf(row);
  }

  async *unreachable(): AsyncGenerator<Delivery> {
    for await (const row of this.table.query({ filter: `RowKey eq '${STATE_ROW}' and unreachableSince gt ''` })) {
      yield deliveryOf(row);
    }
  }

  async escalate({ customerId, workload }: Escalation): Promise<void> {
    await this.table.upsert({ ...escalationKey({ customerId, workload }), customerId, workload }, 'Replace');
  }

  async *escalated(): AsyncGenerator<Escalation> {
    for await (const row of this.table.query({ filter: `PartitionKey eq '${ESCALATED}'` })) {
      const read = new RowReader(row);
      yield { customerId: read.text('customerId'), workload: read.oneOf('workload', WORKLOADS) };
    }
  }

  async forgetEscalation(escalation: Escalation): Promise<void> {
    const { partitionKey, rowKey } = escalationKey(escalation);
    await this.table.remove(partitionKey, rowKey, '*');
  }
}

/** The row by which all instances keep one pace. */
export class PaceRow implements SharedPace {
  constructor(private readonly table: Table) {}

  async read(): Promise<{ pace: Pace; version: unknown }> {
    const row = await this.table.get(PACE, PACE);
    const at = (column: string): number => (row ? new RowReader(row).instant(column).epochMilliseconds : 0);
    return { pace: { nextFree: at('nextFree'), blockedUntil: at('blockedUntil') }, version: row?.etag };
  }

  async put(pace: Pace, version: unknown): Promise<unknown> {
    const text = (milliseconds: number): string =>
      Temporal.Instant.fromEpochMilliseconds(Math.round(milliseconds)).toString();
    const columns = { nextFree: text(pace.nextFree), blockedUntil: text(pace.blockedUntil) };
    return this.table.put({ partitionKey: PACE, rowKey: PACE, ...columns }, versionOf(version));
  }
}

function escalationKey({ customerId, workload }: Escalation): { partitionKey: string; rowKey: string } {
  return { partitionKey: ESCALATED, rowKey: `${encodeKey(customerId)}:${workload}` };
}

function versionOf(version: unknown): string | undefined {
  if (version !== undefined && typeof version !== 'string') {
    throw new TypeError('The version of a delivery comes from read() or put()');
  }
  return version;
}

function deliveryColumns(delivery: Delivery): Columns {
  return {
    fm: delivery.fm,
    phase: delivery.phase,
    digestId: delivery.digestId,
    messageId: delivery.messageId,
    at: delivery.at?.toString(),
    leaseUntil: delivery.leaseUntil?.toString(),
    failures: delivery.failures,
    retryAt: delivery.retryAt?.toString(),
    unreachableSince: delivery.unreachable?.since.toString(),
    unreachableCode: delivery.unreachable?.code,
  };
}

function deliveryOf(row: StoredRow): Delivery {
  const read = new RowReader(row);
  const instant = (name: string): Temporal.Instant | undefined => read.optional(name, (column) => read.instant(column));
  const text = (name: string): string | undefined => read.optional(name, (column) => read.text(column));
  const since = instant('unreachableSince');
  return {
    fm: read.text('fm'),
    phase: read.oneOf('phase', DELIVERY_PHASES),
    digestId: text('digestId'),
    messageId: text('messageId'),
    at: instant('at'),
    leaseUntil: instant('leaseUntil'),
    failures: read.whole('failures'),
    retryAt: instant('retryAt'),
    unreachable: since && { since, code: text('unreachableCode') ?? '' },
  };
}

interface StoredItem extends Omit<DigestItem, 'forDate' | 'dueAt'> {
  readonly forDate: string;
  readonly dueAt: string;
}

function digestOf(row: StoredRow): Digest {
  const read = new RowReader(row);
  const items = (read.json('items') as StoredItem[]).map((item) => ({
    ...item,
    forDate: Temporal.PlainDate.from(item.forDate),
    dueAt: Temporal.Instant.from(item.dueAt),
  }));
  return { id: read.text('id'), fm: read.text('fm'), at: read.instant('at'), items };
}
