import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');
const UNPACKED = join(ROOT, 'node_modules', '.cache', 'fm-assistant-chromium');

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--lang=en-US',
];

interface Executable {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Whether it starts at all: without its system libraries it does not. */
async function starts({ path, env }: Executable): Promise<boolean> {
  return run(path, ['--version'], { env, timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

/**
 * The Chromium that comes with the packages (Linux): unpacked once, with libraries of its own for machines that have
 * nothing but Node. It is an ES module, so a process of its own unpacks it.
 */
async function bundled(): Promise<Executable> {
  mkdirSync(UNPACKED, { recursive: true });
  const script =
    "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath()).then(console.log)";
  const env = { ...process.env, TMPDIR: UNPACKED, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { stdout } = await run(process.execPath, ['-e', script], { cwd: ROOT, env });
  const path = stdout.trim();
  const plain = { path, env: process.env };
  const libraries = [join(UNPACKED, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const withLibraries = { path, env: { ...process.env, LD_LIBRARY_PATH: libraries } };
  return (await starts(plain)) ? plain : withLibraries;
}

/** CHROMIUM_PATH, else an installed one, else the one of the packages. */
async function findChromium(): Promise<Executable> {
  const path = process.env.CHROMIUM_PATH ?? INSTALLED.find((candidate) => existsSync(candidate));
  return path === undefined ? bundled() : { path, env: process.env };
}

/** A Chromium without a window, in a profile of its own. Close it with `browser.close()`. */
export async function launchChromium(): Promise<Browser> {
  const { path, env } = await findChromium();
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return chromium.launch({ executablePath: path, env: Object.fromEntries(defined), args: FLAGS });
}
