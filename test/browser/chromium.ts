import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { PATIENCE_MS } from '../patience';
import { removeFolder } from '../temporary-folders';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');
const PACKAGE = join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json');

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
  return run(path, ['--version'], { env, timeout: PATIENCE_MS }).then(
    () => true,
    () => false,
  );
}

/**
 * Where the Chromium of the packages is unpacked, once. Whole or not there at all: two test files that start together, or a
 * run that is broken off, would leave half a program that all others take for whole.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const folder = join(ROOT, 'node_modules', '.cache', `chromium-${version}`);
  if (existsSync(folder)) {
    return folder;
  }
  const own = `${folder}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  // An ES module: a process of its own unpacks it.
  const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  const env = { ...process.env, TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await run(process.execPath, ['-e', script], { cwd: ROOT, env });
  try {
    renameSync(own, folder);
  } catch (error) {
    await removeFolder(own);
    if (!existsSync(folder)) {
      throw error;
    }
  }
  return folder;
}

/** The Chromium that comes with the packages (Linux), with libraries of its own for machines that have nothing but Node. */
async function bundled(): Promise<Executable> {
  const folder = await unpacked();
  const path = join(folder, 'chromium');
  const plain = { path, env: process.env };
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
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
