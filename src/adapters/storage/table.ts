import { randomUUID } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import { batchesOf, checkRow } from './limits';
import { Deadline, insist, isTableMissing, statusOf } from './patience';
import type { RowAction } from './row-batch';
import type { Row, StoredRow } from './row';
import { decodeTypedRow } from './row-json';
import type { Page, PageEnd, PageRequest, RowRequests } from './row-requests';

export interface Query {
  /** OData; keys in it come from `keys.ts` and need no escaping. */
  readonly filter: string;
  readonly select?: string[];
  /** Rows wanted at most. */
  readonly limit?: number;
}

/** A row as it was read. */
export interface RowVersion {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
}

const PAGE = 1000;
/** Milliseconds for a page or a batch that nobody waits for in a chat. */
const PATIENCE = 60_000;
/** A transaction costs as much as three or four requests. */
const WORTH_A_TRANSACTION = 4;
const MOST_OF_A_TRANSACTION = 100;

/** One table: the only code that calls the SDK. Every call is bounded in time and fails as a coded error. */
export class Table {
  private ready: Promise<void> | undefined;

  constructor(
    private readonly client: TableClient,
    private readonly rows: RowRequests,
    /** Milliseconds one operation may take in all. */
    readonly budget: number,
  ) {}

  /** Creates the table when it does not exist; once per process, again only after a failure or its loss. */
  async prepare(deadline = this.deadline()): Promise<void> {
    this.ready ??= this.insist(deadline, async (abortSignal) => this.client.createTable({ abortSignal })).catch(
      (error: unknown) => {
        this.ready = undefined;
        throw error;
      },
    );
    await this.ready;
  }

  /** `insist`, noticing that the table was deleted: the next operation makes it again. */
  async insist<T>(deadline: Deadline, attempt: (signal: AbortSignal, tries: number) => Promise<T>): Promise<T> {
    return insist(deadline, async (signal, tries) => {
      try {
        return await attempt(signal, tries);
      } catch (error) {
        if (isTableMissing(error)) {
          this.ready = undefined;
        }
        throw error;
      }
    });
  }

  deadline(): Deadline {
    return new Deadline(this.budget);
  }

  async get(partitionKey: string, rowKey: string, deadline = this.deadline()): Promise<StoredRow | undefined> {
    await this.prepare();
    return this.insist(deadline, async (signal) => this.rows.read(partitionKey, rowKey, signal));
  }

  /** All rows that match, page by page, in key order; an empty page may be followed by a full one. */
  async *query({ filter, select, limit = Infinity }: Query): AsyncGenerator<StoredRow> {
    await this.prepare();
    let from: PageEnd | undefined;
    let open = limit;
    while (open > 0) {
      const { rows, end } = await this.page({
        filter,
        top: Math.min(open, PAGE),
        ...(select && { select }),
        ...(from && { from }),
      });
      for (const row of rows.slice(0, open)) {
        yield row;
      }
      open -= rows.length;
      from = end;
      if (from === undefined) {
        return;
      }
    }
  }

  /** All rows that match, or all there are, with their types, as they could be written again. */
  async *raw({ filter, select }: Partial<Query> = {}): AsyncGenerator<Row> {
    await this.prepare();
    let from: PageEnd | undefined;
    do {
      const request = { top: PAGE, ...(filter && { filter }), ...(select && { select }), ...(from && { from }) };
      const { rows, end } = await this.insist(new Deadline(PATIENCE), async (signal) =>
        this.rows.page(request, signal, decodeTypedRow),
      );
      yield* rows;
      from = end;
    } while (from !== undefined);
  }

  /** Writes unconditionally. @returns the new ETag. */
  async upsert(row: Row, mode: 'Merge' | 'Replace', deadline = this.deadline()): Promise<string> {
    checkRow(row);
    await this.prepare();
    return this.insist(deadline, async (signal) => this.rows.write(row, { mode }, signal));
  }

  /**
   * Writes on condition, marking the row with a writer token so that a refused retry can be told from a real conflict.
   * @param etag what the row must still have; undefined = the row must not exist.
   * @returns the new ETag, or undefined when the condition did not hold (nothing was written).
   */
  async put(row: Row, etag: string | undefined, deadline = this.deadline()): Promise<string | undefined> {
    const marked = { ...row, writer: randomUUID() };
    checkRow(marked);
    await this.prepare();
    return this.insist(deadline, async (signal, tries) => {
      try {
        return await (etag === undefined
          ? this.rows.create(marked, signal)
          : this.rows.write(marked, { mode: 'Replace', etag }, signal));
      } catch (error) {
        if (!isRefusal(error)) {
          throw error;
        }
        return tries === 1 ? undefined : this.ownEtag(marked, deadline);
      }
    });
  }

