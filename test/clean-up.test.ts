import { cleanUpDaily } from '../src/clean-up';
import { storageOn, type StorageUnderTest } from './adapters/storage/storage-on-azurite';
import { useAzurite } from './azurite';
import { customer } from './contracts/sample-records';

const azurite = useAzurite();
const DAY = 24;
let storage: StorageUnderTest;
let told: object[];

beforeEach(async () => {
  storage = storageOn(azurite());
  await storage.prepare();
  told = [];
});
afterEach(async () => storage.close());

const clean = async (on = storage): Promise<void> =>
  cleanUpDaily(on, { info: (removed: object) => void told.push(removed) } as never);
const pass = (days: number): void => storage.clock.advance({ hours: DAY * days });

test('what is kept for a time only goes when its time has passed, and nothing before', async () => {
  // Outcomes of presses are dated by storage's own clock: ours starts from there.
  storage.clock.advance({ milliseconds: Date.now() - storage.clock.now().epochMilliseconds });
  const { customers, botState, feedback } = storage;
  await customers.commit({
    customerId: 'CUST-1',
    base: undefined,
    customer: customer(),
    action: { token: 't', outcome: 'done' },
  });
  await botState.write({ chat: { data: {}, eTag: '*' } });
  await feedback.unanswered({ text: 'pizza?', language: 'en', at: storage.clock.now().toString() });
  await feedback.vote({ topic: 'esd-frp', helpful: true, userId: 'u', at: storage.clock.now().toString() });
  await clean();
  expect(told).toEqual([{ states: 0, digests: 0, questions: 0, actions: 0 }]);
  pass(89);
  await clean();
  expect(told[1]).toMatchObject({ states: 0 });
  pass(2);
  await clean();
  expect(told[2]).toMatchObject({ states: 1, questions: 0 });
  pass(500);
  await clean();
  expect(told[3]).toMatchObject({ questions: 1, actions: 1 });
  expect(await customers.actionOutcome('CUST-1', 't')).toBeUndefined();
  expect((await customers.load('CUST-1'))?.customer.name).toBe('Contoso Ltd');
  const votes: unknown[] = [];
  for await (const vote of feedback.votes()) {
    votes.push(vote);
  }
  expect(votes).toHaveLength(1);
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
