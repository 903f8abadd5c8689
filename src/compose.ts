import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { StateConflictError, StorageUnavailableError } from './adapters/storage/errors';
import { createTeamsEdge } from './adapters/teams/create-teams-edge';
import { languageOfLocale } from './adapters/teams/language-of-turn';
import type { TurnFailure } from './adapters/teams/turn-failure';
import type { TurnLogic } from './adapters/teams/turn-runner';
import type { Config } from './config';
import { mountGateway } from './http/gateway-routes';
import { createHttpServer } from './http/server';
import { text } from './locales/catalog';
import { createMetrics } from './metrics';
import { KnownChannel } from './known-channel';
import { createReminderLoops } from './reminder-loops';
import { importSample } from './sample/import-sample';
import type { Stores } from './stores';
import { openStores } from './stores';

const isStorageDown = (error: unknown): boolean => error instanceof StorageUnavailableError;

/** The running bot. */
export interface App {
  /** The port it listens on. */
  readonly port: number;
  /** Stops taking requests, lets turns under way finish, closes storage. Safe to call twice. */
  stop(): Promise<void>;
}

/** Puts the bot together and starts it; the only place that constructs adapters. */
export async function startApp(config: Config, logger: Logger): Promise<App> {
  const metrics = createMetrics();
  const stores = await openStores(config, logger, {
    onRequest: metrics.onStorageRequest,
    onReminderRequest: metrics.onReminderRequest,
  });
  const edge = createTeamsEdge(config, {
    storage: stores.botState,
    isConflict: (error) => error instanceof StateConflictError,
    isStorageDown,
    apology: (activity, failure) => apology(config, activity.locale, failure),
    onTurn: metrics.onTurn,
    logger,
  });
  const channel = new KnownChannel(stores.botState);
  const logic = lazyLogic({ config, logger, stores, channel, roster: edge.connector });
  const server = createHttpServer({
    answerActivity: async (request) => edge.answer(request, logic.run),
    isReady: stores.isReady,
    registry: metrics.registry,
    logger,
    mount: [
      (routes) => {
        mountGateway(routes, { ...stores, gatewayKeys: config.gatewayKeys, isStorageDown, logger });
      },
    ],
  });
  const reminders = createReminderLoops(config, {
    stores: stores.forReminders,
    logger,
    connector: edge.connector,
    metrics,
    channel,
  });
  const stopParts = async (): Promise<void> => {
    await Promise.all([server.close(), reminders.stop()]);
    await edge.idle();
    await edge.close();
    await stores.close();
  };
  try {
    const port = await server.listen(config.port);
    logic.load();
    await prepare(config, stores);
    reminders.start();
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
  readonly roster: ReturnType<typeof createTeamsEdge>['connector'];
}

/** Dialogs, language and cards take half the start: they are loaded while the server already listens. */
function lazyLogic({ config, logger, stores, channel, roster }: LogicDependencies): {
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
