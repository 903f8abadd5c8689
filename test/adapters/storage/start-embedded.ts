import { openEmbeddedStorage } from '../../../src/adapters/storage/embedded-azurite';

/** A process of its own: opens the storage of the directory it is given, says so, and stays until it is ended. */
const [, , directory = ''] = process.argv;
openEmbeddedStorage(directory).then(
  (storage) => {
    process.send?.({ connectionString: storage.connectionString, owned: storage.owned });
    process.on('message', () => void storage.stop().then(() => process.exit(0)));
  },
  (error: Error) => {
    process.send?.({ error: error.message });
    process.exit(1);
  },
);
