import type { Temporal } from 'temporal-polyfill';

/** Public holidays by country (ISO 3166). */
export interface Holidays {
  /** Whether a day is a public holiday there; an unknown country has none. */
  of(country: string): Promise<(day: Temporal.PlainDate) => boolean>;
}
