/** What all instances of a deployment know about how fast they may send. Times in milliseconds since the epoch. */
export interface Pace {
  /** From when on the next send is free. */
  readonly nextFree: number;
  /** Nobody sends before: Teams said so. */
  readonly blockedUntil: number;
}

export interface SharedPace {
  read(): Promise<{ readonly pace: Pace; readonly version: unknown }>;
  /** @returns the new version, or undefined when another instance wrote meanwhile. */
  put(pace: Pace, version: unknown): Promise<unknown>;
}
