import { stat } from 'node:fs/promises';
import { fileError, OperatorError } from './operator-error';

/** @throws OperatorError when `path` is not there or is a directory. */
export async function checkReadable(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(path, error);
  });
  if (found.isDirectory()) {
    throw new OperatorError(`${path} is a directory; name a file.`);
  }
}
