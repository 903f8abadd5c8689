import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { StateConflictError, StorageUnavailableError } from './adapters/storage/errors';
import { createTeamsEdge } from './adapters/teams/create-teams-edge';
import { languageOfLocale } from './adapters/teams/language-of-turn';
import type { RequestSeen } from './adapters/storage/undici-transport';
import type { TurnFailure } from './adapters/teams/turn-failure';
import type { TurnLogic } from './adapters/teams/turn-runner';
import type { Config } from './config';
import { mountGateway } from './http/gateway-routes';
import { createHttpServer } from './http/server';
import { text } from './locales/catalog';
import { createMetrics, type Metrics } from './metrics';
import { KnownChannel } from './known-channel';
import { createReminderLoops } from './reminder-loops';
import { importSample } from './sample/import-sample';
import type { Stores } from './stores';
import { openStores } from './stores';
import type { Tracing } from './tracing';
import { kindOfActivity, NO_TRACING, traceStorage } from './tracing';

const isStorageDown = (error: unknown): boolean => error instanceof StorageUnavailableError;

/** The running bot. */
export interface App {
  /** The port it listens on. */
  readonly port: number;
  /** Stops taking requests, lets turns under way finish, closes storage. Safe to call twice. */
  stop(): Promise<void>;
}

/** What a process may do otherwise than in production. */
export interface Conditions {
  /** False = no reminder is sent and nothing else is done but what people and Gateway ask for. */
  readonly reminders?: boolean;
  /** Milliseconds a turn may take until its sender is told that it is slow; by default as long as Teams allows. */
  readonly turnMs?: number;
  /** Milliseconds one operation on a table may take in all. */
  readonly storageMs?: number;
}

/** Puts the bot together and starts it; the only place that constructs adapters. */
export async function startApp(
  config: Config,
  logger: Logger,
  tracing: Tracing = NO_TRACING,
  conditions: Conditions = {},
): Promise<App> {
  const metrics = createMetrics();
  const tell = (count: () => void) => (seen: RequestSeen) => {
    count();
    traceStorage(tracing, seen);
  };
  const stores = await openStores(config, logger, {
    onRequest: tell(metrics.onStorageRequest),
    onReminderRequest: tell(metrics.onReminderRequest),
    budget: conditions.storageMs,
  });
  const edge = createEdge(config, { logger, stores, metrics, tracing, deadlineMs: conditions.turnMs });
  const channel = new KnownChannel(stores.botState);
  const logic = lazyLogic({ config, logger, stores, channel, tracing, roster: edge.connector });
  const answerActivity: AnswerActivity = async ({ authorization, readBody }) =>
    tracing.span('turn', async () => {
      const noted = (body: unknown): unknown => {
        tracing.note(kindOfActivity(body));
        return body;
      };
      return edge.answer({ authorization, readBody: async () => readBody().then(noted) }, logic.run);
    });
  const server = createServer(config, { logger, stores, metrics, tracing, answerActivity });
  const { connector } = edge;
  const turns = (): number => edge.underWay();
  const forReminders = { stores: stores.forReminders, logger, connector, metrics, channel, tracing, turns };
  const reminders = createReminderLoops(config, forReminders);
  const stopParts = async (): Promise<void> => {
    await Promise.all([server.close(), reminders.stop()]);
    await edge.idle();
    await edge.close();
    await stores.close();
    await tracing.close();
  };
  try {
    const port = await server.listen(config.port);
    logic.load();
    await prepare(config, stores);
    if (conditions.reminders !== false) {
      reminders.start();
    }
    const warming = setTimeout(() => void warmUpQuietly(config, stores.clock), WARM_UP_AFTER_MS);
    let stopped: Promise<void> | undefined;
    return {
      port,
      stop: async () => {
        clearTimeout(warming);
        return (stopped ??= stopParts());
      },
    };
  } catch (error) {
    await stopParts();
    throw error;
  }
}

