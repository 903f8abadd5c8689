import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfSources, readTrainingSet } from '../../../scripts/faq-index/build-index';
import { LANGUAGES } from '../../../src/domain/vocabulary';
import { ANSWERS } from '../../../src/language/faq/classifier';
import faqIndex from '../../../src/language/faq/faq-index.generated.json';

const root = join(__dirname, '../../..');
const set = readTrainingSet(root);
const { phrases } = set;

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
    expect([...phrases, ...set.nearMisses].filter((phrase) => measured.has(normalised(phrase.text)))).toEqual([]);
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

describe.each(LANGUAGES)('near misses in %s', (language) => {
  const own = set.nearMisses.filter((phrase) => phrase.language === language);

  it('leave no place open', () => {
    expect(own.filter((phrase) => phrase.text.includes('{'))).toEqual([]);
  });

  it('repeat no phrase of a topic', () => {
    const answered = new Set(phrases.filter(({ topic }) => topic !== 'none').map(({ text }) => normalised(text)));
    expect(own.filter((phrase) => answered.has(normalised(phrase.text)))).toEqual([]);
  });
});

describe('the generated index', () => {
  it('is made of the phrases and the code of today (else run node scripts/build-faq-index.mjs)', () => {
    expect(faqIndex.sources).toBe(digestOfSources(root));
  });
});
