import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { StorageUnavailableError } from './adapters/storage/errors';
import type { LeanConnector } from './adapters/teams/lean-connector';
import { createMessenger } from './adapters/teams/messenger';
import { cleanUpDaily, moveNames } from './clean-up';
import type { Config } from './config';
import type { KnownChannel } from './known-channel';
import type { Metrics } from './metrics';
import { AT_ONCE } from './domain/reminders/schedule';
import { TOGETHER } from './ports/reminder-queue';
import { Limiter } from './reminders/limiter';
import { queueLeadReports } from './reminders/queue-lead-reports';
import type { SweepDependencies } from './reminders/sweep';
import { sweep } from './reminders/sweep';
import type { WorkDependencies } from './reminders/work';
import { work } from './reminders/work';
import type { Stores } from './stores';
import type { Tracing } from './tracing';

export interface ReminderLoops {
  start(): void;
  /** Lets what is under way finish. Safe to call twice, and without a start. */
  stop(): Promise<void>;
}

interface Parts {
  readonly stores: Stores['forReminders'];
  readonly logger: Logger;
  readonly connector: LeanConnector;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly channel: Pick<KnownChannel, 'get'>;
  /** How many people are being answered at this moment. */
  readonly turns: () => number;
}

/** FMs written to at the same time: each delivery spends its time waiting for storage and Teams. */
const MOST_WORKERS = 32;
const LEAST_WORKERS = 16;
/** While more people than this wait for an answer, few reminders go out, which can wait. */
const FEW_TURNS = 4;
const WORKERS_BESIDE_TURNS = TOGETHER + 4;
/** A message is another worker's again after this: longer than a delivery's lease. */
const HIDDEN_SECONDS = 45;
/** How long an idle process waits before it looks into the queue again. */
const IDLE_MS = 2000;
/** How long one waits that still has some under way. */
const BUSY_MS = 100;
/** Well before fifteen minutes, at which users notice. */
const BACKLOG_WARNING_SECONDS = 600;
/** How often a lead's report is thought of. */
const LEAD_SECONDS = 600;
/** What failed is tried again so soon: a storage that hiccuped does not make it wait for the next pass, an hour later maybe. */
const AFTER_FAILURE_MS = 5000;
/** How often an instance asks whether the day's cleaning is done. */
const CLEAN_UP_MS = 3_600_000;

