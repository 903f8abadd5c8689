import { inParallel } from '../../src/usecases/in-parallel';

test('all are done, in order, never more than eight at a time', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 30 }, (_unused, index) => index);
  const results = await inParallel(items, async (item) => {
    running += 1;
    most = Math.max(most, running);
    for (let turns = item % 3; turns >= 0; turns -= 1) {
      await Promise.resolve();
    }
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(8);
});

test('none are none', async () => {
  expect(await inParallel([], async () => 1)).toEqual([]);
});

test('a failure is the caller’s', async () => {
  await expect(
    inParallel([1, 2, 3], async (item) => {
      if (item === 2) {
        throw new Error('storage is away');
      }
      return item;
    }),
  ).rejects.toThrow('storage is away');
});
