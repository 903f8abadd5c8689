import type { Row } from './section';

/** What a part of the soak has to say at the end. */
export interface PartReport {
  /** What was done and seen, for the summary. */
  readonly figures: Readonly<Record<string, string | number>>;
  /** What has to hold, and whether it does. */
  readonly checks: readonly (readonly [what: string, holds: boolean])[];
  /** Whatever else belongs into a report that is kept. */
  readonly rows?: readonly Row[];
}

/** What the command line says, and when the whole has to be over, by `performance.now()`. */
export interface SoakOptions {
  readonly root: string;
  readonly fms: number;
  readonly days: number;
  readonly seed: number;
  /** Undefined = the part takes the time it takes. */
  readonly until: number | undefined;
}
