import type { NamedCustomer, TypedWord } from '../../../src/ports/customer-index';
import type { RequestSeen } from '../../../src/adapters/storage/undici-transport';
import { useAzurite } from '../../azurite';
import { customer } from '../../contracts/sample-records';
import { storageOn, type StorageUnderTest } from './storage-on-azurite';

jest.setTimeout(120_000);

/** More customers with one beginning than are read at once. */
const CROWD = 250;
const azurite = useAzurite();
const seen: RequestSeen[] = [];
let storage: StorageUnderTest;

async function create(names: readonly string[]): Promise<void> {
  for (let start = 0; start < names.length; start += 50) {
    await Promise.all(
      names.slice(start, start + 50).map(async (name) => {
        const id = `id of ${name}`;
        const whole = { customerId: id, base: undefined, customer: customer({ id, name }) };
        expect(await storage.customers.commit(whole)).toEqual({ kind: 'committed' });
      }),
    );
  }
  await storage.flush();
}

const typed = (sentence: string): TypedWord[] => {
  const words = sentence.split(' ');
  return words.map((word, place) => ({ word, after: words.slice(place + 1).join(' ') }));
};
const namesOf = (customers: readonly NamedCustomer[]): string[] => customers.map(({ name }) => name);
const named = async (sentence: string): Promise<string[]> => namesOf(await storage.index.named(typed(sentence)));
const like = async (sentence: string): Promise<string[]> => namesOf(await storage.index.namedLike(typed(sentence)));

beforeAll(async () => {
  storage = storageOn(azurite(), { onRequest: (request) => seen.push(request) });
  await create([
    ...Array.from({ length: CROWD }, (_unused, index) => `Conetra ${100 + index} Holding`),
    ...Array.from({ length: CROWD }, (_unused, index) => `Concorde${String.fromCharCode(97 + (index % 26))}${index}`),
    ...['Contoso', 'Contoso Pharma AG', 'Coho Vineyard', 'Zeta', '华为技术有限公司', '康托索集团', 'さくら銀行'],
  ]);
  await storage.moveNames(new AbortController().signal);
  storage.clock.advance({ seconds: 61 });
  await named('warm');
});
afterAll(async () => storage.close());

test('of many namesakes those are found whose next words were typed', async () => {
  const found = await named('conetra 333 teams');
  expect(found).toContain('Conetra 333 Holding');
  expect(found.length).toBeLessThanOrEqual(101);
});

test('a name typed as it is costs one request and the rows of its namesakes, however many begin alike', async () => {
  seen.length = 0;
  expect((await named('contoso')).sort()).toEqual(['Contoso', 'Contoso Pharma AG']);
  expect(seen).toHaveLength(1);
});

test('a whole word goes before the longer ones that begin so', async () => {
  expect(await named('con')).toHaveLength(100);
  await create(['Con']);
  expect(await named('con')).toContain('Con');
});

test.each([
  ['contozo', 'in the second half'],
  ['contosso', 'a letter too many'],
  ['contso', 'a letter missing'],
  ['cotnoso', 'two letters changed places in the first half'],
  ['conotso', 'two letters changed places in the middle'],
  ['coontoso', 'a letter twice'],
  ['contosos', 'an ending'],
  ['contosoteams', 'a word joined to it'],
])('among 500 others that begin alike, %s is Contoso: %s', async (word) => {
  expect(await like(word)).toContain('Contoso');
});

test('a typo reads a bounded number of names', async () => {
  expect((await like('contozo')).length).toBeLessThanOrEqual(700);
});

test('a sentence of twelve such words reads no more than so many of each', async () => {
  seen.length = 0;
  await like(Array.from({ length: 12 }, () => 'contozo').join(' '));
  expect(seen.length).toBeLessThanOrEqual(12 * 7);
});

test('where few begin alike, any typo behind the first two letters is looked through', async () => {
  expect(await like('zepata')).toEqual(['Zeta']);
  expect(await like('zulu')).toEqual([]);
});

test.each([
  ['把康托索集团的接洽开始日期改到三月三日', '康托索集团'],
  ['将华为技术的开始日期推迟', '华为技术有限公司'],
])('in a script without spaces a name is found anywhere: %s', async (sentence, name) => {
  expect([...(await named(sentence)), ...(await like(sentence))]).toContain(name);
});

test('a name at the beginning of such a run is found as typed', async () => {
  expect(await named('さくら銀行のTeamsを延期')).toContain('さくら銀行');
});
