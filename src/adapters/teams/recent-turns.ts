import type { Activity, ActivityTimestamps } from 'botbuilder-core';
import { BoundedMap } from '../bounded-map';

/** Further than Teams' own re-sends reach (15 s to some minutes). */
const KEPT_MS = 10 * 60 * 1000;
/** Bytes: some 2,500 messages, or 170 cards. They fill up in a process's first busy hour, and never leave it. */
const MOST_KEPT = 1_000_000;
/** What an entry takes beside its answer, and until its answer is known. */
const ENTRY = 400;
/** These tell again and again about the same message id; their time tells them apart. */
const REPEATING = new Set(['messageUpdate', 'messageDelete', 'messageReaction']);

const BEYOND_ONE_BYTE = /[^\0-\xff]/;

/** What a text takes in memory: one Chinese character makes two bytes of each of its characters. */
export const bytesOf = (text: string): number => (BEYOND_ONE_BYTE.test(text) ? 2 : 1) * text.length;

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
  private readonly turns = new BoundedMap<string, Turn<T>>(MOST_KEPT);

  /** @param sizeOf bytes an answer takes. */
  constructor(
    private readonly sizeOf: (answer: T) => number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** The answer for `key`, from `run` unless there is one. A failed run is forgotten. */
  async answer(
    key: string | undefined,
    run: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly again: boolean }> {
    if (key === undefined) {
      return { value: await run(), again: false };
    }
    const known = this.turns.get(key);
    if (known !== undefined && !this.isOld(known)) {
      return { value: await known.answer, again: true };
    }
    const turn = { answer: run(), at: this.nowMs() };
    this.turns.set(key, turn, ENTRY);
    this.turns.forgetOldestWhile((each) => this.isOld(each));
    try {
      const value = await turn.answer;
      this.turns.set(key, turn, ENTRY + this.sizeOf(value));
      return { value, again: false };
    } catch (error) {
      this.turns.delete(key);
      throw error;
    }
  }

  private isOld({ at }: Turn<T>): boolean {
    return this.nowMs() - at >= KEPT_MS;
  }
}
