import { Temporal } from 'temporal-polyfill';
import { isOneOf } from '../../domain/vocabulary';
import { BoundedMap } from '../bounded-map';
import { DamagedRowError } from './errors';
import { textOf } from './long-text';
import type { StoredRow } from './row';

/** The rows of a customer are read at every step of a dialog, and hardly any time in them has changed since: some hundred dialogs. */
const MOST_TIMES = 2000;
const dayOf = remembered((text) => Temporal.PlainDate.from(text));
const instantOf = remembered((text) => Temporal.Instant.from(text));

/** Temporal's objects do not change: the same text gives the same one. */
function remembered<T>(parse: (text: string) => T): (text: string) => T {
  const known = new BoundedMap<string, T>(MOST_TIMES);
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      return before;
    }
    const parsed = parse(text);
    known.set(text, parsed, 1);
    return parsed;
  };
}

/** Reads columns as what they were written as; a column of another kind is a DamagedRowError, never a guess. */
export class RowReader {
  constructor(private readonly row: StoredRow) {}

  text(column: string): string {
    const value = this.row[column];
    return typeof value === 'string' ? value : this.damaged(column);
  }

  longText(column: string): string {
    return textOf(this.row, column);
  }

  oneOf<T extends string>(column: string, list: readonly T[]): T {
    const value = this.row[column];
    return isOneOf(list, value) ? value : this.damaged(column);
  }

  whole(column: string): number {
    const value = this.row[column];
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : this.damaged(column);
  }

  flag(column: string): boolean {
    const value = this.row[column];
    return typeof value === 'boolean' ? value : this.damaged(column);
  }

  day(column: string): Temporal.PlainDate {
    return this.parsed(column, () => dayOf(this.text(column)));
  }

  instant(column: string): Temporal.Instant {
    return this.parsed(column, () => instantOf(this.text(column)));
  }

  /** Value written by ourselves as JSON; its shape is the caller's promise. */
  json(column: string): unknown {
    return this.parsed(column, () => JSON.parse(this.longText(column)) as unknown);
  }

  /** @returns undefined when the column is absent. */
  optional<T>(column: string, read: (column: string) => T): T | undefined {
    return this.row[column] === undefined ? undefined : read(column);
  }

  private parsed<T>(column: string, parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      if (error instanceof RangeError || error instanceof SyntaxError) {
        return this.damaged(column);
      }
      throw error;
    }
  }

  private damaged(column: string): never {
    throw new DamagedRowError(this.row.rowKey, column);
  }
}
