import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUFFERED = 64 * 1024;

/**
 * Rows kept on disk until it is their turn. The file has no name any more once it is open: whatever ends the process,
 * nothing of it stays behind.
 */
export class Spool {
  private waiting = '';

  private constructor(private readonly file: FileHandle) {}

  static async create(): Promise<Spool> {
    const directory = await mkdtemp(join(tmpdir(), 'fm-assistant-export-'));
    const path = join(directory, 'rows');
    try {
      const file = await open(path, 'wx+', 0o600);
      return new Spool(file);
    } finally {
      await rm(path, { force: true });
      await rmdir(directory);
    }
  }

  async add(row: unknown): Promise<void> {
    this.waiting += `${JSON.stringify(row)}\n`;
    if (this.waiting.length > BUFFERED) {
      await this.write();
    }
  }

  /** All rows in the order in which they were added. */
  async *rows(): AsyncGenerator<unknown> {
    await this.write();
    const stream = this.file.createReadStream({ start: 0, autoClose: false, encoding: 'utf8' });
    let rest = '';
    for await (const chunk of stream) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        yield JSON.parse(line);
      }
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async write(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    await this.file.appendFile(text);
  }
}
