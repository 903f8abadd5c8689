import { Temporal } from 'temporal-polyfill';
import type { CustomerChange } from '../../src/ports/customers';
import type { Delivery, Digest } from '../../src/ports/deliveries';
import type { Messenger, SendResult } from '../../src/ports/messenger';
import type { QueuedTasks, ReminderQueue, ReminderTask } from '../../src/ports/reminder-queue';
import { deliver } from '../../src/reminders/deliver';
import type { DeliveryDependencies } from '../../src/reminders/dependencies';
import { idle } from '../../src/reminders/dependencies';
import { Limiter } from '../../src/reminders/limiter';
import { replan } from '../../src/reminders/replan';
import type { SweepDependencies } from '../../src/reminders/sweep';
import { sweep } from '../../src/reminders/sweep';
import { changeProfile, newProfile } from '../../src/usecases/change-profile';
import { putCustomer } from '../../src/usecases/put-customer';
import { createSchedules } from '../../src/usecases/schedules';
import { storageOn, type StorageUnderTest } from '../adapters/storage/storage-on-azurite';
import { useAzurite } from '../azurite';
import { aCustomer, aWorkload, day } from '../builders/records';

const azurite = useAzurite();
const FM = 'alex@example.com';

/** A queue in memory that hands everything out at once. */
class ListQueue implements ReminderQueue {
  readonly tasks: ReminderTask[] = [];
  async put(task: ReminderTask): Promise<void> {
    this.tasks.push(task);
  }
  async putAll(tasks: readonly ReminderTask[]): Promise<void> {
    this.tasks.push(...tasks);
  }
  async take(): Promise<readonly QueuedTasks[]> {
    return [];
  }
  async length(): Promise<number> {
    return this.tasks.length;
  }
}

interface Instance extends DeliveryDependencies, SweepDependencies {
  readonly storage: StorageUnderTest;
  readonly queue: ListQueue;
  readonly posts: string[][];
  readonly updates: string[];
  readonly unknown: string[];
}

/** One instance; `during` happens while its POST is under way. */
function instance(
  storage: StorageUnderTest,
  during: () => Promise<SendResult | undefined> = async () => undefined,
): Instance {
  const { clock, profiles } = storage;
  const posts: string[][] = [];
  const updates: string[] = [];
  const unknown: string[] = [];
  const holidays = { of: async () => () => false };
  const messenger: Messenger = {
    sendDigest: async ({ items }) => {
      posts.push(items.map(({ customerId }) => customerId));
      return (await during()) ?? { kind: 'sent', messageId: `m${posts.length}` };
    },
    updateDigest: async (messageId) => {
      updates.push(messageId);
      return { kind: 'sent', messageId };
    },
    sendLeadReport: async () => ({ kind: 'sent', messageId: 'lead' }),
    sendOffer: async () => ({ kind: 'sent', messageId: 'offer' }),
    openChat: async () => ({ kind: 'unreachable', code: 'none' }),
  };
  return {
    ...storage,
    storage,
    queue: new ListQueue(),
    schedules: createSchedules({ profiles, holidays, clock, defaults: { timeZone: 'UTC', localTime: '09:00' } }),
    messenger,
    limiter: new Limiter({ ...storage, ratePerSecond: 1000, pause: async () => undefined }),
    events: {
      sent: () => undefined,
      retried: () => undefined,
      unknown: (why) => void unknown.push(why),
      unreachable: () => undefined,
      dead: () => undefined,
    },
    newId: () => `d${Math.random()}`,
    pause: async () => undefined,
    random: () => 0.5,
    posts,
    updates,
    unknown,
  };
}

/** Alex with customers whose date was last Friday; it is Monday, 09:00 in UTC. */
async function given(names: readonly string[]): Promise<Instance> {
  const storage = storageOn(azurite());
  const one = instance(storage);
  const chat = {
    serviceUrl: 'http://127.0.0.1',
    conversationId: 'a:1',
    tenantId: 't',
    teamsUserId: '29:1',
    botId: '28:1',
  };
  await storage.profiles.put({ ...newProfile('alex'), address: FM, chat }, undefined);
  for (const id of names) {
    const startDate = { date: day('2027-02-26'), precision: 'day' as const };
    await putCustomer(one, { customer: aCustomer({ id, name: id }), workloads: [{ ...aWorkload(), startDate }] });
  }
  return one;
}

