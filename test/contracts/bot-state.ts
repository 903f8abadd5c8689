import type { Storage } from 'botbuilder-core';

interface Item {
  step: number;
  text?: string;
  eTag?: string;
}

/** Every bot state storage behaves like this. @param open gives an empty one. */
export function botStateContract(open: () => Storage): void {
  let storage: Storage;
  beforeEach(() => {
    storage = open();
  });

  const read = async (key: string): Promise<Item | undefined> => {
    const items = (await storage.read([key])) as Record<string, Item | undefined>;
    return items[key];
  };

  test('a key nobody wrote is not there', async () => {
    expect(await storage.read(['nobody', 'else'])).toEqual({});
  });

  test('several keys come back as they were written, with an ETag', async () => {
    await storage.write({ one: { step: 1, text: 'é\n"' }, two: { step: 2 } });
    const items = await storage.read(['one', 'two', 'three']);
    expect(items).toEqual({
      one: { step: 1, text: 'é\n"', eTag: expect.any(String) },
      two: { step: 2, eTag: expect.any(String) },
    });
  });

  test('the version that was read may be written over, and is told its new ETag', async () => {
    await storage.write({ key: { step: 1 } });
    const item = await read('key');
    await storage.write({ key: Object.assign(item ?? {}, { step: 2 }) });
    await storage.write({ key: Object.assign(item ?? {}, { step: 3 }) });
    expect(await read('key')).toEqual({ step: 3, eTag: item?.eTag });
  });

  test('a stale version is refused by name and changes nothing', async () => {
    await storage.write({ key: { step: 1 } });
    const stale = await read('key');
    await storage.write({ key: { step: 2, eTag: stale?.eTag } });
    await expect(storage.write({ key: { step: 9, eTag: stale?.eTag } })).rejects.toMatchObject({
      code: 'state-conflict',
      name: 'StateConflictError',
    });
    expect((await read('key'))?.step).toBe(2);
  });

  test('without an ETag the key must not exist', async () => {
    await storage.write({ key: { step: 1 } });
    await expect(storage.write({ key: { step: 2 } })).rejects.toMatchObject({ code: 'state-conflict' });
  });

  test('the version of a deleted key is stale', async () => {
    const item: Item = { step: 1 };
    await storage.write({ key: item });
    await storage.delete(['key', 'never there']);
    await expect(storage.write({ key: { ...item, step: 2 } })).rejects.toMatchObject({ code: 'state-conflict' });
    expect(await read('key')).toBeUndefined();
  });

  test('* overwrites whatever is there', async () => {
    await storage.write({ key: { step: 1, eTag: '*' } });
    await storage.write({ key: { step: 2, eTag: '*' } });
    expect((await read('key'))?.step).toBe(2);
  });

  test('of 20 writes over one version exactly one succeeds', async () => {
    const item: Item = { step: 0 };
    await storage.write({ key: item });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, async (_, step) => storage.write({ key: { ...item, step } })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each(['msteams/conversations/19:abc@thread.tacv2/users/29:1#?\\%', '名前\t\n', 'x'.repeat(3000)])(
    'key %j is a key like any other',
    async (key) => {
      await storage.write({ [key]: { step: 1 } });
      expect((await read(key))?.step).toBe(1);
    },
  );

  test('state of 200,000 characters comes back whole', async () => {
    const text = '状態😀'.repeat(50_000);
    await storage.write({ key: { step: 1, text } });
    expect((await read('key'))?.text === text).toBe(true);
  });
}
