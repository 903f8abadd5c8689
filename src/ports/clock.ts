import type { Temporal } from 'temporal-polyfill';

/** The only source of "now". */
export interface Clock {
  now(): Temporal.Instant;
}
