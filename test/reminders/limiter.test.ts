import { Limiter } from '../../src/reminders/limiter';
import type { SharedPace } from '../../src/ports/shared-pace';
import { storageOn, type StorageUnderTest } from '../adapters/storage/storage-on-azurite';
import { useAzurite } from '../azurite';

const azurite = useAzurite();

/** An instance on the common row; waiting moves the common clock. */
function instanceOn({ clock, pace }: StorageUnderTest, ratePerSecond: number): Limiter {
  return new Limiter({ pace, clock, ratePerSecond, pause: async (milliseconds) => clock.advance({ milliseconds }) });
}

test('three instances together send no faster than the rate, and no slower than nine tenths of it', async () => {
  const storage = storageOn(azurite());
  const instances = [storage, storage.sibling(), storage.sibling()].map((each) => instanceOn(each, 50));
  const started = storage.clock.now().epochMilliseconds;
  const sends = 150;
  for (let count = 0; count < sends; count++) {
    expect(await instances[count % 3]?.place()).toBeUndefined();
  }
  const seconds = (storage.clock.now().epochMilliseconds - started) / 1000;
  expect(sends / seconds).toBeLessThanOrEqual(51);
  expect(sends / seconds).toBeGreaterThan(45);
});

test('what Teams told one instance holds for all: nobody sends until Retry-After is over', async () => {
  const storage = storageOn(azurite());
  const [one, two] = [instanceOn(storage, 50), instanceOn(storage.sibling(), 50)];
  await one.place();
  await one.block(30);
  expect(await two.place()).toBe(30);
  expect(await one.place()).toBe(30);
  storage.clock.advance({ seconds: 28 });
  const before = storage.clock.now().epochMilliseconds;
  expect(await two.place()).toBeUndefined();
  expect(storage.clock.now().epochMilliseconds - before).toBe(2000);
});

test('a shorter wait told later does not end a longer one', async () => {
  const storage = storageOn(azurite());
  const [one, two] = [instanceOn(storage, 50), instanceOn(storage.sibling(), 50)];
  await one.block(60);
  await two.block(5);
  expect(await one.place()).toBe(60);
});

test('places that an instance reserved before it was frozen are not used after it', async () => {
  const storage = storageOn(azurite());
  const one = instanceOn(storage, 50);
  await one.place();
  storage.clock.advance({ minutes: 10 });
  const now = storage.clock.now().epochMilliseconds;
  for (let count = 0; count < 50; count++) {
    await one.place();
  }
  expect(storage.clock.now().epochMilliseconds - now).toBeGreaterThanOrEqual(900);
});

test('where storage is slow, places are reserved for all who wait, and the row is read only when others have written it', async () => {
  const storage = storageOn(azurite());
  const { clock } = storage;
  let [reads, writes] = [0, 0];
  const pace: SharedPace = {
    read: async () => {
      reads += 1;
      return storage.pace.read();
    },
    put: async (next, version) => {
      writes += 1;
      clock.advance({ milliseconds: 200 });
      return storage.pace.put(next, version);
    },
  };
  const slow = new Limiter({ pace, clock, ratePerSecond: 50, pause: async () => undefined });
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 24 }, async () => slow.place()));
  }
  // 120 sends in ten reservations of a quarter of a second, not in twenty-four of a tenth.
  expect([reads, writes]).toEqual([1, 10]);
  await instanceOn(storage.sibling(), 50).block(60);
  expect(await slow.place()).toBeGreaterThan(50);
});
