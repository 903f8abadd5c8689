/** `npm run cli -- COMMAND`: the operator's commands, built first if need be. Standard output is the command's alone. */
import { createRequire } from 'node:module';
import { ensureBuilt } from './build.mjs';
import { readDotEnv } from './lib/environment.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { at, checkNode, run } from './lib/project.mjs';

await run(async () => {
  checkNode();
  readDotEnv();
  await ensureInstalled();
  await ensureBuilt();
  process.argv[1] = at('dist', 'cli.js');
  createRequire(import.meta.url)(process.argv[1]);
});
