import { TableServiceClient } from '@azure/data-tables';
import type { CustomerFile } from '../../../src/ports/customers';
import { useAzurite } from '../../azurite';
import { customer, note, workload } from '../../contracts/sample-records';
import { openFaultyProxy, type Fault, type FaultyProxy } from './faulty-proxy';
import { storageOn, type StorageUnderTest } from './storage-on-azurite';

async function deleteTables(connectionString: string): Promise<void> {
  const service = TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
  for await (const { name } of service.listTables()) {
    await service.deleteTable(name ?? '');
  }
}

/** A silent try takes 60 % of it; what is left has to do for the next one, also on a slow machine. */
const BUDGET_MS = 8000;

describe('when the network fails', () => {
  const azurite = useAzurite();
  let proxy: FaultyProxy;
  let storage: StorageUnderTest;
  let base: CustomerFile;

  beforeEach(async () => {
    proxy = await openFaultyProxy(azurite());
    storage = storageOn(proxy.connectionString, { budget: BUDGET_MS });
    await storage.customers.commit({
      customerId: 'C1',
      base: undefined,
      customer: customer({ id: 'C1' }),
      workloads: [workload()],
    });
    await storage.flush();
    base = await loaded();
    proxy.seen.length = 0;
  });

  afterEach(async () => {
    proxy.decide = () => 'pass';
    await storage.close();
    await proxy.close();
  });

  const loaded = async (): Promise<CustomerFile> => {
    const file = await storage.customers.load('C1');
    if (file === undefined) {
      throw new Error('C1 is gone');
    }
    return file;
  };

  /** The first request that matches meets the fault, the others pass. */
  const once = (pattern: RegExp, fault: Fault): void => {
    proxy.decide = (request) => {
      if (!pattern.test(request)) {
        return 'pass';
      }
      proxy.decide = () => 'pass';
      return fault;
    };
  };
  const always = (pattern: RegExp, fault: Fault): void => {
    proxy.decide = (request) => (pattern.test(request) ? fault : 'pass');
  };
  const change = (token?: string) => ({
    customerId: 'C1',
    base,
    notes: [note()],
    workloads: [workload({ activeUsers: 50 })],
    ...(token !== undefined && { action: { token, outcome: 'done' } }),
  });

  const FAULTS: Fault[] = ['lost', 'answerLost', 'silent', 'page', 500, 503];
  test.each(FAULTS)('a commit whose transaction is %s once is committed, once', async (fault) => {
    once(/\$batch/, fault);
    expect(await storage.customers.commit(change())).toEqual({ kind: 'committed' });
    expect((await storage.customers.readLog('C1', 9)).notes).toHaveLength(1);
    expect((await loaded()).workloads[0]?.activeUsers).toBe(50);
  });

  test.each(FAULTS)(
    'a press whose transaction is %s once is committed, not told that it was done before',
    async (fault) => {
      once(/\$batch/, fault);
      expect(await storage.customers.commit(change('T'))).toEqual({ kind: 'committed' });
      expect((await storage.customers.readLog('C1', 9)).notes).toHaveLength(1);
      expect(await storage.customers.commit(change('T'))).toEqual({ kind: 'alreadyDone', outcome: 'done' });
    },
  );

  test('a page of somebody else instead of rows is no answer', async () => {
    once(/GET/, 'page');
    expect(await loaded()).toEqual(base);
    always(/GET/, 'page');
    await expect(loaded()).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  test('a commit that succeeded unheard finds itself even after a later commit', async () => {
    // The retry meets a customer that somebody else has changed on top of the first, unheard try.
    let tries = 0;
    proxy.decide = (request) => {
      if (!request.includes('$batch')) {
        return 'pass';
      }
      tries += 1;
      return tries === 1 ? 'answerLost' : 'pass';
    };
    const commit = storage.customers.commit(change());
    const others = (async () => {
      for (;;) {
        const now = await loaded();
        if (now.workloads[0]?.activeUsers === 50) {
          return storage.customers.commit({ customerId: 'C1', base: now, notes: [note({ text: 'later' })] });
        }
      }
    })();
    expect(await commit).toEqual({ kind: 'committed' });
    expect(await others).toEqual({ kind: 'committed' });
    expect((await storage.customers.readLog('C1', 9)).notes).toHaveLength(2);
  });

  test('a real conflict met on a retry is a conflict', async () => {
    expect((await storage.customers.commit({ customerId: 'C1', base, notes: [note()] })).kind).toBe('committed');
    once(/\$batch/, 'lost');
    expect(await storage.customers.commit(change())).toEqual({ kind: 'conflict' });
    expect((await storage.customers.readLog('C1', 9)).notes).toHaveLength(1);
  });

  test.each(['lost', 503] as Fault[])('storage that stays %s is a coded error', async (fault) => {
    await storage.ping();
    always(/./, fault);
    await expect(storage.ping()).rejects.toMatchObject({ code: 'storage-unavailable' });
    await expect(storage.customers.load('C1')).rejects.toMatchObject({ code: 'storage-unavailable' });
    await expect(storage.customers.commit(change())).rejects.toMatchObject({ code: 'storage-unavailable' });
    await expect(storage.botState.read(['k'])).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  test('storage that never answers fails within the budget', async () => {
    const hasty = storageOn(proxy.connectionString, { budget: 600 });
    always(/./, 'silent');
    await expect(hasty.customers.load('C1')).rejects.toMatchObject({ code: 'storage-unavailable' });
    await hasty.close();
  });

  test('a refused request is not hidden as unavailable', async () => {
    const stranger = storageOn(proxy.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${btoa('another key')}`));
    await expect(stranger.customers.load('C1')).rejects.toMatchObject({ code: 'storage-refused', status: 403 });
    await stranger.close();
  });

  test('tables deleted under a running process are an error, then made again, never "no such customer"', async () => {
    await deleteTables(azurite());
    await expect(storage.customers.load('C1')).rejects.toMatchObject({ code: 'storage-refused' });
    expect(await storage.customers.load('C1')).toBeUndefined();
    await deleteTables(azurite());
    await expect(storage.customers.commit(change())).rejects.toMatchObject({ code: 'storage-refused' });
  });

  test.each(['answerLost', 'lost'] as Fault[])('bot state whose write is %s once is written', async (fault) => {
    await storage.botState.write({ other: {} });
    once(/POST .*botstate/, fault);
    const item: { step: number; eTag?: string } = { step: 1 };
    await storage.botState.write({ key: item });
    once(/PUT .*botstate/, fault);
    await storage.botState.write({ key: { ...item, step: 2 } });
    expect(await storage.botState.read(['key'])).toMatchObject({ key: { step: 2 } });
  });

  describe('a process that dies between hint and commit', () => {
    const names = async () => (await storage.index.ofFm('fm@contoso.com')).map(({ name }) => name);
    const requestsOf = async (work: () => Promise<unknown>): Promise<number> => {
      proxy.seen.length = 0;
      await work();
      await storage.flush();
      return proxy.seen.length;
    };
    const renamed = () => ({ customerId: 'C1', base, customer: customer({ id: 'C1', name: 'Contoso Moved' }) });
    const moved = () => ({ customerId: 'C1', base, customer: customer({ id: 'C1', fm: 'new@contoso.com' }) });

    test('leaves the list as it was, and the list repairs itself', async () => {
      always(/\$batch/, 'lost');
      await expect(storage.customers.commit(renamed())).rejects.toMatchObject({ code: 'storage-unavailable' });
      proxy.decide = () => 'pass';
      expect(await names()).toEqual(['Contoso Ltd']);
      expect(await requestsOf(names)).toBe(2);
      storage.clock.advance({ seconds: 61 });
      expect(await requestsOf(names)).toBe(3);
      expect(await requestsOf(names)).toBe(1);
      expect(await names()).toEqual(['Contoso Ltd']);
    });

    test('after the commit: the list shows what was committed, and repairs itself', async () => {
      always(/PUT .*customerhints/, 'lost');
      expect(await storage.customers.commit(renamed())).toEqual({ kind: 'committed' });
      await storage.flush();
      expect(storage.backgroundErrors).toHaveLength(1);
      proxy.decide = () => 'pass';
      expect(await names()).toEqual(['Contoso Moved']);
      storage.clock.advance({ seconds: 61 });
      expect(await requestsOf(names)).toBe(3);
      expect(await requestsOf(names)).toBe(1);
      expect(await names()).toEqual(['Contoso Moved']);
    });

    test('while the FM changes: the customer is in the one list it belongs to', async () => {
      always(/\$batch/, 'lost');
      await expect(storage.customers.commit(moved())).rejects.toMatchObject({ code: 'storage-unavailable' });
      proxy.decide = () => 'pass';
      expect(await names()).toEqual(['Contoso Ltd']);
      expect(await storage.index.ofFm('new@contoso.com')).toEqual([]);
      always(/DELETE|PUT .*customerhints/, 'lost');
      expect(await storage.customers.commit(moved())).toEqual({ kind: 'committed' });
      await storage.flush();
      proxy.decide = () => 'pass';
      expect(await names()).toEqual([]);
      expect(await storage.index.ofFm('new@contoso.com')).toHaveLength(1);
      storage.clock.advance({ seconds: 61 });
      await names();
      await storage.index.ofFm('new@contoso.com');
      await storage.flush();
      expect(await requestsOf(names)).toBeLessThanOrEqual(3);
      expect(await requestsOf(async () => storage.index.ofFm('new@contoso.com'))).toBe(1);
    });
  });
});
