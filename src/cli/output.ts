import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileError, OperatorError } from './operator-error';

/**
 * Lets `write` fill the file at `path`. The name is there only once all of it is written: until then it is a file beside
 * it, which goes when something fails. Replaces nothing but an ordinary file.
 * @throws OperatorError when the file cannot be written.
 */
export async function writeFileWhole(
  path: string,
  write: (out: NodeJS.WritableStream) => Promise<void>,
): Promise<void> {
  const target = resolve(path);
  const draft = join(dirname(target), `.${basename(target).slice(0, 50)}.${randomUUID()}.tmp`);
  try {
    await refuseSpecial(path, target);
    const file = await open(draft, 'wx', 0o600);
    try {
      const stream = file.createWriteStream();
      await write(stream);
      await new Promise<void>((done, failed) => {
        stream.once('error', failed);
        stream.end(() => done());
      });
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    // The file need not be there, its directory must.
    const isMissing = (error as { code?: unknown }).code === 'ENOENT';
    throw fileError(isMissing ? dirname(target) : path, error);
  }
}

async function refuseSpecial(path: string, target: string): Promise<void> {
  const found = await lstat(target).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (path === '' || /[/\\]$/.test(path) || found?.isDirectory() === true) {
    throw new OperatorError(`${path === '' ? '--out' : path} is a directory; name a file.`);
  }
  if (found && !found.isFile()) {
    throw new OperatorError(`${path} is not an ordinary file; name another one.`);
  }
}
