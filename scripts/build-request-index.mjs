// Trains the classifier of requests from src/locales/<lang>/{requests,phrases}.json and the patterns of words.json.
// Run it after a change of requests.json or of src/language/requests; a test fails while the result is out of date.
// With --cross-validate it prints how many requests are known that were left out of the training, by language.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript } from './lib/load-typescript.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { buildRequestIndex, crossValidated, digestOfRequests, readRequests } = await loadTypeScript(
  join(root, 'scripts/request-index/index.ts'),
);
const requests = readRequests(root);
if (process.argv.includes('--cross-validate')) {
  console.log(crossValidated(requests));
}
const target = join(root, 'src/language/requests/requests.generated.json');
writeFileSync(target, `${JSON.stringify(buildRequestIndex(requests, digestOfRequests(root)), null, 2)}\n`);
const questions = requests.pools.reduce((count, pool) => count + pool.length, 0);
console.log(
  `${requests.samples.length} requests and ${questions} questions → src/language/requests/requests.generated.json`,
);
