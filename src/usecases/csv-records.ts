import { CsvError, parse } from 'csv-parse/sync';
import type { CsvLine } from './csv-lines';
import { LONGEST_LINE } from './csv-lines';

/** One CSV record, or a line that is none. */
export type CsvRecord =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  /** `text` is the line as it stands, to guess from what it belongs to. */
  | { readonly kind: 'broken'; readonly line: number; readonly text: string; readonly problem: string };

/** A record with a quoted field of several lines; more is taken for a quote that was never closed. */
const MOST_LINES = 100;
const QUOTES = 'has a quote that is not closed or stands inside a field; write " inside quotes as ""';
const TOO_LONG = `is longer than ${LONGEST_LINE} characters; shorten it`;

const hasOddQuotes = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;

/** The delimiter of the header decides for the file: comma, or semicolon where there are more of them. */
const delimiterOf = (header: string): string => (header.split(';').length > header.split(',').length ? ';' : ',');

/** @returns the cells of one record (RFC 4180), or undefined when it is not well-formed. */
function cellsOf(text: string, delimiter: string, lenient = false): readonly string[] | undefined {
  try {
    const records: string[][] = parse(text, {
      delimiter,
      trim: true,
      relax_column_count: true,
      relax_quotes: lenient,
      record_delimiter: ['\n'],
      max_record_size: 0,
    });
    return records.length === 1 ? records[0] : undefined;
  } catch (error) {
    if (error instanceof CsvError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Puts physical lines together to records: a line with an open quote goes on in the next one. Where a quote is never
 * closed, only the line on which it opened is given up, and reading goes on with the line after it.
 */
export class RecordReader {
  private delimiter: string | undefined;
  private pending: CsvLine[] = [];
  private open = false;
  private size = 0;

  /** @returns the records that end with these lines. */
  push(lines: readonly CsvLine[]): CsvRecord[] {
    const records: CsvRecord[] = [];
    const queue = [...lines].reverse();
    for (let line = queue.pop(); line; line = queue.pop()) {
      const record = this.take(line);
      this.giveBack(record, queue);
      if (record) {
        records.push(record);
      }
    }
    return records;
  }

  /** @returns what was still open at the end of the file. */
  end(): CsvRecord[] {
    const records: CsvRecord[] = [];
    while (this.pending.length > 0) {
      const queue: CsvLine[] = [];
      const record = this.broken(QUOTES);
      this.giveBack(record, queue);
      records.push(record, ...this.push(queue.reverse()));
    }
    return records;
  }

  /** Cells of a broken line as far as they can be told apart. */
  guess(text: string): readonly string[] {
    const delimiter = this.delimiter ?? ',';
    return cellsOf(text, delimiter, true) ?? cellsOf(`${text}"`, delimiter, true) ?? text.split(delimiter);
  }

  private take(line: CsvLine): CsvRecord | undefined {
    this.delimiter ??= line.text.trim() === '' ? undefined : delimiterOf(line.text);
    this.pending.push(line);
    this.size += line.text.length;
    this.open = this.open !== hasOddQuotes(line.text);
    if (line.cut) {
      return this.broken(this.pending.length === 1 ? TOO_LONG : QUOTES);
    }
    if (this.open) {
      const hopeless = this.pending.length >= MOST_LINES || this.size > LONGEST_LINE;
      return hopeless ? this.broken(QUOTES) : undefined;
    }
    return this.complete();
  }

  private complete(): CsvRecord | undefined {
    const text = this.pending.map((line) => line.text).join('\n');
    const cells = text.trim() === '' ? [] : cellsOf(text, this.delimiter ?? ',');
    if (!cells) {
      return this.broken(QUOTES);
    }
    const line = this.pending[0]?.number ?? 0;
    this.pending = [];
    this.size = 0;
    return cells.every((cell) => cell === '') ? undefined : { kind: 'cells', line, cells };
  }

  /** The first pending line is broken; the others stay pending for `giveBack`. */
  private broken(problem: string): CsvRecord & { kind: 'broken' } {
    const [first, ...rest] = this.pending;
    this.pending = rest;
    return { kind: 'broken', line: first?.number ?? 0, text: first?.text ?? '', problem };
  }

  /** After a broken line, the lines read along with it are read anew. */
  private giveBack(record: CsvRecord | undefined, queue: CsvLine[]): void {
    if (record?.kind === 'broken') {
      queue.push(...this.pending.reverse());
      this.pending = [];
      this.size = 0;
      this.open = false;
    }
  }
}
