import { setTimeout as pause } from 'node:timers/promises';
import { PATIENCE_MS } from '../patience';

/** Reads until the value fits: what happens behind an answer (a worker records, a slow transaction arrives) has no other end to wait for. */
export async function eventually<T>(
  read: () => Promise<T>,
  fits: (value: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  for (const end = performance.now() + patienceMs; ; await pause(50)) {
    const value = await read();
    if (fits(value)) {
      return value;
    }
    if (performance.now() > end) {
      throw new Error(`it never came to that: ${JSON.stringify(value)}`);
    }
  }
}
