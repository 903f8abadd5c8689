import type { Temporal } from 'temporal-polyfill';
import { useAzurite } from '../../azurite';
import { allOf } from '../../contracts/all-of';
import { storageOn, type StorageUnderTest } from './storage-on-azurite';

const azurite = useAzurite();
const FMS = Array.from({ length: 40 }, (_unused, index) => `fm${index}@example.com`);

/** Whoever was not marked within a minute. */
const claimed = async ({ marks, clock }: StorageUnderTest, keys: readonly string[]): Promise<string[]> => {
  const now = clock.now();
  const isWanted = async (_key: string, markedAt: Temporal.Instant | undefined) =>
    Promise.resolve(markedAt === undefined || now.epochMilliseconds - markedAt.epochMilliseconds >= 60_000);
  return (await allOf(marks.claim(keys, now, isWanted))).flat().sort();
};

test('of instances that ask at the same time, one gets each key, until its mark is too old', async () => {
  const one = storageOn(azurite());
  const others = [one.sibling(), one.sibling()];
  const got = await Promise.all([one, ...others].map(async (each) => claimed(each, FMS)));
  expect(got.flat().sort()).toEqual([...FMS].sort());
  expect(await claimed(one, FMS)).toEqual([]);
  one.clock.advance({ seconds: 61 });
  expect(await claimed(one, FMS.slice(0, 3))).toEqual(FMS.slice(0, 3));
  expect(await claimed(one, ['new@example.com', ...FMS.slice(0, 3)])).toEqual(['new@example.com']);
});

test('many cost as many requests as there are rows; old marks are not kept, and none names anybody', async () => {
  let requests = 0;
  const storage = storageOn(azurite(), { onRequest: () => void (requests += 1) });
  await storage.prepare();
  const many = Array.from({ length: 500 }, (_unused, index) => `many${index}@example.com`);
  requests = 0;
  await claimed(storage, many);
  expect(requests).toBeLessThanOrEqual(32);
  storage.clock.advance({ minutes: 16 });
  await claimed(
    storage,
    many.map((fm) => `new-${fm}`),
  );
  const rows = await allOf(storage.tables.table.deliveries.raw());
  const kept = rows.flatMap(({ marks }) => Object.keys(JSON.parse(marks as string) as object));
  expect(kept).toHaveLength(many.length);
  expect(JSON.stringify(rows)).not.toContain('example.com');
});
