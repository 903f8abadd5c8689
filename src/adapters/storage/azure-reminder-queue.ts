import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { DequeuedMessageItem, StoragePipelineOptions } from '@azure/storage-queue';
import { QueueClient } from '@azure/storage-queue';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { TasksOfPerson } from '../../ports/personal-data';
import type { QueuedTasks, ReminderQueue, ReminderTask } from '../../ports/reminder-queue';
import { lengthInMessage, MOST_OF_A_MESSAGE, TOGETHER } from '../../ports/reminder-queue';
import { packed } from './pack';
import { Deadline, insist, statusOf } from './patience';
import type { StorageLocation } from './tables';
import { ownIdentity } from './tables';
import { UndiciTransport } from './undici-transport';
import type { RequestSeen } from './undici-transport';

const NAME = 'reminders';
/** Milliseconds one queue operation may take in all. */
const BUDGET = 4000;
/** While messages are looked through, so that none is looked at twice. */
const HIDDEN_SECONDS = 60;

const taskSchema = z.object({
  kind: z.enum(['deliver', 'replan', 'lead', 'offer']),
  fm: z.string(),
  hints: z.array(
    z.object({
      customerId: z.string(),
      dueAt: z.string().transform((text) => Temporal.Instant.from(text)),
      // Those of release 0.1 have no key: they are found again by the next sweep.
      seen: z.object({ key: z.string(), tag: z.string(), writtenAt: z.string() }).optional().catch(undefined),
    }),
  ),
  at: z.string().optional(),
});
const schema = z.union([z.object({ tasks: z.array(taskSchema).min(1) }), taskSchema]);

/** The queue on Azure Storage Queue; made when it is first used. */
export class AzureReminderQueue implements ReminderQueue, TasksOfPerson {
  private readonly transport: UndiciTransport;
  private readonly client: QueueClient;
  private ready: Promise<unknown> | undefined;

  constructor(
    location: StorageLocation,
    options: { readonly prefix?: string; readonly onRequest?: (seen: RequestSeen) => void } = {},
  ) {
    this.transport = new UndiciTransport(options.onRequest);
    this.client = clientFor(location, `${options.prefix ?? ''}${NAME}`, this.transport);
  }

  async put(task: ReminderTask, delaySeconds = 0): Promise<void> {
    await this.send(JSON.stringify(task), delaySeconds);
  }

  async putAll(tasks: readonly ReminderTask[]): Promise<void> {
    const most = { items: TOGETHER, weight: MOST_OF_A_MESSAGE, weightOf: lengthInMessage };
    for (const some of packed(tasks, most)) {
      await this.send(JSON.stringify(some.length === 1 ? some[0] : { tasks: some }));
    }
  }

  async take(most: number, hiddenSeconds: number): Promise<readonly QueuedTasks[]> {
    const options = { numberOfMessages: Math.min(most, 32), visibilityTimeout: hiddenSeconds };
    const { receivedMessageItems } = await this.call(async () => this.client.receiveMessages(options));
    return receivedMessageItems.map((item) => this.queued(item));
  }

  async removeOf(addresses: readonly string[], dryRun: boolean): Promise<number> {
    const isTheirs = ({ fm }: ReminderTask): boolean => addresses.includes(fm);
    if (dryRun) {
      const { peekedMessageItems } = await this.call(async () => this.client.peekMessages({ numberOfMessages: 32 }));
      return peekedMessageItems.flatMap(({ messageText }) => tasksOf(messageText)).filter(isTheirs).length;
    }
    const others: QueuedTasks[] = [];
    let removed = 0;
    for (
      let taken = await this.take(32, HIDDEN_SECONDS);
      taken.length > 0;
      taken = await this.take(32, HIDDEN_SECONDS)
    ) {
      for (const message of taken) {
        const theirs = message.tasks.filter(isTheirs).length;
        removed += theirs;
        if (theirs === 0) {
          others.push(message);
        } else {
          await this.putAll(message.tasks.filter((task) => !isTheirs(task)));
          await message.done();
        }
      }
    }
    await Promise.all(others.map(async (each) => each.postpone(0)));
    return removed;
  }

  async length(): Promise<number> {
    return (await this.call(async () => this.client.getProperties())).approximateMessagesCount ?? 0;
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  private async send(text: string, delaySeconds = 0): Promise<void> {
    const options = { visibilityTimeout: Math.round(delaySeconds), messageTimeToLive: -1 };
    await this.call(async () => this.client.sendMessage(text, options));
  }

  private queued({ messageId, popReceipt, messageText, dequeueCount }: DequeuedMessageItem): QueuedTasks {
    const ifStillOurs = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await this.call(work);
      } catch (error) {
        // It was hidden for too short a time: another worker has it, and will find its work done.
        if (
          statusOf((error as { cause?: unknown }).cause) !== 404 &&
          statusOf((error as { cause?: unknown }).cause) !== 400
        ) {
          throw error;
        }
      }
    };
    return {
      tasks: tasksOf(messageText),
      deliveries: dequeueCount,
      done: async () => ifStillOurs(async () => this.client.deleteMessage(messageId, popReceipt)),
      postpone: async (seconds) =>
        ifStillOurs(async () => this.client.updateMessage(messageId, popReceipt, messageText, Math.ceil(seconds))),
    };
  }

  private async call<T>(work: () => Promise<T>): Promise<T> {
    this.ready ??= insist(new Deadline(BUDGET), async () => this.client.createIfNotExists()).catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    await this.ready;
    try {
      return await insist(new Deadline(BUDGET), async () => work());
    } catch (error) {
      if (statusOf((error as { cause?: unknown }).cause) === 404) {
        // Gone altogether, or only the message: looking again costs one request.
        this.ready = undefined;
      }
      throw error;
    }
  }
}

function clientFor(location: StorageLocation, name: string, httpClient: UndiciTransport): QueueClient {
  const options = { httpClient: inOldClothes(httpClient), retryOptions: { maxTries: 1 } };
  if ('account' in location) {
    return new QueueClient(`https://${location.account}.queue.core.windows.net/${name}`, ownIdentity, options);
  }
  return new QueueClient(location.connectionString, name, options);
}

/** The queue client still speaks the older HTTP interface, whose headers are read with `toJson`. */
function inOldClothes(transport: UndiciTransport): NonNullable<StoragePipelineOptions['httpClient']> {
  return {
    sendRequest: async (request) => {
      const headers = createHttpHeaders(request.headers.toJson({ preserveCase: true }));
      const answer = await transport.sendRequest({ ...createPipelineRequest(request as never), headers });
      const toJson = (): Record<string, string> => answer.headers.toJSON({ preserveCase: true });
      return { ...answer, request, headers: { toJson } as never };
    },
  };
}

function tasksOf(text: string): readonly ReminderTask[] {
  try {
    const read = schema.parse(JSON.parse(text));
    return ('tasks' in read ? read.tasks : [read]).map(({ at, kind, fm, hints }) => {
      const known = hints.map(({ seen, ...hint }) => (seen === undefined ? hint : { ...hint, seen }));
      return { kind, fm, hints: known, ...(at !== undefined && { at }) };
    });
  } catch {
    return [];
  }
}
