// Trains the classifier of the playbook questions from src/locales/<lang>/{phrases,near-misses,concepts}.json.
// Run it after a change of these files or of src/language/faq; a test fails while the result is out of date.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript } from './lib/load-typescript.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { buildFaqIndex, digestOfSources, readTrainingSet, serialise } = await loadTypeScript(
  join(root, 'scripts/faq-index/build-index.ts'),
);
const set = readTrainingSet(root);
const target = join(root, 'src/language/faq/faq-index.generated.json');
writeFileSync(target, serialise(buildFaqIndex(set, digestOfSources(root))));
const count = `${set.phrases.length} phrases and ${set.nearMisses.length} near misses`;
console.log(`${count} → src/language/faq/faq-index.generated.json`);
