import type { CommitResult, CustomerChange, CustomerFile, CustomerLog, Customers } from '../../ports/customers';
import { fileOf, writersOf } from './customer-file';
import { CUSTOMER_ROW, HEAD_ROWS } from './customer-rows';
import { actionKey, customerPartition, transactionFor, type CustomerTransaction } from './customer-transaction';
import type { HintWriter } from './hint-writer';
import { hintsFor, type Indexed } from './hints';
import { encodeKey, MAX_KEY_LENGTH, rowsStarting } from './keys';
import { contactOf, LOG_PREFIX, noteOf, startDateChangeOf } from './log-rows';
import type { Deadline } from './patience';
import type { StoredRow } from './row';
import { RowReader } from './row-reader';
import { isRefusal, type Table } from './table';

/** Customers on Table Storage: a partition per customer, a transaction per commit (architecture.md, decision 1). */
export class CustomersTable implements Customers {
  constructor(
    private readonly table: Table,
    private readonly hints: HintWriter,
  ) {}

  async load(customerId: string): Promise<CustomerFile | undefined> {
    const partition = encodeKey(customerId);
    if (partition.length > MAX_KEY_LENGTH) {
      return undefined;
    }
    const filter = `PartitionKey eq '${partition}' and RowKey ge '${HEAD_ROWS.from}' and RowKey lt '${HEAD_ROWS.before}'`;
    return fileOf(await this.all(filter, Infinity));
  }

  async commit(change: CustomerChange): Promise<CommitResult> {
    const transaction = transactionFor(change);
    const deadline = this.table.deadline();
    await this.table.prepare();
    const settle = await this.hints.announce(hintsFor(change.base, fileAfter(change)), deadline);
    const result = await this.submit(change, transaction, deadline);
    if (result.kind === 'committed') {
      settle();
    }
    return result;
  }

  async readLog(customerId: string, limit: number): Promise<CustomerLog> {
    const partition = customerPartition(customerId);
    const rows = async (prefix: string): Promise<StoredRow[]> => this.all(rowsStarting(partition, prefix), limit);
    const [notes, startDateChanges, contacts] = await Promise.all([
      rows(LOG_PREFIX.note),
      rows(LOG_PREFIX.startDateChange),
      rows(LOG_PREFIX.contact),
    ]);
    return {
      notes: notes.map(noteOf),
      startDateChanges: startDateChanges.map(startDateChangeOf),
      contacts: contacts.map(contactOf),
    };
  }

  async actionOutcome(customerId: string, token: string): Promise<unknown> {
    const row = await this.table.get(customerPartition(customerId), actionKey(token));
    return row && new RowReader(row).json('outcome');
  }

  async *allIds(): AsyncGenerator<string> {
    const heads = this.table.query({ filter: `RowKey eq '${CUSTOMER_ROW}'`, select: ['RowKey', 'customerId'] });
    for await (const row of heads) {
      yield new RowReader(row).text('customerId');
    }
  }

  /** Writes every index row of a customer anew, from the customer's rows, as if it had just been created. */
  async reindex(customerId: string): Promise<void> {
    const file = await this.load(customerId);
    if (file) {
      const settle = await this.hints.announce(hintsFor(undefined, file), this.table.deadline());
      settle();
    }
  }

  private async submit(change: CustomerChange, own: CustomerTransaction, deadline: Deadline): Promise<CommitResult> {
    return this.table.insist(deadline, async (signal, tries) => {
      try {
        await this.table.transact(own.actions, signal);
        return { kind: 'committed' };
      } catch (error) {
        if (!isRefusal(error)) {
          throw error;
        }
        return this.verdict(change, own, { isRetry: tries > 1, deadline });
      }
    });
  }

  /** What a refusal means: this press was done before, our own first try had been carried out, or a real conflict. */
  private async verdict(
    { customerId, action }: CustomerChange,
    { writer }: CustomerTransaction,
    { isRetry, deadline }: { isRetry: boolean; deadline: Deadline },
  ): Promise<CommitResult> {
    const partition = customerPartition(customerId);
    if (action !== undefined) {
      const row = await this.table.get(partition, actionKey(action.token), deadline);
      if (row !== undefined) {
        return row['writer'] === writer
          ? { kind: 'committed' }
          : { kind: 'alreadyDone', outcome: new RowReader(row).json('outcome') };
      }
    } else if (isRetry) {
      const row = await this.table.get(partition, CUSTOMER_ROW, deadline);
      if (row !== undefined && writersOf(row).includes(writer)) {
        return { kind: 'committed' };
      }
    }
    return { kind: 'conflict' };
  }

  private async all(filter: string, limit: number): Promise<StoredRow[]> {
    const rows: StoredRow[] = [];
    for await (const row of this.table.query({ filter, limit })) {
      rows.push(row);
    }
    return rows;
  }
}

/** The customer as the indexes will see it once the change is committed. */
function fileAfter({ base, ...change }: CustomerChange): Indexed {
  const customer = change.customer ?? base?.customer;
  if (customer === undefined) {
    throw new TypeError('A new customer needs its customer row');
  }
  return {
    customer,
    workloads: replaced(base?.workloads, change.workloads),
    reminders: replaced(base?.reminders, change.reminders),
    checklists: replaced(base?.checklists, change.checklists),
  };
}

function replaced<T extends { workload: string }>(before: readonly T[] = [], put: readonly T[] = []): T[] {
  const byWorkload = new Map([...before, ...put].map((each) => [each.workload, each]));
  return [...byWorkload.values()].sort((one, other) => (one.workload < other.workload ? -1 : 1));
}
