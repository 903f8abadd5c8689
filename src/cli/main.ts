import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config';
import type { Stores } from '../stores';
import type { CliContext } from './cli-context';
import { runCommandLine } from './program';

/** The project's folder: this program is `dist/cli.js`. */
const ROOT = join(__dirname, '..');

async function openStorage(): Promise<Stores> {
  const [{ openStores }, { pino }] = await Promise.all([import('../stores'), import('pino')]);
  const config = readConfig(process.env);
  return openStores(config, pino({ level: config.logLevel, base: undefined }, process.stderr));
}

const context: CliContext = {
  stdout: process.stdout,
  stderr: process.stderr,
  openStores: openStorage,
  openReminders: openStorage,
  openCopies: openStorage,
  openForgetting: openStorage,
  packageSettings: () => ({
    appId: readConfig(process.env).bot.appId,
    version: (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version,
    folder: join(ROOT, 'appPackage'),
  }),
};

/** Errors of settings and storage carry a code and one sentence for the operator. */
const KNOWN_CODES: readonly unknown[] = ['CONFIG_INVALID', 'embedded-storage', 'storage-unavailable', 'storage-limit'];

function explain(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && KNOWN_CODES.includes(error.code) ? error.message : undefined;
}

// Whoever reads our output may stop at any time (`… | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

void runCommandLine(context, process.argv.slice(2), explain).then((code) => {
  process.exitCode = code;
});
