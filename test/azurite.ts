import { openMemoryStorage, type EmbeddedStorage } from '../src/adapters/storage/embedded-azurite';

/**
 * One Azurite for the tests of a file, in memory, on free ports.
 * @returns a function that gives its connection string; call it inside hooks and tests.
 */
export function useAzurite(): () => string {
  let storage: EmbeddedStorage | undefined;
  beforeAll(async () => {
    storage = await openMemoryStorage();
  });
  afterAll(async () => storage?.stop());
  return () => {
    if (storage === undefined) {
      throw new Error('useAzurite() gives its address inside hooks and tests only');
    }
    return storage.connectionString;
  };
}

let tables = 0;

/** A prefix for table names that no other test of this process uses: every test has its own empty tables. */
export function freshPrefix(): string {
  tables += 1;
  return `t${tables}x`;
}
