/** Something the operator can put right; its message is one sentence and all they are told. */
export class OperatorError extends Error {}

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be accessed',
  EPERM: 'may not be accessed',
  EISDIR: 'is a directory; name a file',
  ENOTDIR: 'is not in a directory',
  ENAMETOOLONG: 'has too long a name',
  ENOSPC: 'does not fit on the disk any more',
  EROFS: 'is on a disk that cannot be written',
  ELOOP: 'is a circle of links',
};

/** What the system says about a file, as a sentence; anything else stays what it is. */
export function fileError(path: string, error: unknown): unknown {
  const problem = FILE_PROBLEMS[codeOf(error) ?? ''];
  return problem === undefined ? error : new OperatorError(`${path} ${problem}.`);
}

/** Whether the reader of our output went away (`… | head`): nothing is wrong with that. */
export const isClosedPipe = (error: unknown): boolean => codeOf(error) === 'EPIPE';
