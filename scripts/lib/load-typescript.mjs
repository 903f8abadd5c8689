import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What a TypeScript module of the project exports, bundled for the moment. */
export async function loadTypeScript(entryPoint) {
  const folder = mkdtempSync(join(tmpdir(), 'fm-script-'));
  try {
    const outfile = join(folder, 'module.cjs');
    await build({
      entryPoints: [entryPoint],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
      logLevel: 'error',
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