const statusOf = async ({ storage }: Instance, id: string) => (await storage.customers.load(id))?.reminders[0];
const task = async (one: Instance): Promise<ReminderTask> => {
  await sweep(one);
  const [first] = one.queue.tasks;
  if (!first) {
    throw new Error('nothing was queued');
  }
  return first;
};

test('a queue message delivered twice is one message to the FM, also at the same time', async () => {
  const one = await given(['a', 'b']);
  const due = await task(one);
  const two = instance(one.storage.sibling());
  const outcomes = await Promise.all([deliver(one, due), deliver(two, due)]);
  expect(outcomes.map(({ kind }) => kind)).toContain('done');
  await deliver(two, due);
  expect([...one.posts, ...two.posts]).toHaveLength(1);
  expect(await statusOf(one, 'a')).toMatchObject({ status: 'sent', ignored: 0 });
});

test('however many instances sweep, an FM is queued once', async () => {
  const one = await given(['a', 'b', 'c']);
  one.storage.clock.advance({ seconds: 30 });
  const others = [instance(one.storage.sibling()), instance(one.storage.sibling())];
  const reports = await Promise.all([one, ...others].map(async (each) => sweep(each)));
  expect(reports.map(({ queued }) => queued).reduce((sum, count) => sum + count)).toBe(1);
});

test('an instance frozen past its lease leaves the record to whoever took over', async () => {
  const one = await given(['a']);
  const due = await task(one);
  const two = instance(one.storage.sibling());
  const frozen = instance(one.storage, async () => {
    one.storage.clock.advance({ minutes: 10 });
    await deliver(two, due);
    return undefined;
  });
  await deliver(frozen, due);
  expect([...frozen.posts, ...two.posts]).toHaveLength(1);
  expect(two.unknown).toEqual(['crash']);
  const reminder = await statusOf(one, 'a');
  expect(reminder).toMatchObject({ status: 'scheduled', dueAt: Temporal.Instant.from('2027-03-02T09:00:00Z') });
});

test('storage that is away right after Teams took the message does not leave it without a record', async () => {
  const one = await given(['a']);
  const due = await task(one);
  let failures = 0;
  const away = {
    ...one,
    deliveries: {
      read: async (fm: string) => one.deliveries.read(fm),
      putDigest: async (digest: Digest) => one.deliveries.putDigest(digest),
      put: async (delivery: Delivery, version: unknown) => {
        if (delivery.phase === 'sent' && failures < 3) {
          failures += 1;
          throw new Error('no answer');
        }
        return one.deliveries.put(delivery, version);
      },
    } as unknown as Instance['deliveries'],
  };
  await deliver(away, due);
  expect([one.posts.length, failures]).toEqual([1, 3]);
  expect((await one.deliveries.read(FM)).delivery).toMatchObject({ phase: 'sent', messageId: 'm1' });
  expect(await statusOf(one, 'a')).toMatchObject({ status: 'sent' });
  one.storage.clock.advance({ minutes: 10 });
  await deliver(one, due);
  expect([one.posts.length, one.unknown]).toEqual([1, []]);
});

test('a record that somebody else completed is no change of the reminder: the card is not written again', async () => {
  const one = await given(['a', 'b']);
  const due = await task(one);
  const two = instance(one.storage.sibling());
  const slow = {
    ...one,
    customers: {
      load: async (id: string) => one.customers.load(id),
      // The message id is noted: another worker finds it, and records before we do.
      commit: async (change: CustomerChange) => {
        await deliver(two, due);
        return one.customers.commit(change);
      },
    } as unknown as Instance['customers'],
  };
  await deliver(slow, due);
  expect([one.posts.length, two.posts.length, one.updates, two.unknown]).toEqual([1, 0, [], []]);
  expect(await statusOf(one, 'a')).toMatchObject({ status: 'sent', ignored: 0 });
});

