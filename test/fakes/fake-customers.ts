import { Temporal } from 'temporal-polyfill';
import { nextAt } from '../../src/domain/reminders/reminder';
import { StorageLimitError } from '../../src/adapters/storage/errors';
import { nameWords } from '../../src/adapters/storage/name-words';
import { summaryOf } from '../../src/adapters/storage/customer-summary';
import type { CustomerIndex, CustomerSummary, TypedWord } from '../../src/ports/customer-index';
import type { CommitResult, CustomerChange, CustomerFile, CustomerLog, Customers } from '../../src/ports/customers';
import type { DueIndex, DueHint } from '../../src/ports/due-index';
import { clone } from './clone';

interface Kept {
  file: CustomerFile;
  log: CustomerLog;
  revision: number;
  readonly outcomes: Map<string, unknown>;
}

class FakeVersion {
  constructor(readonly revision: number) {}
}

const MAX_ROWS = 100;

/** Customers in memory with the store's manners: copies, conflicts, actions done once, limits, a turn of the loop. */
export class FakeCustomers implements Customers, CustomerIndex, DueIndex {
  private readonly kept = new Map<string, Kept>();
  private failure: Error | undefined;

  /** The next call fails like a storage that is down. */
  failOnce(error: Error): void {
    this.failure = error;
  }

  async load(customerId: string): Promise<CustomerFile | undefined> {
    await this.turn();
    const kept = this.kept.get(customerId);
    return kept && clone({ ...kept.file, version: new FakeVersion(kept.revision) });
  }

  async commit(change: CustomerChange): Promise<CommitResult> {
    checkRows(change);
    const expected = expectedRevision(change);
    await this.turn();
    const kept = this.kept.get(change.customerId);
    if (change.action !== undefined && kept?.outcomes.has(change.action.token) === true) {
      return { kind: 'alreadyDone', outcome: clone(kept.outcomes.get(change.action.token)) };
    }
    if ((kept?.revision ?? 0) !== expected) {
      return { kind: 'conflict' };
    }
    this.kept.set(change.customerId, applied(kept, clone(change)));
    return { kind: 'committed' };
  }

  async readLog(customerId: string, limit: number): Promise<CustomerLog> {
    await this.turn();
    const log = this.kept.get(customerId)?.log ?? { notes: [], startDateChanges: [], contacts: [] };
    return clone({
      notes: log.notes.slice(0, limit),
      startDateChanges: log.startDateChanges.slice(0, limit),
      contacts: log.contacts.slice(0, limit),
    });
  }

  async actionOutcome(customerId: string, token: string): Promise<unknown> {
    await this.turn();
    return clone(this.kept.get(customerId)?.outcomes.get(token));
  }

  async *allIds(): AsyncGenerator<string> {
    await this.turn();
    yield* [...this.kept.keys()].sort();
  }

  async ofFm(fm: string): Promise<readonly CustomerSummary[]> {
    await this.turn();
    return this.summaries().filter((summary) => summary.fm === fm);
  }

  async named(words: readonly TypedWord[]): Promise<readonly CustomerSummary[]> {
    await this.turn();
    const wanted = words.flatMap(({ word }) => nameWords(word));
    const begins = (part: string): boolean => wanted.some((word) => part.startsWith(word));
    return this.summaries().filter(({ name }) => nameWords(name).some(begins));
  }

  async namedLike(words: readonly TypedWord[]): Promise<readonly CustomerSummary[]> {
    await this.turn();
    const wanted = new Set(words.flatMap(({ word }) => nameWords(word)).map(firstTwo));
    return this.summaries().filter(({ name }) => nameWords(name).some((word) => wanted.has(firstTwo(word))));
  }

  async ofAllFms(): Promise<readonly CustomerSummary[]> {
    await this.turn();
    return this.summaries().filter(({ fm }) => fm !== undefined);
  }

  async *due(until: Temporal.Instant): AsyncGenerator<DueHint> {
    await this.turn();
    const scheduled = [...this.kept.values()].flatMap(({ file }) =>
      file.reminders.flatMap((reminder) => {
        const dueAt = nextAt(reminder);
        const { fm } = reminder;
        return dueAt === undefined || Temporal.Instant.compare(dueAt, until) > 0
          ? []
          : [{ customerId: file.customer.id, fm, dueAt }];
      }),
    );
    yield* scheduled.sort((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt));
  }

  /** The fake finds reminders by looking at them: it has no stale hints. */
  async forget(): Promise<void> {
    await this.turn();
  }

  private summaries(): CustomerSummary[] {
    return [...this.kept.values()].map(({ file }) => clone(summaryOf(file)));
  }

  private async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const failure = this.failure;
    this.failure = undefined;
    if (failure !== undefined) {
      throw failure;
    }
  }
}

const firstTwo = (word: string): string => [...word].slice(0, 2).join('');

function expectedRevision({ base, customer }: CustomerChange): number {
  if (base === undefined) {
    if (customer === undefined) {
      throw new TypeError('A new customer needs its customer row');
    }
    return 0;
  }
  if (!(base.version instanceof FakeVersion)) {
    throw new TypeError('The base of a commit must come from load()');
  }
  return base.version.revision;
}

function applied(kept: Kept | undefined, change: CustomerChange): Kept {
  const file = kept?.file;
  const customer = change.customer ?? file?.customer;
  if (customer === undefined) {
    throw new TypeError('A new customer needs its customer row');
  }
  const outcomes = new Map(kept?.outcomes);
  if (change.action !== undefined) {
    outcomes.set(change.action.token, JSON.parse(JSON.stringify(change.action.outcome ?? null)));
  }
  return {
    file: {
      customer,
      workloads: replaced(file?.workloads, change.workloads),
      reminders: replaced(file?.reminders, change.reminders),
      checklists: replaced(file?.checklists, change.checklists),
      version: undefined,
    },
    log: {
      notes: newestFirst(kept?.log.notes, change.notes),
      startDateChanges: newestFirst(kept?.log.startDateChanges, change.startDateChanges),
      contacts: newestFirst(kept?.log.contacts, change.contacts),
    },
    revision: (kept?.revision ?? 0) + 1,
    outcomes,
  };
}

function replaced<T extends { workload: string }>(before: readonly T[] = [], put: readonly T[] = []): T[] {
  const byWorkload = new Map([...before, ...put].map((each) => [each.workload, each]));
  return [...byWorkload.values()].sort((one, other) => (one.workload < other.workload ? -1 : 1));
}

function newestFirst<T extends { at: Temporal.Instant }>(before: readonly T[] = [], added: readonly T[] = []): T[] {
  return [...[...added].reverse(), ...before].sort((one, other) => Temporal.Instant.compare(other.at, one.at));
}

function checkRows({
  workloads,
  reminders,
  checklists,
  notes,
  startDateChanges,
  contacts,
  action,
}: CustomerChange): void {
  const lists = [workloads, reminders, checklists, notes, startDateChanges, contacts];
  const rows = lists.reduce((sum, list) => sum + (list?.length ?? 0), 1 + (action === undefined ? 0 : 1));
  if (rows > MAX_ROWS) {
    throw new StorageLimitError(`A transaction of ${rows} rows is more than ${MAX_ROWS}`);
  }
}
