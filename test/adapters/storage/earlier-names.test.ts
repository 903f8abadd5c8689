import { packSummary, summaryOf } from '../../../src/adapters/storage/customer-summary';
import { namePrefixes } from '../../../src/adapters/storage/name-words';
import { forgetting } from '../../../src/domain/former-user';
import { encodeKey } from '../../../src/adapters/storage/keys';
import { useAzurite } from '../../azurite';
import { customer } from '../../contracts/sample-records';
import { storageOn, type StorageUnderTest } from './storage-on-azurite';

const azurite = useAzurite();
let storage: StorageUnderTest;
const going = new AbortController().signal;

beforeEach(async () => {
  storage = storageOn(azurite());
  await storage.prepare();
});
afterEach(async () => storage.close());

const hints = () => storage.tables.table.customerhints;

async function rowsBeginning(prefix: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const row of hints().raw()) {
    if (row.partitionKey.startsWith(prefix)) {
      rows.push(row.rowKey);
    }
  }
  return rows;
}

/** Name rows of a customer as an instance of 0.1 writes them; it writes no others. */
async function writeAsBefore(id: string, name: string, pendingAt?: string): Promise<void> {
  const summary = packSummary(summaryOf({ customer: customer({ id, name }), workloads: [], checklists: [] }));
  for (const prefix of namePrefixes(name)) {
    const key = { partitionKey: `name:${encodeKey(prefix)}`, rowKey: encodeKey(id), customerId: id };
    await hints().upsert(pendingAt === undefined ? { ...key, summary } : { ...key, pendingAt }, 'Replace');
  }
}

/** A customer that an instance of 0.1 has written. */
async function createAsBefore(id: string, name: string, pendingAt?: string): Promise<void> {
  await storage.customers.commit({ customerId: id, base: undefined, customer: customer({ id, name }) });
  await storage.flush();
  for await (const row of hints().raw({ filter: "PartitionKey eq 'names'" })) {
    if (row['customerId'] === id) {
      await hints().remove(row.partitionKey, row.rowKey, '*');
    }
  }
  await writeAsBefore(id, name, pendingAt);
}

const named = async (word: string): Promise<string[]> =>
  (await storage.index.named([{ word, after: '' }])).map(({ customerId }) => customerId).sort();
async function moveAll(by = storage): Promise<void> {
  for (let rows = 1; rows > 0;) {
    rows = await by.moveNames(going);
  }
}

test('names kept by an earlier version are found before, while and after they are moved', async () => {
  await createAsBefore('C1', 'Contoso Pharma Ltd');
  await createAsBefore('C2', 'Contoso');
  expect(await named('contoso')).toEqual(['C1', 'C2']);
  await moveAll();
  expect(await named('contoso')).toEqual(['C1', 'C2']);
  expect(await rowsBeginning('name:')).toEqual([]);
  storage.clock.advance({ seconds: 61 });
  expect(await named('pharma')).toEqual(['C1']);
});

test('a row of a commit that broke off tells nothing: the customer does', async () => {
  await createAsBefore('C1', 'Contoso', storage.clock.now().toString());
  expect(await named('contoso')).toEqual(['C1']);
  storage.clock.advance({ seconds: 120 });
  expect(await named('contoso')).toEqual(['C1']);
  await moveAll();
  storage.clock.advance({ seconds: 61 });
  expect(await named('contoso')).toEqual(['C1']);
});

test('what an instance of the earlier version writes after the move is moved with the next look', async () => {
  await moveAll();
  storage.clock.advance({ seconds: 61 });
  expect(await named('contoso')).toEqual([]);
  await createAsBefore('C1', 'Contoso');
  await moveAll();
  expect(await named('contoso')).toEqual(['C1']);
});

test('two instances that move at once leave every name where it is found', async () => {
  const other = storage.sibling();
  for (let index = 0; index < 12; index += 1) {
    await createAsBefore(`C${index}`, `Contoso Number${index} Works`);
  }
  await Promise.all([moveAll(), moveAll(other)]);
  storage.clock.advance({ seconds: 61 });
  expect(await named('works')).toHaveLength(12);
  expect(await named('number7')).toEqual(['C7']);
  await other.close();
});

test('a customer renamed before its names are moved is found by the new name only', async () => {
  await createAsBefore('C1', 'Contoso Works');
  const base = await storage.customers.load('C1');
  const renamed = { customerId: 'C1', base, customer: customer({ id: 'C1', name: 'Fabrikam Works' }) };
  expect(await storage.customers.commit(renamed)).toEqual({ kind: 'committed' });
  await storage.flush();
  await moveAll();
  storage.clock.advance({ seconds: 61 });
  expect([await named('fabrikam'), await named('works'), await named('contoso')]).toEqual([['C1'], ['C1'], []]);
});

test('a move that is told to stop leaves the rest to the next one', async () => {
  await createAsBefore('C1', 'Contoso');
  const stopped = new AbortController();
  stopped.abort();
  expect(await storage.moveNames(stopped.signal)).toBe(0);
  expect(await rowsBeginning('name:')).toEqual(['C1']);
  expect(await named('contoso')).toEqual(['C1']);
  await moveAll();
  expect(await rowsBeginning('name:')).toEqual([]);
});

test('a person who is forgotten is in no row of the earlier version, and the customer is still found', async () => {
  await createAsBefore('C1', 'Contoso');
  const fm = customer().fm ?? '';
  const forget = forgetting([fm]);
  const person = { userIds: [], addresses: [fm], others: [], profiles: [] };
  const base = await storage.customers.load('C1');
  await storage.customers.commit({
    customerId: 'C1',
    base,
    customer: customer({ id: 'C1', name: 'Contoso', fm: undefined }),
  });
  await storage.flush();
  expect((await storage.personal.remaining(forget))['customerhints']).toBe(1);
  await storage.personal.removeRows(person, { forget, stateKeys: [], dryRun: false });
  expect((await storage.personal.remaining(forget))['customerhints']).toBeUndefined();
  expect(await named('contoso')).toEqual(['C1']);
});
