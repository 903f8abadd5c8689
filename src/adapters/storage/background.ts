/** Work nobody waits for, but which is not lost when the process ends in good order. */
export class Background {
  private readonly underWay = new Set<Promise<void>>();

  /** @param onError told of failures; the work must be such that leaving it undone only costs time. */
  constructor(private readonly onError: (error: unknown) => void) {}

  run(work: () => Promise<unknown>): void {
    const done: Promise<void> = work()
      .then(() => undefined, this.onError)
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  /** Resolves when everything started so far has ended. */
  async flush(): Promise<void> {
    await Promise.all(this.underWay);
  }
}