test('a date changed while the message is on its way is not overwritten', async () => {
  const one = await given(['a']);
  const due = await task(one);
  const moving = instance(one.storage, async () => {
    const base = (await one.storage.customers.load('a'))!;
    const reminders = base.reminders.map((row) => ({ ...row, dueAt: Temporal.Instant.from('2027-04-01T09:00:00Z') }));
    await one.storage.customers.commit({ customerId: 'a', base, reminders });
    return undefined;
  });
  await deliver(moving, due);
  expect(await statusOf(one, 'a')).toMatchObject({
    status: 'scheduled',
    dueAt: Temporal.Instant.from('2027-04-01T09:00:00Z'),
  });
});

test('an FM’s pause counts for every instance at once, although each keeps profiles for a minute', async () => {
  const one = await given(['a']);
  const due = await task(one);
  const two = instance(one.storage.sibling());
  await two.profiles.get('alex');
  await changeProfile(one.profiles, 'alex', (profile) => ({ ...profile, pausedUntil: '2027-03-08' }));
  await deliver(two, due);
  expect(two.posts).toEqual([]);
  expect(await statusOf(one, 'a')).toMatchObject({ dueAt: Temporal.Instant.from('2027-03-08T09:00:00Z') });
  await two.profiles.get('alex');
  await changeProfile(one.profiles, 'alex', (profile) => ({ ...profile, pausedUntil: undefined, reachable: false }));
  one.storage.clock.advance({ hours: 24 * 7 });
  await deliver(two, due);
  expect(two.posts).toEqual([]);
  await changeProfile(one.profiles, 'alex', (profile) => ({ ...profile, reachable: true }));
  await replan(two, { kind: 'replan', fm: FM, hints: [] });
  expect(two.posts).toEqual([['a']]);
});

test('what is late at night waits for the morning', async () => {
  const one = await given(['a']);
  one.storage.clock.advance({ hours: 14 });
  await deliver(one, await task(one));
  expect(one.posts).toEqual([]);
  expect(await statusOf(one, 'a')).toMatchObject({ dueAt: Temporal.Instant.from('2027-03-02T09:00:00Z') });
});

test('a message stands for what was due when it was put; what comes after it is queued at once', async () => {
  const one = await given(['a']);
  one.storage.clock.advance({ seconds: 30 });
  const first = await sweep(one);
  const again = await sweep(one);
  one.storage.clock.advance({ seconds: 5 });
  const startDate = { date: day('2027-02-26'), precision: 'day' as const };
  await putCustomer(one, { customer: aCustomer({ id: 'b', name: 'b' }), workloads: [{ ...aWorkload(), startDate }] });
  one.storage.clock.advance({ seconds: 5 });
  const newer = await sweep(one);
  const covered = await sweep(one);
  one.storage.clock.advance({ minutes: 2 });
  const lost = await sweep(one);
  expect([first, again, newer, covered, lost].map(({ queued }) => queued)).toEqual([1, 0, 1, 0, 1]);
});

test('who cannot be reached is queued every quarter of an hour and is no backlog; who is late is', async () => {
  const one = await given(['a']);
  one.storage.clock.advance({ seconds: 30 });
  expect(await sweep(one)).toMatchObject({ queued: 1 });
  one.storage.clock.advance({ minutes: 10 });
  const late = await sweep(one);
  expect([late.queued, late.backlogSeconds > 600]).toEqual([1, true]);
  const { version } = await one.deliveries.read(FM);
  const since = one.clock.now();
  await one.deliveries.put({ ...idle(FM), unreachable: { since, code: 'blocked' } }, version);
  one.storage.clock.advance({ minutes: 5 });
  expect(await sweep(one)).toMatchObject({ fms: 1, queued: 0, backlogSeconds: 0 });
  one.storage.clock.advance({ minutes: 11 });
  expect(await sweep(one)).toMatchObject({ queued: 1, backlogSeconds: 0 });
});

test('who Teams asked to be patient with is not queued before then', async () => {
  const one = await given(['a']);
  const retryAt = one.clock.now().add({ minutes: 12 });
  await one.deliveries.put({ ...idle(FM), failures: 1, retryAt }, undefined);
  one.storage.clock.advance({ minutes: 6 });
  expect(await sweep(one)).toMatchObject({ fms: 1, queued: 0, backlogSeconds: 0 });
  one.storage.clock.advance({ minutes: 7 });
  expect(await sweep(one)).toMatchObject({ queued: 1 });
});
