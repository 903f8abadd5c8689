import { Temporal } from 'temporal-polyfill';
import type { RequestSeen } from '../../../src/adapters/storage/undici-transport';
import { useAzurite } from '../../azurite';
import { allOf } from '../../contracts/all-of';
import { customer, note, reminder, workload } from '../../contracts/sample-records';
import { storageOn, type StorageUnderTest } from './storage-on-azurite';

describe('what Table Storage is asked', () => {
  const azurite = useAzurite();
  const seen: RequestSeen[] = [];
  let storage: StorageUnderTest;

  beforeEach(() => {
    storage = storageOn(azurite(), { onRequest: (request) => seen.push(request) });
  });
  afterEach(async () => storage.close());

  /** Requests a piece of work makes, those nobody waits for included. */
  const costOf = async (work: () => Promise<unknown>): Promise<number> => {
    seen.length = 0;
    await work();
    await storage.flush();
    return seen.length;
  };
  const create = async (id = 'C1', change: Parameters<typeof customer>[0] = {}): Promise<void> => {
    const whole = { customerId: id, base: undefined, customer: customer({ id, ...change }), workloads: [workload()] };
    expect(await storage.customers.commit(whole)).toEqual({ kind: 'committed' });
    await storage.flush();
  };
  const loaded = async (id = 'C1') => {
    const base = await storage.customers.load(id);
    if (base === undefined) {
      throw new Error(`${id} is not there`);
    }
    return base;
  };

  test('a load is one request; a changed date three, a note one, a list one', async () => {
    await create();
    const base = await loaded();
    const dated = { customerId: 'C1', base, workloads: [workload({ startDate: undefined })], notes: [note()] };
    expect(await costOf(async () => storage.customers.load('C1'))).toBe(1);
    expect(await costOf(async () => storage.customers.commit(dated))).toBe(3);
    const noted = { customerId: 'C1', base: await loaded(), notes: [note()] };
    expect(await costOf(async () => storage.customers.commit(noted))).toBe(1);
    expect(await costOf(async () => storage.index.ofFm('fm@contoso.com'))).toBe(1);
    const scheduled = { customerId: 'C1', base: await loaded(), reminders: [reminder()] };
    expect(await costOf(async () => storage.customers.commit(scheduled))).toBeLessThanOrEqual(3);
  });

  test('the caller does not wait for the hint to be settled', async () => {
    await create();
    const base = await loaded();
    seen.length = 0;
    await storage.customers.commit({ customerId: 'C1', base, workloads: [workload({ startDate: undefined })] });
    expect(seen.map(({ method, status }) => `${method} ${status}`)).toEqual(['PATCH 204', 'POST 202']);
    await storage.flush();
    expect(seen).toHaveLength(3);
  });

  test('a profile is read once a minute', async () => {
    await storage.prepare();
    const user = { userId: 'u' } as Parameters<typeof storage.profiles.put>[0];
    await storage.profiles.put({ ...user, address: 'fm@contoso.com' }, undefined);
    expect(await costOf(async () => storage.profiles.get('u'))).toBe(0);
    storage.clock.advance({ seconds: 61 });
    expect(await costOf(async () => storage.profiles.get('u'))).toBe(1);
    expect(await costOf(async () => storage.profiles.get('u'))).toBe(0);
  });

  test('what another instance wrote is seen after a minute, and at once by who failed to overwrite it', async () => {
    const other = storage.sibling();
    const user = { userId: 'u', headsUp: false } as Parameters<typeof storage.profiles.put>[0];
    const version = await storage.profiles.put(user, undefined);
    await other.profiles.put({ ...user, headsUp: true }, version);
    expect((await storage.profiles.get('u'))?.profile.headsUp).toBe(false);
    expect(await storage.profiles.put({ ...user, reachable: false }, version)).toBeUndefined();
    expect((await storage.profiles.get('u'))?.profile.headsUp).toBe(true);
    await other.close();
  });

  test('2,500 customers are listed whole, by id and by FM, in pages', async () => {
    const ids = Array.from({ length: 2500 }, (_, index) => `C${index}`);
    for (let start = 0; start < ids.length; start += 100) {
      const some = ids.slice(start, start + 100);
      await Promise.all(
        some.map(async (id) =>
          storage.customers.commit({ customerId: id, base: undefined, customer: customer({ id, name: '!' }) }),
        ),
      );
    }
    await storage.flush();
    seen.length = 0;
    expect((await allOf(storage.customers.allIds())).sort()).toEqual([...ids].sort());
    expect(seen.length).toBeGreaterThanOrEqual(3);
    seen.length = 0;
    expect(await storage.index.ofFm('fm@contoso.com')).toHaveLength(2500);
    expect(seen).toHaveLength(3);
    seen.length = 0;
    expect(await storage.index.ofAllFms()).toHaveLength(2500);
    expect(seen).toHaveLength(3);
  });

  test('2,500 notes of one customer are read whole, and the newest alone when asked so', async () => {
    await create();
    for (let round = 0; round < 26; round += 1) {
      const at = note().at.add({ hours: round });
      const notes = Array.from({ length: 97 }, (_, index) => note({ at, text: `${round}.${index}` }));
      await storage.customers.commit({ customerId: 'C1', base: await loaded(), notes });
    }
    const texts = async (limit: number) => (await storage.customers.readLog('C1', limit)).notes.map(({ text }) => text);
    expect(await texts(2)).toEqual(['25.96', '25.95']);
    const all = await texts(Infinity);
    expect(all).toHaveLength(26 * 97);
    expect(all.at(-1)).toBe('0.0');
    expect(await costOf(async () => storage.customers.load('C1'))).toBe(1);
  });

  test('the customers of all FMs are one request; where a commit broke off, the customer tells whose it is', async () => {
    const ids = ['C1', 'C2', 'C3', 'C4'];
    for (const id of ids) {
      await create(id, { fm: `fm-of-${id}@contoso.com` });
    }
    const all = async () => (await storage.index.ofAllFms()).map(({ customerId, fm }) => `${customerId} ${fm}`).sort();
    const expected = ids.map((id) => `${id} fm-of-${id}@contoso.com`);
    expect(await costOf(async () => expect(await all()).toEqual(expected))).toBe(1);
    const pendingAt = storage.clock.now().toString();
    for (const fm of ['fm-of-C1@contoso.com', 'other@contoso.com']) {
      const mark = { partitionKey: `fm:${fm}`, rowKey: 'C1', customerId: 'C1', pendingAt };
      await storage.tables.table.customerhints.upsert(mark, 'Merge');
    }
    expect(await all()).toEqual(expected);
  });

  test('a stale due hint is forgotten once its commit is surely over, a rewritten one is kept', async () => {
    const { dueAt } = reminder();
    const base = { customerId: 'C1', base: undefined, customer: customer({ id: 'C1' }), reminders: [reminder()] };
    await storage.customers.commit(base);
    const hints = async () => allOf(storage.due.due(dueAt));
    const [hint] = await hints();
    if (hint === undefined) {
      throw new Error('No hint');
    }
    await storage.due.forget([hint]);
    expect(await hints()).toEqual([hint]);
    storage.clock.advance({ seconds: 61 });
    await storage.due.forget([hint]);
    await storage.due.forget([hint]);
    expect(await hints()).toEqual([]);
  });

  test('a customer handed over by a commit that fails is still found for the FM before', async () => {
    const [before, after] = ['before@contoso.com', 'after@contoso.com'];
    const reminders = [reminder({ fm: before })];
    await storage.customers.commit({
      customerId: 'C1',
      base: undefined,
      customer: customer({ id: 'C1', fm: before }),
      reminders,
    });
    const base = await loaded();
    await storage.customers.commit({ customerId: 'C1', base, notes: [note()] });
    const handed = { customer: customer({ id: 'C1', fm: after }), reminders: [reminder({ fm: after })] };
    expect(await storage.customers.commit({ customerId: 'C1', base, ...handed })).toEqual({ kind: 'conflict' });
    expect((await allOf(storage.due.due(reminder().dueAt))).map(({ fm }) => fm)).toContain(before);
  });

  test('of rows removed together, one that was written anew since it was read stays', async () => {
    const table = storage.tables.table.duereminders;
    const rows = Array.from({ length: 6 }, (_, index) => ({ partitionKey: 'p', rowKey: `r'${index} ü` }));
    await table.upsertAll(rows.map((row) => ({ ...row, text: 'é日本' })));
    const read = await allOf(table.query({ filter: "PartitionKey eq 'p'" }));
    expect(read.map(({ text }) => text)).toEqual(rows.map(() => 'é日本'));
    await table.upsert({ ...rows[2]!, text: 'newer' }, 'Replace');
    await table.removeAll(read);
    expect(await allOf(table.query({ filter: "PartitionKey eq 'p'" }))).toMatchObject([{ ...rows[2], text: 'newer' }]);
    expect(await costOf(async () => table.upsertAll(rows))).toBe(1);
  });

  test('a sweep reads what is due and nothing else', async () => {
    await storage.prepare();
    for (const [index, days] of [1, 2, 3, 400, 401].entries()) {
      const id = `C${index}`;
      const reminders = [reminder({ id, dueAt: storage.clock.now().add({ hours: 24 * days }) })];
      await storage.customers.commit({ customerId: id, base: undefined, customer: customer({ id }), reminders });
    }
    await storage.flush();
    const until = storage.clock.now().add(Temporal.Duration.from({ hours: 48 }));
    seen.length = 0;
    expect((await allOf(storage.due.due(until))).map(({ customerId }) => customerId)).toEqual(['C0', 'C1']);
    expect(seen).toHaveLength(1);
  });

  test('bot state nobody has written for 90 days is removed, the rest stays', async () => {
    await storage.botState.write({ old: { step: 1 } });
    storage.clock.advance({ hours: 24 * 60 });
    await storage.botState.write({ young: { step: 1 } });
    storage.clock.advance({ hours: 24 * 31 });
    expect(await storage.removeExpired()).toMatchObject({ states: 1 });
    expect(Object.keys(await storage.botState.read(['old', 'young']))).toEqual(['young']);
    expect(await storage.removeExpired()).toMatchObject({ states: 0 });
  });

  test('bot state beyond 1 MiB is refused by code', async () => {
    await expect(storage.botState.write({ key: { text: 'x'.repeat(600_000) } })).rejects.toMatchObject({
      code: 'storage-limit',
    });
    expect(await storage.botState.read(['key'])).toEqual({});
  });
});
