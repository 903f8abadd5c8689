import type { Storage } from '../../src/adapters/storage/storage';
import { useAzurite } from '../azurite';
import { storedAt } from '../stored';
import { startBot, type BotUnderTest } from './bot-under-test';

/** Reminders come as soon as they are due. */
export const REMINDERS_AT_ONCE = { REMINDER_LOCAL_TIME: 'now', REMINDER_SWEEP_SECONDS: '1' };

interface BotInUse extends Omit<BotUnderTest, 'close'> {
  /** Where its Azurite is. */
  readonly connectionString: string;
  /** What is stored, read past the bot. */
  readonly storage: Storage;
}

/** The bot for the tests of a file, on an Azurite of its own. To be used inside hooks and tests. */
export function useBot(environment: Record<string, string> = {}): BotInUse {
  const azurite = useAzurite();
  let started: BotUnderTest | undefined;
  let storage: Storage | undefined;
  beforeAll(async () => {
    started = await startBot(azurite(), environment);
    storage = storedAt(azurite());
  });
  afterAll(async () => {
    await started?.close();
    await storage?.close();
  });
  const bot = (): BotUnderTest => present(started);
  return {
    get app() {
      return bot().app;
    },
    get url() {
      return bot().url;
    },
    get teams() {
      return bot().teams;
    },
    get connectionString() {
      return azurite();
    },
    get storage() {
      return present(storage);
    },
    importSample: async (fm, today) => bot().importSample(fm, today),
  };
}

function present<T>(part: T | undefined): T {
  if (part === undefined) {
    throw new Error('useBot() is there inside hooks and tests only');
  }
  return part;
}
