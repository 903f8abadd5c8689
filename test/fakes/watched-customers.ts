import type { CommitResult, CustomerChange, CustomerFile } from '../../src/ports/customers';
import { FakeCustomers } from './fake-customers';

/** Customers in memory that count commits and can lose races. */
export class WatchedCustomers extends FakeCustomers {
  /** How many commits were carried out. */
  commits = 0;
  /** The next so many commits find that somebody else was faster. */
  conflictNext = 0;

  override async commit(change: CustomerChange): Promise<CommitResult> {
    if (this.conflictNext > 0) {
      this.conflictNext--;
      return { kind: 'conflict' };
    }
    const result = await super.commit(change);
    this.commits += result.kind === 'committed' ? 1 : 0;
    return result;
  }

  /** Everything that is there now, in the order of the ids. */
  async files(): Promise<CustomerFile[]> {
    const files: CustomerFile[] = [];
    for await (const id of this.allIds()) {
      files.push((await this.load(id))!);
    }
    return files;
  }

  async ids(): Promise<string[]> {
    return (await this.files()).map(({ customer }) => customer.id);
  }
}
