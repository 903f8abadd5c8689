import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

const PATIENCE_MS = 15_000;

/**
 * A child process whose standard output goes to `logFile` and whose complaints go to the terminal.
 * `ended` resolves with how it ended, in words; `stop` asks it to end, and insists after a while.
 */
export function startProcess({ name, args, env, cwd, logFile }) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 2] });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(insist);
    }
  };
  return { name, stdout: child.stdout, ended, stop, logFile };
}

/** Resolves once `url` answers 2xx, or when `signal` fires. */
export async function answers(url, signal) {
  while (!signal.aborted) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