interface Parts {
  readonly logger: Logger;
  readonly stores: Stores;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}
type AnswerActivity = Parameters<typeof createHttpServer>[0]['answerActivity'];

function createServer(
  { gatewayKeys }: Config,
  { logger, stores, metrics, tracing, answerActivity }: Parts & { readonly answerActivity: AnswerActivity },
): ReturnType<typeof createHttpServer> {
  return createHttpServer({
    answerActivity,
    isReady: stores.isReady,
    registry: metrics.registry,
    logger,
    mount: [
      (routes) => {
        const traced = async (work: () => Promise<void>): Promise<void> => tracing.span('gateway', work);
        mountGateway(routes, { ...stores, gatewayKeys, isStorageDown, logger, traced });
      },
    ],
  });
}

function createEdge(
  config: Config,
  { logger, stores, metrics, tracing, deadlineMs }: Parts & { readonly deadlineMs: number | undefined },
): ReturnType<typeof createTeamsEdge> {
  return createTeamsEdge(config, {
    storage: stores.botState,
    isConflict: (error) => error instanceof StateConflictError,
    isStorageDown,
    apology: (activity, failure) => apology(config, activity.locale, failure),
    onTurn: (report) => {
      metrics.onTurn(report);
      tracing.note({ outcome: report.outcome, reruns: report.reruns });
    },
    onRequest: ({ milliseconds, ...seen }) => {
      tracing.request('connector', { ...seen }, milliseconds);
    },
    logger,
    ...(deadlineMs !== undefined && { deadlineMs }),
  });
}

/** Being ready comes first: whoever starts us asks for it all the time. */
const WARM_UP_AFTER_MS = 100;

/** What fails here fails again, and is told, in the turn that needs it. */
async function warmUpQuietly({ defaultLanguage }: Config, clock: Stores['clock']): Promise<void> {
  const { warmUp } = await import('./adapters/teams/warm-up');
  await warmUp(defaultLanguage, clock.now().toZonedDateTimeISO('UTC').toPlainDate()).catch(() => undefined);
}

/** Tables exist before the first turn needs them; a first start in development brings customers to try with. */
async function prepare(config: Config, stores: Stores): Promise<void> {
  await stores.prepare();
  if (config.sampleData) {
    await importSample(stores);
  }
}

const apology = (config: Config, locale: string | undefined, failure: TurnFailure): string =>
  text(languageOfLocale(locale) ?? config.defaultLanguage, `error.${failure.kind}`, {
    reference: failure.correlationId.slice(0, 8),
  });

interface LogicDependencies {
  readonly config: Config;
  readonly logger: Logger;
  readonly stores: Stores;
  readonly channel: KnownChannel;
  readonly tracing: Tracing;
  readonly roster: ReturnType<typeof createTeamsEdge>['connector'];
}

/** Dialogs, language and cards take half the start: they are loaded while the server already listens. */
function lazyLogic({ config, logger, stores, channel, tracing, roster }: LogicDependencies): {
  run: TurnLogic;
  load: () => void;
} {
  let loading: Promise<TurnLogic> | undefined;
  const load = async (): Promise<TurnLogic> =>
    (loading ??= import('./adapters/teams/bot').then(({ createBot }) =>
      createBot({
        ...config,
        services: { ...stores, newToken: randomUUID },
        roster,
        logger,
        onChannel: (seen) => {
          channel.learn(seen);
        },
        onMeaning: (meaning) => {
          tracing.note({ intent: meaning });
        },
        onBack: async (fm) => stores.queue.put({ kind: 'replan', fm, hints: [] }),
      }),
    ));
  return {
    run: async (context, state) => (await load())(context, state),
    load: () => {
      load().catch((error: unknown) => {
        logger.fatal({ error: error instanceof Error ? error.name : 'unknown' }, 'bot.not-loaded');
      });
    },
  };
}
