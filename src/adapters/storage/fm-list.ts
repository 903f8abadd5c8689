import type { Clock } from '../../ports/clock';
import { isOver } from './hint-table';
import { encodeKey } from './keys';
import type { Deadline } from './patience';
import { RowReader } from './row-reader';
import type { Table } from './table';

const PARTITION = 'fms';
/** An address written this recently is not written again: an import of a thousand customers touches it a few times. */
const FRESH_FOR = 20_000;

/** Addresses of everyone who has had a customer; who has none any more is taken off when noticed. */
export class FmList {
  private readonly touched = new Map<string, number>();

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  /** Before the commit that gives the FM a customer. */
  async touch(fm: string, deadline: Deadline): Promise<void> {
    const now = this.clock.now();
    if (now.epochMilliseconds - (this.touched.get(fm) ?? -Infinity) < FRESH_FOR) {
      return;
    }
    const row = { partitionKey: PARTITION, rowKey: encodeKey(fm), fm, touchedAt: now.toString() };
    await this.table.upsert(row, 'Replace', deadline);
    this.touched.set(fm, now.epochMilliseconds);
  }

  async all(): Promise<string[]> {
    const fms: string[] = [];
    for await (const row of this.table.query({ filter: `PartitionKey eq '${PARTITION}'` })) {
      fms.push(new RowReader(row).text('fm'));
    }
    return fms;
  }

  /** For an FM found to have no customer: off the list, unless a commit may be giving them one right now. */
  async forgetIdle(fm: string): Promise<void> {
    const row = await this.table.get(PARTITION, encodeKey(fm));
    if (row !== undefined && isOver(this.clock, new RowReader(row).instant('touchedAt'))) {
      await this.table.remove(PARTITION, row.rowKey, row.etag);
      this.touched.delete(fm);
    }
  }
}
