import { setTimeout as pause } from 'node:timers/promises';
import { RestError } from '@azure/core-rest-pipeline';
import { StorageRefusedError, StorageUnavailableError } from './errors';
import { NoAnswerError } from './undici-transport';

const MAX_TRIES = 3;
const FIRST_PAUSE = 80;
/** A try shorter than this is not worth making. */
const SHORTEST_TRY = 100;
/** The first try leaves room for a second one. */
const SHARE_OF_TRY = 0.6;
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/** How much time is left for one operation, whatever it takes: requests, retries and reading back. */
export class Deadline {
  private readonly end: number;

  /** @param budget milliseconds. */
  constructor(budget: number) {
    this.end = performance.now() + budget;
  }

  left(): number {
    return this.end - performance.now();
  }
}

/**
 * Tries until it works, is refused, or the time is up. The SDK's own retries are taken out of the pipeline: they took
 * 4–6 s, more than a turn has, and hid that an earlier try may have been carried out. Here the number of the try is
 * known, so that whoever writes on condition can ask whether a refusal is its own earlier success.
 * @throws StorageUnavailableError when the time is up or the tries are used; StorageRefusedError for a refusal that the
 * attempt itself made nothing of.
 */
export async function insist<T>(
  deadline: Deadline,
  attempt: (signal: AbortSignal, tries: number) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await timed(deadline, async (signal) => attempt(signal, tries));
    } catch (error) {
      if (!isTransient(error)) {
        throw error instanceof RestError ? new StorageRefusedError(error.statusCode, error) : error;
      }
      const wait = FIRST_PAUSE * 3 ** (tries - 1) * (0.75 + Math.random() / 2);
      if (tries >= MAX_TRIES || deadline.left() < wait + SHORTEST_TRY) {
        throw new StorageUnavailableError(error);
      }
      await pause(wait);
    }
  }
}

/** @returns the HTTP status of a refusal, or undefined. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof RestError ? error.statusCode : undefined;
}

/** @returns whether the table itself is not there, which is no answer about a row. */
export function isTableMissing(error: unknown): boolean {
  if (statusOf(error) !== 404) {
    return false;
  }
  // A batch tells its code on the error, a single operation in the parsed body.
  const { code, details } = error as RestError & { details?: { odataError?: { code?: string } } };
  return (code ?? details?.odataError?.code) === 'TableNotFound';
}

function isTransient(error: unknown): boolean {
  return error instanceof NoAnswerError || TRANSIENT.has(statusOf(error) ?? 0);
}

async function timed<T>(deadline: Deadline, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const left = deadline.left();
  const time = left * SHARE_OF_TRY > SHORTEST_TRY ? left * SHARE_OF_TRY : left;
  const timer = setTimeout(() => controller.abort(), Math.max(1, time));
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
