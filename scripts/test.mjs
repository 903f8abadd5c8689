/** `npm test`: installs and builds what is missing, then runs every test. Arguments go on to jest. */
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNode, run } from './lib/project.mjs';
import { runTests } from './lib/run-tests.mjs';

await run(async () => {
  checkNode();
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await runTests(process.argv.slice(2));
});
