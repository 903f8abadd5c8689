import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFaqIndex, readPhrases, serialise } from '../../../scripts/faq-index/build-index';
import { LANGUAGES } from '../../../src/domain/vocabulary';
import { ANSWERS } from '../../../src/language/faq/classifier';

const root = join(__dirname, '../../..');
const phrases = readPhrases(root);

/** Letters and digits only: a phrase that differs in case or punctuation is the same phrase. */
function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const byLanguage = LANGUAGES.map((language) => ({
  language,
  own: phrases.filter((phrase) => phrase.language === language),
}));

describe('training phrases', () => {
  it('repeat no line of the public evaluation set', () => {
    const lines = readFileSync(join(root, 'test/eval/faq.dev.jsonl'), 'utf8').trim().split('\n');
    const measured = new Set(lines.map((line) => normalised((JSON.parse(line) as { text: string }).text)));
    expect(measured.size).toBeGreaterThan(270);
    expect(phrases.filter((phrase) => measured.has(normalised(phrase.text)))).toEqual([]);
  });

  it.each(byLanguage)('$language: at least 30 for every topic and 150 that the playbook does not answer', ({ own }) => {
    const counts = ANSWERS.map((topic) => ({ topic, count: own.filter((phrase) => phrase.topic === topic).length }));
    expect(counts.filter(({ topic, count }) => count < (topic === 'none' ? 150 : 30))).toEqual([]);
  });

  it.each(byLanguage)('$language: no phrase twice', ({ own }) => {
    const texts = own.map((phrase) => normalised(phrase.text));
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
});

describe('the generated index', () => {
  it('is what the phrases of today give (else run node scripts/build-faq-index.mjs)', () => {
    const stored = readFileSync(join(root, 'src/language/faq/faq-index.generated.json'), 'utf8');
    // Not toBe: a mismatch would print two megabytes.
    expect(serialise(buildFaqIndex(phrases)) === stored).toBe(true);
  }, 120_000);
});
