import type { Background } from './background';
import type { DueTable } from './due-table';
import type { HintTable } from './hint-table';
import type { HintChanges } from './hints';
import type { Deadline } from './patience';

/** Writes everything the indexes owe a commit: announced before it, settled after it. */
export class HintWriter {
  constructor(
    private readonly to: { hints: HintTable; due: DueTable },
    private readonly background: Background,
  ) {}

  /**
   * Before the commit. A crash from here on costs a reader a look at the customer, never a lost entry.
   * @returns what to call once committed; it settles without anybody waiting. Not called = readers find out.
   */
  async announce(changes: HintChanges, deadline: Deadline): Promise<() => void> {
    const { hints, due } = this.to;
    const [marks] = await Promise.all([hints.mark(changes, deadline), due.write(changes.due, deadline)]);
    return () => {
      if (marks.length > 0) {
        this.background.run(async () => hints.settle(marks, changes.summary));
      }
    };
  }
}
