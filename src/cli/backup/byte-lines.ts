import type { FileHandle } from 'node:fs/promises';
import { OperatorError } from '../operator-error';

/** A line of a file, its end included. */
export interface ByteLine {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
}

/** A row is 1 MiB at most, and JSON makes up to six bytes of one: more on a line is no backup. */
const MOST_BYTES = 8 * 1024 * 1024;
const LINE_FEED = 10;

/** The lines of a file as bytes, from its beginning, one at a time. @throws OperatorError for a line that has no end in sight */
export async function* byteLines(file: FileHandle, path: string): AsyncGenerator<ByteLine> {
  let number = 1;
  let parts: Buffer[] = [];
  let size = 0;
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      yield { number, bytes: Buffer.concat([...parts, chunk.subarray(from, end + 1)]) };
      number += 1;
      parts = [];
      size = 0;
      from = end + 1;
    }
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > MOST_BYTES) {
      throw new OperatorError(`${path}, line ${number}: is too long for a backup.`);
    }
  }
  if (size > 0) {
    yield { number, bytes: Buffer.concat(parts) };
  }
}
