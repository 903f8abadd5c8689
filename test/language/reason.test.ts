import { Temporal } from 'temporal-polyfill';
import { LANGUAGES } from '../../src/domain/vocabulary';
import { understand } from '../../src/language/understand';
import { CANDIDATES, REASON_SENTENCES, type Sentence } from './sentences';

const reasonOf = ({ text, now }: Pick<Sentence, 'text' | 'now'>): string | undefined =>
  understand(text, { today: Temporal.PlainDate.from(now), candidates: CANDIDATES }).reason;

describe('the words that say why', () => {
  it.each(LANGUAGES)('are cut out cleanly of at least 97 %% of the sentences in %s', (lang) => {
    const sentences = REASON_SENTENCES.filter((sentence) => sentence.lang === lang);
    expect(sentences.length).toBeGreaterThanOrEqual(65);
    const misses = sentences
      .filter((sentence) => reasonOf(sentence) !== sentence.expect.reason)
      .map((sentence) => `${sentence.text} => ${String(reasonOf(sentence))}`);
    expect(misses.slice(Math.floor(sentences.length * 0.03))).toEqual([]);
  });

  it.each([
    ['the customer quit Exchange, so Contoso Teams moves to 3 March', 'the customer quit Exchange'],
    ['Contoso Teams to 3 March because Exchange is not done', 'Exchange is not done'],
  ])('leave the workload of the request alone: %s', (text, reason) => {
    const said = understand(text, { today: Temporal.PlainDate.from('2027-02-10'), candidates: CANDIDATES });
    expect(said).toMatchObject({ reason, workloads: ['teams'] });
  });
});