/** The only timers of the reminders: a sweep at a time, and workers on the queue. */
export function createReminderLoops(config: Config, parts: Parts): ReminderLoops {
  const { stores, logger, metrics, tracing } = parts;
  const stopping = new AbortController();
  const by = dependenciesOf(config, parts);
  let running: Promise<unknown> | undefined;
  const sweepMs = config.reminders.sweepSeconds * 1000;
  const most = workersFor(config);
  const workers = (): number => (parts.turns() > FEW_TURNS ? WORKERS_BESIDE_TURNS : most);
  // Where reminders come as soon as they are due, the lead's report does, too.
  const leadSeconds = config.reminders.localTime === AT_ONCE ? config.reminders.sweepSeconds * 5 : LEAD_SECONDS;

  const onSweep = async (): Promise<void> => {
    const report = await tracing.span('sweep', async () => {
      const found = await sweep(by);
      tracing.note({ due: found.due, fms: found.fms, queued: found.queued });
      return found;
    });
    await queueLeadReports(by, { leads: config.leads, everySeconds: leadSeconds });
    metrics.onSweep(report);
    if (report.backlogSeconds > BACKLOG_WARNING_SECONDS) {
      logger.warn({ seconds: Math.round(report.backlogSeconds), due: report.due }, 'reminders.backlog');
    }
  };
  const repeat = async (name: string, everyMs: number, pass: () => Promise<void>): Promise<void> => {
    while (!stopping.signal.aborted) {
      const failed = await pass().then(
        () => false,
        (error: unknown) => {
          logger.warn({ error: codeOf(error) }, `${name}.failed`);
          return true;
        },
      );
      await rest(failed ? Math.min(everyMs, AFTER_FAILURE_MS) : everyMs, stopping.signal);
    }
  };
  return {
    start: () => {
      running ??= Promise.all([
        repeat('reminders.sweep', sweepMs, onSweep),
        repeat('storage.clean-up', CLEAN_UP_MS, async () => cleanUpDaily(stores, logger, stopping.signal)),
        repeat('storage.names', CLEAN_UP_MS, async () => moveNames(stores, logger, stopping.signal)),
        drain(by, { logger, tracing, stopping: stopping.signal, sweepMs, workers }),
      ]);
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

interface Draining extends Pick<Parts, 'logger' | 'tracing'> {
  readonly stopping: AbortSignal;
  readonly sweepMs: number;
  readonly workers: () => number;
}

/** As many as the pace has places for in two seconds: more would only wait. */
const workersFor = ({ reminders }: Config): number =>
  Math.min(MOST_WORKERS, Math.max(LEAST_WORKERS, 2 * reminders.ratePerSecond));

/** Takes messages as long as there are any, several at a time, and rests while there are none. */
async function drain(by: WorkDependencies, draining: Draining): Promise<void> {
  const { logger, tracing, stopping, sweepMs, workers } = draining;
  const busy = new Set<Promise<void>>();
  let underWay = 0;
  while (!stopping.aborted) {
    let taken = 0;
    try {
      const room = Math.max(1, Math.floor((workers() - underWay) / TOGETHER));
      const messages = await by.queue.take(room, HIDDEN_SECONDS);
      taken = messages.length;
      for (const message of messages) {
        const { tasks, deliveries } = message;
        const delivery = tracing.span('delivery', async () => {
          tracing.note({ task: tasks[0]?.kind ?? 'none', tasks: tasks.length, deliveries });
          return work(by, message);
        });
        underWay += tasks.length;
        const doing: Promise<void> = delivery
          .catch((error: unknown) => logger.warn({ error: codeOf(error) }, 'reminders.queue-failed'))
          .finally(() => {
            busy.delete(doing);
            underWay -= tasks.length;
          });
        busy.add(doing);
      }
    } catch (error) {
      logger.warn({ error: codeOf(error) }, 'reminders.queue-failed');
    }
    if (taken === 0) {
      await rest(busy.size > 0 ? BUSY_MS : Math.min(IDLE_MS, sweepMs), stopping);
    }
    // A look into the queue costs as much for one message as for many, and one may carry several tasks.
    while (underWay > workers() - TOGETHER) {
      await Promise.race(busy);
    }
  }
  await Promise.all(busy);
}

function dependenciesOf(
  config: Config,
  { stores, logger, connector, metrics, channel }: Parts,
): WorkDependencies & SweepDependencies {
  const { defaultLanguage } = config;
  const { ratePerSecond } = config.reminders;
  const wait = async (milliseconds: number): Promise<void> => pause(milliseconds);
  return {
    ...stores,
    messenger: createMessenger({ connector, defaultLanguage, channel: async () => channel.get() }),
    limiter: new Limiter({ ...stores, ratePerSecond, pause: wait }),
    events: {
      ...metrics.reminders,
      dead: (count, code) => {
        metrics.reminders.dead(count, code);
        logger.warn({ count, code }, 'reminders.dead');
      },
      unknown: (why, digest) => {
        metrics.reminders.unknown(why, digest);
        logger.warn({ why, digest }, 'reminders.outcome-unknown');
      },
    },
    newId: () => randomUUID().slice(0, 12),
    pause: wait,
    random: Math.random,
    isStorageDown: (error) => error instanceof StorageUnavailableError,
    onError: (error, task) => {
      logger.warn({ error: codeOf(error), task }, 'reminders.task-failed');
    },
  };
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? ((error as { code?: string }).code ?? error.name) : 'unknown';
