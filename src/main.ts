import { pino, type DestinationStream, type Logger } from 'pino';
import { startApp } from './compose';
import type { Config } from './config';
import { ConfigError, readConfig } from './config';
import { EmbeddedStorageError, StorageUnavailableError } from './adapters/storage/errors';
import { describeError, ListenError } from './http/server';
import { NO_TRACING, openTracing } from './tracing';

/** One sentence for the operator where the cause is known; a stack only for what should not happen. */
function explain(error: unknown): string {
  if (
    error instanceof ConfigError ||
    error instanceof EmbeddedStorageError ||
    error instanceof StorageUnavailableError
  ) {
    return error.message;
  }
  if (error instanceof ListenError) {
    return error.code === 'PORT_IN_USE'
      ? `Port ${error.port} is in use. Stop what uses it, or choose another one with PORT=….`
      : `Cannot listen on port ${error.port}: ${String((error.cause as Error | undefined)?.message)}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function settings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/** Bytes of log that may wait to be written; further lines are lost. */
const MOST_WAITING = 4 * 1024 * 1024;

/**
 * Standard output. While it cannot be written (a full disk) its lines are lost and the bot goes on. Left to itself an
 * error ends the process, for which sonic-boom first writes what is left, trying for ever.
 */
function openLog(): DestinationStream {
  const log = pino.destination({ sync: false, maxLength: MOST_WAITING });
  const flush = log.flushSync.bind(log);
  let isFull = false;
  log.on('error', () => (isFull = true));
  log.on('write', () => (isFull = false));
  log.flushSync = () => {
    if (!isFull) {
      flush();
    }
  };
  return log;
}

/**
 * What packages print (the SDK: the published keys, for a token with an unknown one) may quote anything and is no JSON:
 * only that they did is told.
 */
function muffleConsole(logger: Logger): void {
  for (const name of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const) {
    // eslint-disable-next-line no-console -- nothing is printed
    console[name] = () => {
      logger.warn('package.printed');
    };
  }
}

/** What nobody has caught ends the process, as ever; its words, which may quote somebody's, are not printed. */
function tellCrashes(logger: Logger): void {
  process.on('uncaughtException', (error: unknown) => {
    logger.fatal(describeError(error), 'bot.crashed');
    process.exit(1);
  });
}

async function main(): Promise<void> {
  const config = settings();
  const tracing = await openTracing(config, () => {
    logger.warn('tracing.failed');
  });
  const mixin = tracing === NO_TRACING ? {} : { mixin: () => tracing.logFields() };
  const logger = pino({ level: config.logLevel, base: undefined, ...mixin }, openLog());
  muffleConsole(logger);
  tellCrashes(logger);
  const app = await startApp(config, logger, tracing);
  logger.info({ port: app.port }, 'bot.ready');
  // The launcher waits for this line where it cannot know the port.
  process.send?.({ ready: true, port: app.port });
  const stop = (signal: string): void => {
    logger.info({ signal }, 'bot.stopping');
    void app.stop().then(
      () => {
        logger.info('bot.stopped');
        process.exit(0);
      },
      (error: unknown) => {
        process.stderr.write(`${explain(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