  /** Writes rows unconditionally; many of one partition go in one transaction, which is all or nothing. */
  async upsertAll(rows: readonly Row[], deadline = this.deadline()): Promise<void> {
    rows.forEach(checkRow);
    await this.prepare();
    await Promise.all(
      groupsOf(rows).map(async (group) =>
        group.length < WORTH_A_TRANSACTION
          ? Promise.all(group.map(async (row) => this.upsert(row, 'Replace', deadline)))
          : this.insist(deadline, async (signal) =>
              this.transact(
                group.map((row) => ['upsert', row, 'Replace']),
                signal,
              ),
            ),
      ),
    );
  }

  /** Removes rows that are still as they were read; many of one partition in one transaction, or else one by one. */
  async removeAll(rows: readonly RowVersion[]): Promise<void> {
    const oneByOne = async (group: readonly RowVersion[]): Promise<unknown> =>
      Promise.all(group.map(async ({ partitionKey, rowKey, etag }) => this.remove(partitionKey, rowKey, etag)));
    await this.prepare();
    await Promise.all(
      groupsOf(rows).map(async (group) =>
        group.length < WORTH_A_TRANSACTION || !(await this.removeTogether(group)) ? oneByOne(group) : undefined,
      ),
    );
  }

  /** @returns false when one of them was gone or changed: then none was removed. */
  private async removeTogether(group: readonly RowVersion[]): Promise<boolean> {
    return (await this.changeTogether(group.map((row) => ['delete', row]))) !== undefined;
  }

  /** @param etag `*` = whatever it is. @returns false when it was gone or changed. */
  async remove(partitionKey: string, rowKey: string, etag: string): Promise<boolean> {
    await this.prepare();
    return this.insist(this.deadline(), async (signal) => {
      try {
        await this.rows.remove({ partitionKey, rowKey, etag }, signal);
        return true;
      } catch (error) {
        if (!isRefusal(error)) {
          throw error;
        }
        return false;
      }
    });
  }

  /**
   * One try of one entity group transaction; the caller retries, because only it can read a refusal.
   * @returns the new ETag of each row, '' of a removed one.
   */
  async transact(actions: readonly RowAction[], signal: AbortSignal): Promise<readonly string[]> {
    return this.rows.transact(actions, signal);
  }

  /**
   * One transaction, tried again as it is.
   * @returns as `transact`, or undefined when a condition did not hold, if only because an earlier try had been carried
   * out: whoever minds looks.
   */
  async changeTogether(
    actions: readonly RowAction[],
    deadline = this.deadline(),
  ): Promise<readonly string[] | undefined> {
    await this.prepare();
    return this.insist(deadline, async (signal) => {
      try {
        return await this.transact(actions, signal);
      } catch (error) {
        if (!isRefusal(error)) {
          throw error;
        }
        return undefined;
      }
    });
  }

  /** Rows of one partition in as few transactions as they fit in; each may be sent again, so it must not mind. */
  async transactAll(rows: readonly Row[], action: (row: Row) => RowAction): Promise<void> {
    for (const batch of batchesOf(rows)) {
      await this.insist(new Deadline(PATIENCE), async (signal) => this.transact(batch.map(action), signal));
    }
  }

  private async page(request: PageRequest): Promise<Page> {
    return this.insist(this.deadline(), async (signal) => this.rows.page(request, signal));
  }

  private async ownEtag(row: Row, deadline: Deadline): Promise<string | undefined> {
    const now = await this.get(row.partitionKey, row.rowKey, deadline);
    return now?.['writer'] === row['writer'] ? now?.etag : undefined;
  }
}

/** By partition, none larger than a transaction may be. */
function groupsOf<T extends { readonly partitionKey: string }>(rows: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.partitionKey) ?? [];
    group.push(row);
    groups.set(row.partitionKey, group);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_OF_A_TRANSACTION) }, (_unused, index) =>
      group.slice(index * MOST_OF_A_TRANSACTION, (index + 1) * MOST_OF_A_TRANSACTION),
    ),
  );
}

/** @returns whether the server refused the condition of a write: exists already, changed, or gone. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status === 409 || status === 412 || (status === 404 && !isTableMissing(error));
}
