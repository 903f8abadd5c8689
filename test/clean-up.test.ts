import { cleanUpDaily } from '../src/clean-up';
import type { Delivery, Digest } from '../src/ports/deliveries';
import { idle } from '../src/reminders/dependencies';
import { storageOn, type StorageUnderTest } from './adapters/storage/storage-on-azurite';
import { useAzurite } from './azurite';
import { customer } from './contracts/sample-records';

const azurite = useAzurite();
const DAY = 24;
const FM = 'ana@example.com';
let storage: StorageUnderTest;
let requests: string[];
let told: object[];

beforeEach(async () => {
  requests = [];
  storage = storageOn(azurite(), { onRequest: ({ method }) => requests.push(method) });
  await storage.prepare();
  told = [];
});
afterEach(async () => storage.close());

const going = new AbortController().signal;
const clean = async (on = storage): Promise<void> =>
  cleanUpDaily(on, { info: (removed: object) => void told.push(removed) } as never, going);
const pass = (days: number): void => storage.clock.advance({ hours: DAY * days });
const sent = async (...ids: readonly string[]): Promise<void> => sentTo(FM, ...ids);
/** Digests, and the hint that is written a little later. */
async function sentTo(fm: string, ...ids: readonly string[]): Promise<void> {
  const digests = ids.map((id): Digest => ({ id, fm, at: storage.clock.now(), items: [] }));
  await Promise.all(digests.map(async (digest) => storage.deliveries.putDigest(digest)));
  await storage.flush();
}
const chat = async (key: string): Promise<void> => storage.botState.write({ [key]: { data: {} } });

test('what is kept for a time only goes when its time has passed, and nothing before', async () => {
  const { customers, botState, deliveries, feedback } = storage;
  await customers.commit({
    customerId: 'CUST-1',
    base: undefined,
    customer: customer(),
    action: { token: 't', outcome: 'done' },
  });
  await botState.write({ chat: { data: {}, eTag: '*' } });
  await sent('first');
  await feedback.unanswered({ text: 'pizza?', language: 'en', at: storage.clock.now().toString() });
  await feedback.vote({ topic: 'esd-frp', helpful: true, userId: 'u', at: storage.clock.now().toString() });
  await clean();
  expect(told).toEqual([{ states: 0, digests: 0, questions: 0 }]);
  pass(89);
  await clean();
  expect(told[1]).toMatchObject({ states: 0 });
  pass(2);
  await clean();
  expect(told[2]).toMatchObject({ states: 1, digests: 0 });
  pass(88);
  await clean();
  expect(told[3]).toMatchObject({ digests: 0 });
  expect((await deliveries.digest(FM, 'first'))?.id).toBe('first');
  // To the end of its month.
  pass(32);
  await clean();
  expect(told[4]).toMatchObject({ digests: 1, questions: 0 });
  expect(await deliveries.digest(FM, 'first')).toBeUndefined();
  pass(500);
  await clean();
  expect(told[5]).toMatchObject({ questions: 1 });
  expect(await customers.actionOutcome('CUST-1', 't')).toBe('done');
  expect((await customers.load('CUST-1'))?.customer.name).toBe('Contoso Ltd');
  const votes: unknown[] = [];
  for await (const vote of feedback.votes()) {
    votes.push(vote);
  }
  expect(votes).toHaveLength(1);
});

test('state that is written again and again stays, and goes 90 days after the last word', async () => {
  await chat('talker');
  for (let month = 0; month < 5; month++) {
    pass(30);
    await storage.botState.write(await storage.botState.read(['talker']));
    await clean();
  }
  pass(88);
  await clean();
  expect(Object.keys(await storage.botState.read(['talker']))).toEqual(['talker']);
  pass(3);
  await clean();
  expect(await storage.botState.read(['talker'])).toEqual({});
  // Whoever comes back begins anew, with a time of their own.
  await chat('talker');
  pass(92);
  await clean();
  expect(told.at(-1)).toMatchObject({ states: 1 });
});

test('an FM’s digests go month by month, those of others stay', async () => {
  const { deliveries } = storage;
  for (const id of ['march', 'april', 'may']) {
    await sent(id);
    pass(31);
  }
  await sentTo('bea@example.com', 'later');
  pass(105);
  await clean();
  expect(told.at(-1)).toMatchObject({ digests: 1 });
  expect([await deliveries.digest(FM, 'march'), (await deliveries.digest(FM, 'april'))?.id]).toEqual([
    undefined,
    'april',
  ]);
  pass(60);
  await clean();
  expect(told.at(-1)).toMatchObject({ digests: 2 });
  expect((await deliveries.digest('bea@example.com', 'later'))?.id).toBe('later');
});

