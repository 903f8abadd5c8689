import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfRequests, readRequests } from '../../../scripts/request-index/build-index';
import { LANGUAGES } from '../../../src/domain/vocabulary';
import { REQUESTS } from '../../../src/language/requests/columns';
import index from '../../../src/language/requests/requests.generated.json';

const root = join(__dirname, '../../..');
const { samples } = readRequests(root);
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

describe('training phrases of requests', () => {
  it('repeat no line of the public evaluation set', () => {
    const lines = readFileSync(join(root, 'test/eval/utterances.dev.jsonl'), 'utf8').trim().split('\n');
    const measured = new Set(lines.map((line) => plain((JSON.parse(line) as { text: string }).text)));
    // Of one or two words there is but one way to say them: "cancel".
    const repeated = samples
      .map(({ masked }) => plain(masked))
      .filter((text) => measured.has(text) && text.length > 12);
    expect(repeated).toEqual([]);
  });

  it.each(LANGUAGES)('%s: at least 15 for each request that is no question', (language) => {
    const own = samples.filter((sample) => sample.language === language);
    const counts = REQUESTS.filter((request) => request !== 'question').map((request) => ({
      request,
      count: own.filter((sample) => sample.request === request).length,
    }));
    expect(counts.filter(({ count }) => count < 15)).toEqual([]);
  });

  it('name only requests that exist and leave no place open', () => {
    expect(samples.filter(({ request }) => !REQUESTS.includes(request))).toEqual([]);
    expect(samples.filter(({ masked }) => /[{}]/.test(masked))).toEqual([]);
  });

  it('are what the index was made of (else run node scripts/build-request-index.mjs)', () => {
    expect(index.sources).toBe(digestOfRequests(root));
  });
});
