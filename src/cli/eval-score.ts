/** What was expected and what came, by slot, as text; equal texts are right. */
export type Comparison = Readonly<Record<string, readonly [expected: string, got: string]>>;

interface Tally {
  right: number;
  all: number;
}

/** Counts right answers by language and slot, and which were taken for which. */
export class EvalScore {
  private readonly languages = new Map<string, Tally>();
  private readonly slots = new Map<string, Tally>();
  private readonly confusions = new Map<string, number>();

  add(language: string, comparison: Comparison): void {
    let isRight = true;
    for (const [slot, [expected, got]] of Object.entries(comparison)) {
      count(this.slots, slot, expected === got);
      if (expected !== got) {
        isRight = false;
        const confusion = `${slot}: ${expected} → ${got}`;
        this.confusions.set(confusion, (this.confusions.get(confusion) ?? 0) + 1);
      }
    }
    count(this.languages, language, isRight);
  }

  /** The summary in lines, most frequent confusions first. */
  lines(): string[] {
    const tallies = [...this.languages.values()];
    const total = { right: sum(tallies.map(({ right }) => right)), all: sum(tallies.map(({ all }) => all)) };
    const slots = this.slots.size > 1 ? ['', ...table('slot', this.slots)] : [];
    return [...table('language', this.languages), tallyLine('all', total), ...slots, ...this.confusionLines()];
  }

  private confusionLines(): string[] {
    const sorted = [...this.confusions].sort(([textA, a], [textB, b]) => b - a || (textA < textB ? -1 : 1));
    const lines = sorted.slice(0, 40).map(([text, times]) => `${String(times).padStart(5)}  ${text}`);
    const rest = sorted.length > 40 ? [`       and ${sorted.length - 40} more kinds`] : [];
    return lines.length > 0 ? ['', 'confusions (expected → got)', ...lines, ...rest] : [];
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function count(tallies: Map<string, Tally>, key: string, isRight: boolean): void {
  const tally = tallies.get(key) ?? { right: 0, all: 0 };
  tallies.set(key, { right: tally.right + (isRight ? 1 : 0), all: tally.all + 1 });
}

const table = (title: string, tallies: ReadonlyMap<string, Tally>): string[] => [
  `${title.padEnd(12)}  right    of  accuracy`,
  ...[...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, tally]) => tallyLine(key, tally)),
];

const tallyLine = (key: string, { right, all }: Tally): string =>
  `${key.padEnd(12)} ${String(right).padStart(6)} ${String(all).padStart(5)}  ${all === 0 ? '–' : `${((100 * right) / all).toFixed(1)} %`}`;
