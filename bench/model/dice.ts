/** Choices that a seed repeats: each who chooses has dice of their own, so that nobody's depend on who came first. */
export class Dice {
  private state: number;

  constructor(...seeds: readonly number[]) {
    this.state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) + 0x7f4a7c15, 0) | 0;
  }

  /** From 0 to just below 1: mulberry32, small and good enough. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A weekday within the next year, far enough from today for no warning. */
  weekday(): string {
    const day = new Date(Date.now() + (14 + this.below(340)) * 86_400_000);
    const weekday = day.getUTCDay();
    day.setUTCDate(day.getUTCDate() + (weekday === 0 ? 1 : weekday === 6 ? 2 : 0));
    return day.toISOString().slice(0, 10);
  }
}
