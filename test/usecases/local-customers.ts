import type { CommitResult, CustomerChange, CustomerFile, CustomerLog, Customers } from '../../src/ports/customers';

interface Stored {
  file: CustomerFile;
  log: CustomerLog;
}

/** Keeps customers in a map with a version each; `conflictNext` lets the next commits lose a race. */
export class LocalCustomers implements Customers {
  readonly stored = new Map<string, Stored>();
  commits = 0;
  conflictNext = 0;

  async load(customerId: string): Promise<CustomerFile | undefined> {
    await new Promise(setImmediate);
    return this.stored.get(customerId)?.file;
  }

  async commit(change: CustomerChange): Promise<CommitResult> {
    await new Promise(setImmediate);
    const before = this.stored.get(change.customerId);
    if (this.conflictNext > 0 || before?.file.version !== change.base?.version) {
      this.conflictNext--;
      return { kind: 'conflict' };
    }
    const customer = change.customer ?? before?.file.customer;
    if (!customer) {
      throw new Error('a new customer needs its row');
    }
    this.commits++;
    const put = <T extends { workload: string }>(old: readonly T[] = [], fresh: readonly T[] = []): T[] => [
      ...new Map([...old, ...fresh].map((row) => [row.workload, row])).values(),
    ];
    this.stored.set(change.customerId, {
      file: {
        customer,
        workloads: put(before?.file.workloads, change.workloads),
        reminders: put(before?.file.reminders, change.reminders),
        checklists: put(before?.file.checklists, change.checklists),
        version: this.commits,
      },
      log: {
        notes: [...(change.notes ?? []), ...(before?.log.notes ?? [])],
        startDateChanges: [...(change.startDateChanges ?? []), ...(before?.log.startDateChanges ?? [])],
        contacts: [...(change.contacts ?? []), ...(before?.log.contacts ?? [])],
      },
    });
    return { kind: 'committed' };
  }

  async readLog(customerId: string): Promise<CustomerLog> {
    return this.stored.get(customerId)?.log ?? { notes: [], startDateChanges: [], contacts: [] };
  }

  async actionOutcome(): Promise<unknown> {
    return undefined;
  }

  async *allIds(): AsyncIterable<string> {
    yield* [...this.stored.keys()].sort();
  }
}
