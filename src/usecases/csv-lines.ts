/** Longest physical line that is kept; a Gateway row needs a few hundred characters. */
export const LONGEST_LINE = 65_536;

export interface CsvLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without its line break; cut after `LONGEST_LINE` characters. */
  readonly text: string;
  readonly cut: boolean;
}

/** Cuts decoded text into physical lines (CR LF, LF or CR) in bounded memory, whatever the chunks. */
export class LineSplitter {
  private number = 0;
  private text = '';
  private cut = false;
  private lastWasCr = false;

  /** @returns the lines that end in this chunk. */
  push(chunk: string): CsvLine[] {
    const lines: CsvLine[] = [];
    let start = this.lastWasCr && chunk.startsWith('\n') ? 1 : 0;
    const breaks = /\r\n|\r|\n/g;
    breaks.lastIndex = start;
    for (let found = breaks.exec(chunk); found; found = breaks.exec(chunk)) {
      this.grow(chunk.slice(start, found.index));
      lines.push(this.take());
      start = breaks.lastIndex;
    }
    this.grow(chunk.slice(start));
    this.lastWasCr = chunk === '' ? this.lastWasCr : chunk.endsWith('\r');
    return lines;
  }

  /** @returns the last line, if the text did not end with a line break. */
  end(): CsvLine[] {
    return this.text === '' ? [] : [this.take()];
  }

  private grow(piece: string): void {
    const room = LONGEST_LINE - this.text.length;
    this.cut ||= piece.length > room;
    this.text += piece.slice(0, room);
  }

  private take(): CsvLine {
    const line = { number: ++this.number, text: this.text, cut: this.cut };
    this.text = '';
    this.cut = false;
    return line;
  }
}