test('a day’s cleaning costs by what has expired, however much is kept', async () => {
  const costOfADay = async (): Promise<number> => {
    pass(1);
    requests = [];
    await clean();
    return requests.length;
  };
  // The first days look for what an earlier release left.
  await Promise.all([costOfADay(), costOfADay()]);
  await costOfADay();
  const few = await costOfADay();
  const people = Array.from({ length: 40 }, (_unused, index) => `fm${index}@example.com`);
  await Promise.all(people.flatMap((fm) => [chat(fm), sentTo(fm, 'd')]));
  expect(await costOfADay()).toBe(few);
  pass(91);
  expect(await costOfADay()).toBeGreaterThan(few + 40);
  expect(await costOfADay()).toBe(few);
});

test('state that exists already and a month’s second digest cost no request more, a morning’s first digests one together', async () => {
  await chat('talker');
  const known = await storage.botState.read(['talker']);
  await sent('one');
  requests = [];
  await storage.botState.write(known);
  await sent('two');
  expect(requests).toHaveLength(2);
  requests = [];
  const fms = Array.from({ length: 40 }, (_unused, index) => `fm${index}@example.com`);
  await Promise.all(fms.map(async (fm) => sentTo(fm, 'three')));
  expect(requests).toHaveLength(fms.length + 1);
});

/** Rows as a release leaves them that knows of no hints, with its mark of the day. */
async function asEarlierRelease(): Promise<void> {
  const { botstate, deliveries } = storage.tables.table;
  for (const table of [botstate, deliveries]) {
    const hints: { partitionKey: string; rowKey: string }[] = [];
    for await (const row of table.query({ filter: "PartitionKey ge 'expires:' and PartitionKey lt 'expires;'" })) {
      hints.push(row);
    }
    for await (const row of deliveries.query({ filter: "PartitionKey eq 'unreachable:'" })) {
      await deliveries.remove(row.partitionKey, row.rowKey, row.etag);
    }
    await Promise.all(hints.map(async ({ partitionKey, rowKey }) => table.remove(partitionKey, rowKey, '*')));
  }
  await storage.botState.write({ 'deployment/clean-up': { at: storage.clock.now().toString(), eTag: '*' } });
}

const unreachable = async (): Promise<string[]> => {
  const found: Delivery[] = [];
  for await (const delivery of storage.deliveries.unreachable()) {
    found.push(delivery);
  }
  return found.map(({ fm }) => fm);
};

test('what an earlier release kept expires all the same, also what its last instances left beside us', async () => {
  const { deliveries } = storage;
  const away = { ...idle(FM), unreachable: { since: storage.clock.now(), code: 'blocked' } };
  await chat('before');
  await sent('before');
  await deliveries.put(away, undefined);
  await asEarlierRelease();
  // Its own cleaning was a moment ago: the rows are looked for at once, not tomorrow.
  await clean(storage.sibling());
  expect(await unreachable()).toEqual([FM]);
  await chat('beside');
  const { botstate } = storage.tables.table;
  for await (const { partitionKey, rowKey } of botstate.query({
    filter: "PartitionKey ge 'expires:' and PartitionKey lt 'expires;'",
  })) {
    await botstate.remove(partitionKey, rowKey, '*');
  }
  pass(1);
  await clean();
  pass(91);
  await clean();
  expect(told.at(-1)).toMatchObject({ states: 2 });
  pass(120);
  await clean();
  expect(told.at(-1)).toMatchObject({ digests: 1 });
});

test('a process that is told to stop leaves the rest of the looking to the next day', async () => {
  await chat('before');
  await asEarlierRelease();
  const stopped = new AbortController();
  stopped.abort();
  await cleanUpDaily(storage, { info: () => undefined }, stopped.signal);
  for (let day = 0; day < 2; day++) {
    pass(1);
    await clean();
  }
  pass(92);
  await clean();
  expect(told.at(-1)).toMatchObject({ states: 1 });
});

test('who cannot be reached is told by a row of their own, which goes once they are back', async () => {
  const { deliveries } = storage;
  const away = { ...idle(FM), unreachable: { since: storage.clock.now(), code: 'blocked' } };
  const version = await deliveries.put(away, undefined);
  expect(await unreachable()).toEqual([FM]);
  await deliveries.put(idle(FM), version);
  expect(await unreachable()).toEqual([]);
  storage.clock.advance({ minutes: 2 });
  expect(await unreachable()).toEqual([]);
  requests = [];
  expect(await unreachable()).toEqual([]);
  expect(requests).toHaveLength(1);
});

test('one instance does it, once a day', async () => {
  const instances = [storage, storage.sibling(), storage.sibling()];
  await Promise.all(instances.map(clean));
  await Promise.all(instances.map(clean));
  expect(told).toHaveLength(1);
  pass(1);
  await Promise.all(instances.map(clean));
  expect(told).toHaveLength(2);
  await Promise.all(instances.slice(1).map(async (each) => each.close()));
});
