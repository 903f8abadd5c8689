import { Temporal } from 'temporal-polyfill';
import { AzureReminderQueue } from '../../../src/adapters/storage/azure-reminder-queue';
import type { ReminderTask } from '../../../src/ports/reminder-queue';
import { freshPrefix, useAzurite } from '../../azurite';

const azurite = useAzurite();
const dueAt = Temporal.Instant.from('2027-03-02T09:00:00Z');
const taskOf = (fm: string, customers = 1): ReminderTask => ({
  kind: 'deliver',
  fm,
  hints: Array.from({ length: customers }, (_unused, index) => ({
    customerId: `c${index}`,
    dueAt,
    seen: { key: `k${index}`, tag: 'W/"1"', writtenAt: '2027-03-01T09:00:00Z' },
  })),
});

let queue: AzureReminderQueue;
beforeEach(() => {
  queue = new AzureReminderQueue({ connectionString: azurite() }, { prefix: `${freshPrefix()}-`.toLowerCase() });
});
afterEach(async () => queue.close());

const taken = async (): Promise<string[][]> =>
  (await queue.take(32, 60)).map(({ tasks }) => tasks.map(({ fm, hints }) => `${fm} ${hints.length}`));

test('tasks go in few messages, none too large, and come out as they were put', async () => {
  const few = Array.from({ length: 9 }, (_unused, index) => taskOf(`fm${index}`));
  await queue.putAll([...few, taskOf('much', 200), taskOf('more', 200), taskOf('last')]);
  expect(await taken()).toEqual([
    few.slice(0, 8).map(({ fm }) => `${fm} 1`),
    ['fm8 1', 'much 200'],
    ['more 200', 'last 1'],
  ]);
  await queue.putAll([]);
  await queue.put(taskOf('alone'));
  const [message] = await queue.take(32, 60);
  expect(message?.tasks).toEqual([taskOf('alone')]);
});

test('who is forgotten is taken out of messages with others in them, who stay', async () => {
  await queue.putAll(['ana', 'diana', 'li'].map((fm) => taskOf(fm)));
  await queue.put(taskOf('ana'));
  expect(await queue.removeOf(['ana'], true)).toBe(2);
  expect(await queue.removeOf(['ana'], false)).toBe(2);
  expect(await taken()).toEqual([['diana 1', 'li 1']]);
});
