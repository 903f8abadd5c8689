// Trains the classifier of the playbook questions from src/locales/<lang>/{phrases,near-misses,concepts}.json.
// Run it after a change of these files or of src/language/faq; a test fails while the result is out of date.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'faq-index-'));
try {
  const outfile = join(folder, 'build-index.cjs');
  await build({
    entryPoints: [join(root, 'scripts/faq-index/build-index.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const { buildFaqIndex, digestOfSources, readTrainingSet, serialise } = createRequire(import.meta.url)(outfile);
  const set = readTrainingSet(root);
  const target = join(root, 'src/language/faq/faq-index.generated.json');
  writeFileSync(target, serialise(buildFaqIndex(set, digestOfSources(root))));
  const count = `${set.phrases.length} phrases and ${set.nearMisses.length} near misses`;
  console.log(`${count} → src/language/faq/faq-index.generated.json`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
