import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../ports/clock';
import type { Table } from './table';

/** What their partitions begin with; the day follows. */
const HINTS = 'expires:';

export interface ExpiryHint {
  /** A key of the table: whose rows are to be looked at. */
  readonly owner: string;
  /** From this day on. */
  readonly on: Temporal.PlainDate;
}

/** Where in a table something expires when: a clean-up reads what its day has come for, however much else is kept. */
export class ExpiryHints {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  /** Those of one day in one transaction. */
  async write(hints: readonly ExpiryHint[]): Promise<void> {
    await this.table.upsertAll(hints.map(({ owner, on }) => ({ partitionKey: HINTS + on.toString(), rowKey: owner })));
  }

  /**
   * Goes through the hints whose day has come.
   * @param look removes what of an owner has expired, hints what has not unless it has a hint, and tells how much went.
   * @returns how much went in all.
   */
  async settle(look: (owner: string) => Promise<number>): Promise<number> {
    const today = dayOf(this.clock.now()).toString();
    const filter = `PartitionKey ge '${HINTS}' and PartitionKey le '${HINTS}${today}'`;
    let removed = 0;
    for await (const { partitionKey, rowKey, etag } of this.table.query({ filter })) {
      removed += await look(rowKey);
      await this.table.remove(partitionKey, rowKey, etag);
    }
    return removed;
  }
}

export const dayOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO('UTC').toPlainDate();

/** As rows keep when they expire: of one length, so that a filter can compare them as texts. */
export const expiryText = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'millisecond' });
