import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { WORKLOADS } from '../../domain/vocabulary';
import type { Clock } from '../../ports/clock';
import { DELIVERY_PHASES } from '../../ports/deliveries';
import type { Deliveries, Delivery, DeliveryRead, Digest, DigestItem, Escalation } from '../../ports/deliveries';
import type { Pace, SharedPace } from '../../ports/shared-pace';
import { BoundedMap } from '../bounded-map';
import type { Background } from './background';
import { dayOf, ExpiryHints, expiryText, type ExpiryHint } from './expiry-hints';
import { isOver } from './hint-table';
import { encodeKey, rowsStarting, startsWith } from './keys';
import { textColumns } from './long-text';
import type { Columns, StoredRow } from './row';
import { RowReader } from './row-reader';
import type { Table } from './table';

/** In an FM's partition: its state, and (`d:`) its digests. */
const STATE_ROW = 'a:delivery';
const DIGEST_PREFIX = 'd:';
/** Partitions that are no FM's: addresses have an @ and never a colon. */
const ESCALATED = 'escalated:';
const UNREACHABLE = 'unreachable:';
const PACE = 'pace:';
/** A card is pressed for months; after that it says that it is out of date. */
const DIGEST_KEPT = Temporal.Duration.from({ hours: 24 * 180 });
/** FMs with the month for which their digests have a hint. */
const MOST_HINTED = 20_000;
/** Hints of a morning's first digests are written together: one each would be a tenth of what a send costs storage. */
const GATHERED_MS = 200;

const partitionOf = (fm: string): string => `fm:${encodeKey(fm)}`;

/** Delivery state and digests on Table Storage. */
export class DeliveriesTable implements Deliveries {
  private readonly hints: ExpiryHints;
  private readonly hinted = new BoundedMap<string, true>(MOST_HINTED);
  private readonly toHint: ExpiryHint[] = [];

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly background: Background,
  ) {
    this.hints = new ExpiryHints(table, clock);
  }

  async read(fm: string): Promise<DeliveryRead> {
    const row = await this.table.get(partitionOf(fm), STATE_ROW);
    return { delivery: row && deliveryOf(row), version: row?.etag };
  }

  async put(delivery: Delivery, version: unknown): Promise<unknown> {
    if (delivery.unreachable) {
      await this.hintUnreachable(delivery.fm);
    }
    const row = { partitionKey: partitionOf(delivery.fm), rowKey: STATE_ROW, ...deliveryColumns(delivery) };
    return this.table.put(row, versionOf(version));
  }

  async putDigest(digest: Digest): Promise<void> {
    const { id, fm, at, items } = digest;
    const key = { partitionKey: partitionOf(fm), rowKey: DIGEST_PREFIX + encodeKey(id) };
    const expiry = this.clock.now().add(DIGEST_KEPT);
    this.hintDigests(key.partitionKey, expiry);
    const content = textColumns('items', JSON.stringify(items));
    const columns = { id, fm, at: at.toString(), ...content, expiresAt: expiryText(expiry) };
    await this.table.upsert({ ...key, ...columns }, 'Replace');
  }

  async digest(fm: string, id: string): Promise<Digest | undefined> {
    const row = await this.table.get(partitionOf(fm), DIGEST_PREFIX + encodeKey(id));
    return row && digestOf(row);
  }

  async *unreachable(): AsyncGenerator<Delivery> {
    for await (const hint of this.table.query({ filter: `PartitionKey eq '${UNREACHABLE}'` })) {
      const read = new RowReader(hint);
      const { delivery } = await this.read(read.text('fm'));
      if (delivery?.unreachable) {
        yield delivery;
      } else if (isOver(this.clock, read.instant('writtenAt'))) {
        await this.table.remove(UNREACHABLE, hint.rowKey, hint.etag);
      }
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

  /** Removes digests whose time has passed. @returns how many. */
  async removeExpired(): Promise<number> {
    const now = expiryText(this.clock.now());
    return this.hints.settle(async (owner) => {
      const filter = `${rowsStarting(owner, DIGEST_PREFIX)} and expiresAt lt '${now}'`;
      const rows: StoredRow[] = [];
      for await (const row of this.table.query({ filter, select: ['PartitionKey', 'RowKey'] })) {
        rows.push(row);
      }
      await this.table.removeAll(rows);
      return rows.length;
    });
  }

  /** Digests, and FMs who cannot be reached, of whom an earlier release has left no hint. */
  async hintEarlier(stopping: AbortSignal): Promise<void> {
    const digests = { filter: startsWith('RowKey', DIGEST_PREFIX), select: ['PartitionKey', 'RowKey', 'expiresAt'] };
    for await (const row of this.table.query(digests)) {
      if (stopping.aborted) {
        return;
      }
      await this.hints.write([digestHint(row.partitionKey, new RowReader(row).instant('expiresAt'))]);
    }
    const unreachable = this.table.query({ filter: `RowKey eq '${STATE_ROW}' and unreachableSince gt ''` });
    for await (const row of unreachable) {
      await this.hintUnreachable(deliveryOf(row).fm);
    }
  }

  /**
   * One hint for all that expires in a month, at its end: most sends need none. It looks at everything of its FM's, so one
   * that a crash kept from being written is made up for by that of a later month.
   */
  private hintDigests(owner: string, expiry: Temporal.Instant): void {
    const hint = digestHint(owner, expiry);
    const key = `${hint.on.toString()} ${owner}`;
    if (this.hinted.get(key)) {
      return;
    }
    this.hinted.set(key, true, 1);
    this.toHint.push(hint);
    if (this.toHint.length === 1) {
      this.background.run(async () => {
        await pause(GATHERED_MS);
        await this.hints.write(this.toHint.splice(0));
      });
    }
  }

  /** Before the row itself says so: for whoever tells the leads, who then need not look at every FM's row. */
  private async hintUnreachable(fm: string): Promise<void> {
    const writtenAt = this.clock.now().toString();
    await this.table.upsert({ partitionKey: UNREACHABLE, rowKey: encodeKey(fm), fm, writtenAt }, 'Replace');
  }
}

const digestHint = (owner: string, expiry: Temporal.Instant): ExpiryHint => ({
  owner,
  on: dayOf(expiry).with({ day: 1 }).add({ months: 1 }),
});

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
