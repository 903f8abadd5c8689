import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const temporaryFolder = async (): Promise<string> => mkdtemp(join(tmpdir(), 'fm-assistant-'));

/** A process killed a moment ago may still be writing into it: tries again for some ten seconds. */
export const removeFolder = async (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
