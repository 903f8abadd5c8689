import type { Logger } from 'pino';
import { StateConflictError } from './adapters/storage/errors';
import type { Storage } from './adapters/storage/storage';
import type { Clock } from './ports/clock';

const KEY = 'deployment/clean-up';
const DAY_MS = 86_400_000;
/** Instances that start at any hour agree on one a day. */
const ENOUGH_MS = 0.9 * DAY_MS;

interface Marked {
  readonly at: string;
  readonly eTag?: string;
}

/**
 * Removes what has expired, once a day however many instances there are: who marks the day does it. One that dies over it
 * leaves the rest to the next day.
 */
export async function cleanUpDaily(
  { botState, removeExpired, clock }: Pick<Storage, 'botState' | 'removeExpired'> & { readonly clock: Clock },
  logger: Pick<Logger, 'info'>,
): Promise<void> {
  const now = clock.now();
  const marked = (await botState.read([KEY]))[KEY] as Marked | undefined;
  if (marked && now.epochMilliseconds - Date.parse(marked.at) < ENOUGH_MS) {
    return;
  }
  try {
    await botState.write({ [KEY]: { at: now.toString(), ...(marked?.eTag !== undefined && { eTag: marked.eTag }) } });
  } catch (error) {
    if (error instanceof StateConflictError) {
      return;
    }
    throw error;
  }
  logger.info(await removeExpired(), 'storage.expired-removed');
}

/** Moves what an earlier version kept elsewhere: all of it at the first start, later what such an instance still wrote. */
export async function moveNames(
  storage: Pick<Storage, 'moveNames'>,
  logger: Pick<Logger, 'info'>,
  stopping: AbortSignal,
): Promise<void> {
  for (let rows = 1; rows > 0 && !stopping.aborted;) {
    rows = await storage.moveNames(stopping);
    if (rows > 0) {
      logger.info({ rows }, 'storage.names-moved');
    }
  }
}
