import type { Clock } from '../ports/clock';
import type { Pace, SharedPace } from '../ports/shared-pace';

export interface Pacing {
  readonly pace: SharedPace;
  readonly clock: Clock;
  /** Sends per second of all instances together. */
  readonly ratePerSecond: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Longer waits are not waited for in the process: the task goes back into the queue. */
const LONGEST_WAIT = 4000;
const TRIES = 12;

/** Shares of a second that are reserved at once: at least, and for those who wait at the most. */
const LEAST_RESERVED = 1 / 10;
const MOST_RESERVED = 1 / 4;

/**
 * One pace for all instances: sends are places on a common time line, kept in one row and reserved a tenth of a second at a
 * time, so that the row is not written for each send, and an instance that dies wastes no more than that. Where storage is
 * too slow for this, as many are reserved as wait: else the reserving would be the pace.
 * When Teams says that the app is too fast, the row blocks everybody.
 */
export class Limiter {
  private places: number[] = [];
  private waiting = 0;
  /** The row as this instance wrote it last; whoever has changed it since makes the next writing fail. */
  private written: { readonly pace: Pace; readonly version: unknown } | undefined;
  private reserving: Promise<number | undefined> = Promise.resolve(undefined);

  constructor(private readonly by: Pacing) {}

  /** Waits for a place. @returns undefined when one may send now, else in how many seconds to try again. */
  async place(): Promise<number | undefined> {
    this.waiting += 1;
    const turn = this.reserving.then(async () => this.next()).finally(() => (this.waiting -= 1));
    this.reserving = turn.then(
      () => undefined,
      () => undefined,
    );
    const at = await turn;
    const wait = at - this.now();
    if (wait > LONGEST_WAIT) {
      return Math.ceil(wait / 1000);
    }
    if (wait > 0) {
      await this.by.pause(wait);
    }
    return undefined;
  }

  /** Nobody of the deployment sends for so many seconds. */
  async block(seconds: number): Promise<void> {
    this.places = [];
    const until = this.now() + seconds * 1000;
    await this.change((pace) => ({ ...pace, blockedUntil: Math.max(pace.blockedUntil, until) }));
  }

  private async next(): Promise<number> {
    const known = this.places.shift();
    // A place long past was reserved by a process that was frozen since: others have used the time.
    if (known !== undefined && this.now() - known < LONGEST_WAIT) {
      return known;
    }
    this.places = [];
    const { ratePerSecond } = this.by;
    const count = Math.floor(
      Math.max(1, ratePerSecond * LEAST_RESERVED, Math.min(this.waiting, ratePerSecond * MOST_RESERVED)),
    );
    const gap = 1000 / ratePerSecond;
    let first = 0;
    let reserved = 0;
    await this.change((pace) => {
      first = Math.max(this.now(), pace.nextFree, pace.blockedUntil);
      // Too far off to be waited for: nothing is reserved.
      reserved = first - this.now() > LONGEST_WAIT ? 0 : count;
      return reserved === 0 ? undefined : { ...pace, nextFree: first + count * gap };
    });
    this.places = Array.from({ length: Math.max(0, reserved - 1) }, (_unused, index) => first + (index + 1) * gap);
    return first;
  }

  private async change(to: (pace: Pace) => Pace | undefined): Promise<void> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const { pace, version } = this.written ?? (await this.by.pace.read());
      const changed = to(pace);
      this.written = undefined;
      if (changed === undefined) {
        return;
      }
      const writtenAs = await this.by.pace.put(changed, version);
      if (writtenAs !== undefined) {
        this.written = { pace: changed, version: writtenAs };
        return;
      }
      await this.by.pause(5 * attempt);
    }
    throw new Error('the pace of sending is changed too often to be kept');
  }

  private now(): number {
    return this.by.clock.now().epochMilliseconds;
  }
}
