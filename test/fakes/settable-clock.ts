import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/ports/clock';

/** A clock that stands until it is moved. */
export class SettableClock implements Clock {
  constructor(private instant: Temporal.Instant) {}

  now(): Temporal.Instant {
    return this.instant;
  }

  advance(duration: Temporal.DurationLike): void {
    this.instant = this.instant.add(duration);
  }
}
