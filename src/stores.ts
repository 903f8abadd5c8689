import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import type { EmbeddedStorage } from './adapters/storage/embedded-azurite';
import { openEmbeddedStorage } from './adapters/storage/embedded-azurite';
import type { Storage } from './adapters/storage/storage';
import { createStorage } from './adapters/storage/storage';
import { DamagedRowError, StorageUnavailableError } from './adapters/storage/errors';
import type { StorageLocation, TableOptions, Tables } from './adapters/storage/tables';
import { openTables } from './adapters/storage/tables';
import { AzureReminderQueue } from './adapters/storage/azure-reminder-queue';
import type { RequestSeen } from './adapters/storage/undici-transport';
import { chatStateKeysOf } from './adapters/teams/state-key';
import type { Config } from './config';
import { createCorrectedClock } from './corrected-clock';
import type { Clock } from './ports/clock';
import type { Holidays } from './ports/holidays';
import type { TasksOfPerson } from './ports/personal-data';
import type { Profile, Profiles } from './ports/profiles';
import type { ReminderQueue } from './ports/reminder-queue';
import { createPublicHolidays } from './public-holidays';
import type { Schedules } from './usecases/schedules';
import { createSchedules } from './usecases/schedules';

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** What turns, the Gateway and the reminders work with. */
interface Shelf extends Storage {
  /** Set by storage's own clock: instances whose clocks differ agree on what is due. */
  readonly clock: Clock;
  readonly schedules: Schedules;
  readonly queue: ReminderQueue & TasksOfPerson;
}

/** Storage as the configuration says, with what has to be ended after it. */
export interface Stores extends Shelf {
  /**
   * The same for sweeps and deliveries, over connections of their own: they can neither hold up a turn nor be counted
   * as one. (Telling them apart by an AsyncLocalStorage made every promise of every turn dearer.)
   */
  readonly forReminders: Shelf;
  /** Where the state of a person's own chat is kept. */
  readonly stateKeysOf: (profile: Profile) => readonly string[];
  /** Creates the tables that do not exist. */
  readonly prepare: () => Promise<void>;
  /** Whether storage answers now. */
  readonly isReady: () => Promise<boolean>;
}

/**
 * Opens storage: the account that is configured, else the embedded Azurite (development), found running or started.
 * @throws EmbeddedStorageError when DATA_DIR cannot be used; StorageUnavailableError when nothing answers.
 */
export async function openStores(
  config: Config,
  logger: Logger,
  {
    onRequest: onOthers,
    onReminderRequest,
    budget,
  }: {
    readonly onRequest?: OnRequest;
    readonly onReminderRequest?: OnRequest;
    /** Milliseconds one operation on a table may take in all. */
    readonly budget?: number | undefined;
  } = {},
): Promise<Stores> {
  const embedded = config.storage.kind === 'embedded' ? await openEmbeddedStorage(config.storage.dataDir) : undefined;
  const location = locationOf(config, embedded);
  const holidays = createPublicHolidays();
  const { clock, observe } = createCorrectedClock(systemClock);
  const open = (onRequest: OnRequest | undefined, profiles?: Profiles): { shelf: Shelf; tables: Tables } => {
    const seen = (request: RequestSeen): void => {
      observe(request);
      onRequest?.(request);
    };
    return openShelf(config, logger, { location, clock, holidays, seen, profiles, budget });
  };
  const { shelf, tables } = open(onOthers);
  const { shelf: forReminders } = open(onReminderRequest, shelf.profiles);
  let preparing: Promise<void> | undefined;
  return {
    ...shelf,
    forReminders,
    stateKeysOf: chatStateKeysOf,
    prepare: async () => (preparing ??= prepared(tables)),
    // Storage may answer while the start still asks it for tables, and ends the process if it gets none.
    isReady: async () => {
      await Promise.all([tables.ping(), preparing]);
      return preparing !== undefined;
    },
    close: async () => {
      await Promise.all([shelf.close(), forReminders.close()]);
      await embedded?.stop();
    },
  };
}

type OnRequest = NonNullable<TableOptions['onRequest']>;

interface ShelfParts {
  readonly location: StorageLocation;
  readonly clock: Clock;
  readonly holidays: Holidays;
  readonly seen: OnRequest;
  /**
   * Profiles are kept for a minute: one process has one set of them, or a chat that a delivery found blocked would still
   * pass for open in the turn with which its FM is back.
   */
  readonly profiles: Profiles | undefined;
  readonly budget: number | undefined;
}

function openShelf(
  { defaultTimeZone: timeZone, reminders: { localTime } }: Config,
  logger: Logger,
  { location, clock, holidays, seen, profiles: known, budget }: ShelfParts,
): { shelf: Shelf; tables: Tables } {
  const tables = openTables(location, { onRequest: seen, ...(budget !== undefined && { budget }) });
  const queue = new AzureReminderQueue(location, { onRequest: seen });
  const storage = createStorage({
    tables,
    clock,
    onBackgroundError: (error) => {
      const event = error instanceof DamagedRowError ? 'index.row-damaged' : 'index.write-failed';
      logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, event);
    },
  });
  const profiles = known ?? storage.profiles;
  const schedules = createSchedules({
    profiles,
    holidays,
    clock,
    defaults: { timeZone, localTime },
  });
  const close = async (): Promise<void> => {
    await storage.close();
    await queue.close();
  };
  return { tables, shelf: { ...storage, profiles, clock, queue, schedules, close } };
}

const TRIES_AT_START = 4;

/** A storage that has just been started is slow at first: the start is more patient than a turn can be. */
async function prepared(tables: Tables): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tables.prepare();
    } catch (error) {
      if (!(error instanceof StorageUnavailableError) || tries === TRIES_AT_START) {
        throw error;
      }
    }
  }
}

function locationOf({ storage }: Config, embedded: EmbeddedStorage | undefined): StorageLocation {
  switch (storage.kind) {
    case 'connectionString':
      return { connectionString: storage.connectionString };
    case 'account':
      return { account: storage.account };
    case 'embedded':
      return { connectionString: embedded?.connectionString ?? '' };
  }
}
