/** `npm test`: installs and builds what is missing, then runs every test once. Arguments go on to jest. */
import { spawn } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { at, checkNode, ROOT, run } from './lib/project.mjs';

await run(async () => {
  checkNode();
  await ensureInstalled();
  await ensureBuilt();
  const jest = at('node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
});
