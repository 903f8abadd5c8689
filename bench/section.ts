import type { BareConnector } from './drive';

/** What every part of the bench works with. */
export interface Bench {
  /** Seconds instead of minutes: checks that everything runs; its times mean nothing. */
  readonly quick: boolean;
  /** An Azurite of the bench's own, in memory, in a process of its own. */
  readonly connectionString: string;
  readonly connector: BareConnector;
  readonly serviceUrl: string;
  /** The project's folder. */
  readonly root: string;
}

export type Row = Readonly<Record<string, string | number>>;

/** A bound the specification wants held, and what was seen. */
export interface Bound {
  readonly what: string;
  readonly atMost: number;
  readonly seen: number;
}

/** A part's table, and the bounds it answers for. */
export interface Findings {
  readonly rows: readonly Row[];
  readonly bounds?: readonly Bound[];
}

/** One part of the bench; `bench.ts` lists them all. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly run: (bench: Bench) => Promise<Findings>;
}

/** The middle of some figures; 0 of none. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Rounded to three significant digits, for tables. */
export const rounded = (figure: number): number => Number(figure.toPrecision(3));

/** Rows under the columns of the first. */
export function tableOf(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_column, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
