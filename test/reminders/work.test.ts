import { Temporal } from 'temporal-polyfill';
import type { QueuedTasks, ReminderTask } from '../../src/ports/reminder-queue';
import type { WorkDependencies } from '../../src/reminders/work';
import { work } from '../../src/reminders/work';
import { createSchedules } from '../../src/usecases/schedules';
import { putCustomer } from '../../src/usecases/put-customer';
import { storageOn, type StorageUnderTest } from '../adapters/storage/storage-on-azurite';
import { useAzurite } from '../azurite';
import { aCustomer, aWorkload, day } from '../builders/records';
import { planning } from '../fakes/planning';

const azurite = useAzurite();
const FM = 'alex@example.com';

interface Handed extends QueuedTasks {
  readonly done: jest.Mock<Promise<void>>;
  readonly postpone: jest.Mock<Promise<void>, [number]>;
}
const handed = (tasks: readonly ReminderTask[], deliveries = 1): Handed => ({
  tasks,
  deliveries,
  done: jest.fn(async () => undefined),
  postpone: jest.fn<Promise<void>, [number]>(async () => undefined),
});

class OutOfReach extends Error {}

/** A worker whose reading of the FM's delivery row fails. */
function workerFailing(storage: StorageUnderTest, error: Error): WorkDependencies & { dead: number; errors: string[] } {
  const { clock, profiles } = storage;
  const holidays = { of: async () => () => false };
  const by = {
    ...storage,
    schedules: createSchedules({ profiles, holidays, clock, defaults: { timeZone: 'UTC', localTime: '09:00' } }),
    deliveries: { ...storage.deliveries, read: async () => Promise.reject(error) },
    dead: 0,
    errors: [] as string[],
    random: () => 0.5,
    isStorageDown: (one: unknown) => one instanceof OutOfReach,
    onError: (one: unknown) => void by.errors.push((one as Error).message),
    events: { dead: (count: number) => void (by.dead += count) },
  };
  return by as unknown as WorkDependencies & { dead: number; errors: string[] };
}

const dueTask = async (storage: StorageUnderTest): Promise<ReminderTask> => {
  const startDate = { date: day('2027-02-26'), precision: 'day' as const };
  await putCustomer(
    { ...planning(storage.clock), customers: storage.customers },
    { customer: aCustomer({ id: 'a', fm: FM }), workloads: [{ ...aWorkload(), startDate }] },
  );
  const [reminder] = (await storage.customers.load('a'))?.reminders ?? [];
  if (!reminder) {
    throw new Error('nothing is planned');
  }
  storage.clock.advance({ hours: 24 * 7 });
  const { dueAt } = reminder;
  return { kind: 'deliver', fm: FM, hints: [{ customerId: 'a', dueAt }] };
};

test('a message that cannot be read is left to others, who may be newer, and taken out after eight times', async () => {
  const by = workerFailing(storageOn(azurite()), new Error('not asked'));
  for (let deliveries = 1; deliveries < 8; deliveries++) {
    const unknown = handed([], deliveries);
    await work(by, unknown);
    expect([unknown.done.mock.calls.length, unknown.postpone.mock.calls.length]).toEqual([0, 1]);
  }
  const garbage = handed([], 8);
  await work(by, garbage);
  expect([garbage.done.mock.calls.length, garbage.postpone.mock.calls.length]).toEqual([1, 0]);
  expect(by.errors).toEqual(Array.from({ length: 8 }, () => 'a queue message could not be read'));
});

test('what fails is tried again later and later, and is put aside where operators see it after eight times', async () => {
  const storage = storageOn(azurite());
  const task = await dueTask(storage);
  const by = workerFailing(storage, new Error('a damaged row'));
  const waits: number[] = [];
  for (let deliveries = 1; deliveries < 8; deliveries++) {
    const again = handed([task], deliveries);
    await work(by, again);
    expect(again.done).not.toHaveBeenCalled();
    waits.push(again.postpone.mock.calls[0]?.[0] ?? NaN);
  }
  expect(waits).toEqual([...waits].sort((one, other) => one - other));
  expect(waits.at(-1)).toBeGreaterThan(10);
  const last = handed([task], 8);
  await work(by, last);
  expect([last.done.mock.calls.length, by.dead]).toEqual([1, 1]);
  expect((await storage.customers.load('a'))?.reminders[0]?.status).toBe('dead');
});

test('storage being away is no message’s fault, however often it is handed out', async () => {
  const storage = storageOn(azurite());
  const task = await dueTask(storage);
  const by = workerFailing(storage, new OutOfReach('no answer'));
  const patient = handed([task], 200);
  await work(by, patient);
  expect([patient.done.mock.calls.length, by.dead]).toEqual([0, 0]);
  expect(patient.postpone).toHaveBeenCalledTimes(1);
  expect((await storage.customers.load('a'))?.reminders[0]?.status).toBe('scheduled');
  expect(Temporal.Instant.compare(storage.clock.now(), task.hints[0]!.dueAt)).toBe(1);
});

test('of several tasks in one message, each that cannot be done now goes on by itself before the message is done', async () => {
  const storage = storageOn(azurite());
  const task = await dueTask(storage);
  const order: string[] = [];
  const by = {
    ...workerFailing(storage, new OutOfReach('no answer')),
    queue: {
      put: async (put: ReminderTask, seconds: number) => void order.push(`put ${put.kind} ${put.fm} ${seconds > 0}`),
    },
  } as unknown as WorkDependencies;
  // A lead nobody knows: nothing to be told, so nothing to be done later.
  const message = handed([task, { kind: 'offer', fm: 'nobody@example.com', hints: [] }], 3);
  message.done.mockImplementation(async () => void order.push('done'));
  await work(by, message);
  expect(order).toEqual([`put deliver ${FM} true`, 'done']);
  expect(message.postpone).not.toHaveBeenCalled();
});
