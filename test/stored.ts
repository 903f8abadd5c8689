import { createStorage, type Storage } from '../src/adapters/storage/storage';
import { openTables } from '../src/adapters/storage/tables';
import { systemClock } from '../src/stores';

/** What is stored there, read past the bot. To be closed. */
export const storedAt = (connectionString: string): Storage =>
  createStorage({
    tables: openTables({ connectionString }),
    clock: systemClock,
    onBackgroundError: () => undefined,
  });
