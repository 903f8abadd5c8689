/**
 * `node scripts/run.mjs FOLDER/FILE.ts [ARGUMENTS]`: runs a TypeScript program of the project. All programs of its folder are
 * bundled into `dist/FOLDER/` (packages stay outside), so that it can start its neighbours as processes of their own.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { at, checkNode, Complaint, ROOT, run } from './lib/project.mjs';

async function bundleFolder(folder) {
  const { build } = await import('esbuild');
  const programs = readdirSync(at(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  await build({
    entryPoints: programs.map((file) => join(folder, file)),
    absWorkingDir: ROOT,
    outdir: join('dist', folder),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    logLevel: 'error',
  });
}

await run(async () => {
  checkNode();
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) {
    throw new Complaint('Which program? Example: node scripts/run.mjs bench/bench.ts');
  }
  await ensureInstalled();
  await ensureBuilt();
  await bundleFolder(dirname(file));
  const program = at('dist', dirname(file), `${basename(file, '.ts')}.js`);
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
});
