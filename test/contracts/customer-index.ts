import type { CustomerFile, CustomerChange, Customers } from '../../src/ports/customers';
import type { CustomerIndex, TypedWord } from '../../src/ports/customer-index';
import { bareWorkload, customer, note, workload } from './sample-records';

interface Store {
  readonly customers: Customers;
  readonly index: CustomerIndex;
  /** Waits for what the store does in its own time. */
  readonly flush: () => Promise<void>;
}

/** Every implementation of CustomerIndex behaves like this. @param open gives an empty store. */
export function customerIndexContract(open: () => Store): void {
  let store: Store;
  beforeEach(() => {
    store = open();
  });

  const commit = async (change: Partial<CustomerChange> & { customerId: string }): Promise<void> => {
    const base: CustomerFile | undefined = await store.customers.load(change.customerId);
    expect(await store.customers.commit({ base, ...change })).toEqual({ kind: 'committed' });
  };
  const create = async (id: string, change: Parameters<typeof customer>[0] = {}): Promise<void> =>
    commit({ customerId: id, customer: customer({ id, ...change }), workloads: [workload(), bareWorkload()] });
  const idsOf = async (fm: string): Promise<string[]> =>
    (await store.index.ofFm(fm)).map(({ customerId }) => customerId).sort();
  const byFm = async (): Promise<string[]> =>
    (await store.index.ofAllFms()).map(({ customerId, fm }) => `${customerId} ${fm}`).sort();
  const typed = (words: readonly string[]): TypedWord[] =>
    words.map((word, place) => ({ word, after: words.slice(place + 1).join(' ') }));
  const idsLike = async (...words: string[]): Promise<string[]> =>
    (await store.index.namedLike(typed(words))).map(({ customerId }) => customerId).sort();
  const idsNamed = async (...words: string[]): Promise<string[]> =>
    (await store.index.named(typed(words))).map(({ customerId }) => customerId).sort();

  test('nobody has customers at first', async () => {
    expect(await store.index.ofFm('fm@contoso.com')).toEqual([]);
    expect([...(await idsNamed('contoso')), ...(await idsLike('contoso'))]).toEqual([]);
    expect([...(await idsNamed()), ...(await idsLike())]).toEqual([]);
    expect(await store.index.ofAllFms()).toEqual([]);
  });

  test.each(['at once', 'later'])('a committed customer is in its FM’s list %s', async (when) => {
    await create('C/1');
    if (when === 'later') {
      await store.flush();
    }
    expect(await store.index.ofFm('fm@contoso.com')).toEqual([
      {
        customerId: 'C/1',
        name: 'Contoso Ltd',
        fm: 'fm@contoso.com',
        deliveryChannel: 'FTC',
        workloads: [
          {
            workload: 'exchange-online',
            requestId: 'RFA-1',
            l1Status: 'InProgress',
            serviceStatus: 'Enablement',
            startDate: workload().startDate,
            kickoffDate: workload().kickoffDate,
            lastContact: 'attempt',
          },
          {
            workload: 'teams',
            requestId: 'RFA-1',
            l1Status: 'InProgress',
            serviceStatus: 'Enablement',
            startDate: undefined,
            kickoffDate: undefined,
            lastContact: undefined,
          },
        ],
      },
    ]);
  });

  test('a changed date is in the list, whether the change is settled or not', async () => {
    await create('C1');
    for (const startDate of [undefined, workload().startDate]) {
      await commit({ customerId: 'C1', workloads: [workload({ startDate })] });
      expect((await store.index.ofFm('fm@contoso.com'))[0]?.workloads[0]?.startDate).toEqual(startDate);
      await store.flush();
      expect((await store.index.ofFm('fm@contoso.com'))[0]?.workloads[0]?.startDate).toEqual(startDate);
    }
  });

  test('a customer moves with its FM and leaves with none', async () => {
    await create('C1');
    await create('C2');
    await commit({ customerId: 'C1', customer: customer({ id: 'C1', fm: "o'hara@contoso.com" }) });
    expect(await idsOf('fm@contoso.com')).toEqual(['C2']);
    expect(await idsOf("o'hara@contoso.com")).toEqual(['C1']);
    await store.flush();
    expect(await idsOf('fm@contoso.com')).toEqual(['C2']);
    expect(await byFm()).toEqual(["C1 o'hara@contoso.com", 'C2 fm@contoso.com']);
    await commit({ customerId: 'C1', customer: customer({ id: 'C1', fm: undefined }) });
    await store.flush();
    expect(await idsOf("o'hara@contoso.com")).toEqual([]);
    expect(await byFm()).toEqual(['C2 fm@contoso.com']);
    expect(await idsNamed('contoso')).toEqual(['C1', 'C2']);
  });

  test('a commit that lost leaves the list as it is', async () => {
    await create('C1');
    const base = await store.customers.load('C1');
    await commit({ customerId: 'C1', notes: [note()] });
    const renamed = customer({ id: 'C1', name: 'Never', fm: 'never@contoso.com' });
    expect(await store.customers.commit({ customerId: 'C1', base, customer: renamed })).toEqual({ kind: 'conflict' });
    await store.flush();
    expect((await store.index.ofFm('fm@contoso.com')).map(({ name }) => name)).toEqual(['Contoso Ltd']);
    expect(await idsOf('never@contoso.com')).toEqual([]);
    expect([await idsNamed('never'), await idsNamed('contoso')]).toEqual([[], ['C1']]);
  });

  test('names are found by the beginning of any word as typed, without accents and case', async () => {
    await create('C1', { name: 'Élan Vital GmbH' });
    await create('C2', { name: '株式会社コントソ' });
    await create('C3', { name: 'Adventure-Works (Cycles) #1' });
    await store.flush();
    expect(await idsNamed('ELAN')).toEqual(['C1']);
    expect(await idsNamed('move', 'vit')).toEqual(['C1']);
    expect(await idsNamed('コントソ')).toEqual(['C2']);
    expect(await idsNamed('株式会社')).toEqual(['C2']);
    expect(await idsNamed('cycle', 'gmbh')).toEqual(['C1', 'C3']);
    expect(await idsNamed('adventure-works')).toEqual(['C3']);
    expect(await idsNamed('xy')).toEqual([]);
  });

  test('names are found with a typo behind the first two characters of a word', async () => {
    await create('C1', { name: 'Élan Vital GmbH' });
    await create('C2', { name: '株式会社コントソ' });
    await store.flush();
    expect(await idsLike('ELAM')).toEqual(['C1']);
    expect(await idsLike('move', 'vitamin')).toEqual(['C1']);
    expect(await idsLike('コントロ')).toEqual(['C2']);
    expect(await idsLike('xy')).toEqual([]);
  });

  test('a renamed customer is found by its new name only', async () => {
    await create('C1', { name: 'Contoso' });
    await commit({ customerId: 'C1', customer: customer({ id: 'C1', name: 'Fabrikam' }) });
    await store.flush();
    expect([...(await idsNamed('contoso')), ...(await idsLike('contoso'))]).toEqual([]);
    expect([await idsNamed('fabrikam'), await idsLike('fabrikam')]).toEqual([['C1'], ['C1']]);
    expect((await store.index.ofFm('fm@contoso.com')).map(({ name }) => name)).toEqual(['Fabrikam']);
  });
}
