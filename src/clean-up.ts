import type { Logger } from 'pino';
import { StateConflictError } from './adapters/storage/errors';
import type { Storage } from './adapters/storage/storage';
import type { Clock } from './ports/clock';

const KEY = 'deployment/clean-up';
const DAY_MS = 86_400_000;
/** Instances that start at any hour agree on one a day. */
const ENOUGH_MS = 0.9 * DAY_MS;
/** Days on which hints are made for what an earlier release left: the second for its last instances, which ran beside the first of this. */
const HINTING_DAYS = 2;

interface Marked {
  readonly at: string;
  /** Days on which all that was left without hints was hinted; a release that makes no hints writes none. */
  readonly hinted?: number;
  eTag?: string;
}

/**
 * Removes what has expired, once a day however many instances there are: who marks the day does it. One that dies over it
 * leaves the rest to the next day.
 */
export async function cleanUpDaily(
  {
    botState,
    removeExpired,
    hintEarlier,
    clock,
  }: Pick<Storage, 'botState' | 'removeExpired' | 'hintEarlier'> & { readonly clock: Clock },
  logger: Pick<Logger, 'info'>,
  stopping: AbortSignal,
): Promise<void> {
  const now = clock.now();
  const marked = (await botState.read([KEY]))[KEY] as Marked | undefined;
  const hinted = marked?.hinted ?? 0;
  const isEnough = marked?.hinted !== undefined && now.epochMilliseconds - Date.parse(marked.at) < ENOUGH_MS;
  const mark: Marked = { at: now.toString(), hinted, ...(marked?.eTag !== undefined && { eTag: marked.eTag }) };
  if (isEnough || !(await isWritten(botState, mark))) {
    return;
  }
  if (hinted < HINTING_DAYS) {
    await hintEarlier(stopping);
    if (!stopping.aborted) {
      await isWritten(botState, { ...mark, hinted: hinted + 1 });
    }
  }
  logger.info(await removeExpired(), 'storage.expired-removed');
}

/** @returns false when another instance was faster. */
async function isWritten(botState: Storage['botState'], mark: Marked): Promise<boolean> {
  try {
    await botState.write({ [KEY]: mark });
    return true;
  } catch (error) {
    if (error instanceof StateConflictError) {
      return false;
    }
    throw error;
  }
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
