import { Temporal } from 'temporal-polyfill';
import { createStorage, type Storage } from '../../../src/adapters/storage/storage';
import { openTables, type TableOptions, type Tables } from '../../../src/adapters/storage/tables';
import { freshPrefix } from '../../azurite';
import { SettableClock } from '../../fakes/settable-clock';

export interface StorageUnderTest extends Storage {
  readonly clock: SettableClock;
  /** Creates the tables, so that counting starts after it. */
  prepare(): Promise<void>;
  /** One look whether storage answers. */
  ping(): Promise<void>;
  /** Another process on the same tables, with the same clock. */
  sibling(): StorageUnderTest;
  /** The tables themselves, for rows that no port writes. */
  readonly tables: Tables;
  /** Failures of work nobody waited for. */
  readonly backgroundErrors: unknown[];
}

/** Empty storage of its own. The budget is generous: the machine is shared, and time is not what is tested. */
export function storageOn(connectionString: string, options: TableOptions = {}): StorageUnderTest {
  return build(connectionString, { budget: 20_000, prefix: freshPrefix(), ...options }, new SettableClock(START));
}

const START = Temporal.Instant.from('2027-03-01T09:00:00Z');

function build(connectionString: string, options: TableOptions, clock: SettableClock): StorageUnderTest {
  const backgroundErrors: unknown[] = [];
  const tables = openTables({ connectionString }, options);
  const storage = createStorage({ tables, clock, onBackgroundError: (error) => backgroundErrors.push(error) });
  return {
    ...storage,
    clock,
    backgroundErrors,
    tables,
    prepare: async () => tables.prepare(),
    ping: async () => tables.ping(),
    sibling: () => build(connectionString, options, clock),
  };
}
