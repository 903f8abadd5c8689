import type { Activity, ActivityTimestamps } from 'botbuilder-core';

/** Further than Teams' own re-sends reach (15 s to some minutes). */
const KEPT_MS = 10 * 60 * 1000;
const KEPT_TURNS = 5000;
/** These tell again and again about the same message id; their time tells them apart. */
const REPEATING = new Set(['messageUpdate', 'messageDelete', 'messageReaction']);

/** What makes two deliveries the same activity; undefined when it carries no id. */
export function turnKeyOf(activity: Activity): string | undefined {
  if (!activity.id) {
    return undefined;
  }
  const time = REPEATING.has(activity.type) ? ((activity as ActivityTimestamps).rawTimestamp ?? '') : '';
  return `${activity.type}|${activity.id}|${time}`;
}

interface Turn<T> {
  readonly answer: Promise<T>;
  readonly at: number;
}

/**
 * Turns under way or just done in this process: an activity delivered again gets the answer of its first delivery,
 * whether that is ready or still being made.
 */
export class RecentTurns<T> {
  private readonly turns = new Map<string, Turn<T>>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** The answer for `key`, from `run` unless there is one. A failed run is forgotten. */
  async answer(
    key: string | undefined,
    run: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly again: boolean }> {
    if (key === undefined) {
      return { value: await run(), again: false };
    }
    const known = this.turns.get(key);
    if (known !== undefined && this.nowMs() - known.at < KEPT_MS) {
      return { value: await known.answer, again: true };
    }
    const answer = run();
    this.turns.delete(key);
    this.turns.set(key, { answer, at: this.nowMs() });
    this.forgetOld();
    try {
      return { value: await answer, again: false };
    } catch (error) {
      this.turns.delete(key);
      throw error;
    }
  }

  private forgetOld(): void {
    for (const [key, turn] of this.turns) {
      if (this.turns.size <= KEPT_TURNS && this.nowMs() - turn.at < KEPT_MS) {
        return;
      }
      this.turns.delete(key);
    }
  }
}
