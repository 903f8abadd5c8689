import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { LANGUAGES, type Language } from '../../src/domain/vocabulary';
import { evalUtteranceLine, type UtteranceGot } from '../../src/language/eval-utterances';
import { understand } from '../../src/language/understand';
import { WORDS } from '../../src/language/words';
import { CANDIDATES, SENTENCES, type Sentence } from './sentences';

const DEV: readonly Sentence[] = readFileSync(join(__dirname, '../eval/utterances.dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sentence);

/** The bot's own two requests are `none` in evaluation files. */
function understood(sentence: Sentence): UtteranceGot {
  const got = evalUtteranceLine(sentence, CANDIDATES);
  const { intent } = understand(sentence.text, {
    today: Temporal.PlainDate.from(sentence.now),
    candidates: CANDIDATES,
  });
  return sentence.expect.intent === intent ? { ...got, intent } : got;
}

function wrong(sentences: readonly Sentence[], lang: Language): string[] {
  return sentences
    .filter((sentence) => sentence.lang === lang)
    .map((sentence) => ({ sentence, got: understood(sentence) }))
    .filter(({ sentence, got }) => JSON.stringify(sorted(got)) !== JSON.stringify(sorted(sentence.expect)))
    .map(({ sentence, got }) => `${sentence.text} => ${JSON.stringify(got)}`);
}

function sorted(slots: UtteranceGot): unknown {
  return Object.entries(slots).sort(([a], [b]) => a.localeCompare(b));
}

function accuracy(sentences: readonly Sentence[], lang: Language): { share: number; misses: string[] } {
  const misses = wrong(sentences, lang);
  const all = sentences.filter((sentence) => sentence.lang === lang).length;
  return { share: (all - misses.length) / all, misses };
}

describe('understanding whole sentences: intent and every slot right', () => {
  it.each(LANGUAGES)('at least 97 % of our own sentences in %s', (lang) => {
    const { share, misses } = accuracy(SENTENCES, lang);
    expect({ isEnough: share >= 0.97, misses: share >= 0.97 ? [] : misses }).toEqual({ isEnough: true, misses: [] });
  });

  it.each(LANGUAGES)('at least 95 % of the public set in %s', (lang) => {
    const { share, misses } = accuracy(DEV, lang);
    expect({ isEnough: share >= 0.95, misses: share >= 0.95 ? [] : misses }).toEqual({ isEnough: true, misses: [] });
  });

  it('keeps the public set out of our sentences and words', () => {
    const ours = new Set([...SENTENCES.map(({ text }) => text.toLowerCase()), ...phrasesOf(WORDS)]);
    expect(DEV.map(({ text }) => text.toLowerCase()).filter((text) => text.length > 6 && ours.has(text))).toEqual([]);
  });

  it('has at least 100 own sentences a language', () => {
    LANGUAGES.forEach((lang) => {
      expect(SENTENCES.filter((sentence) => sentence.lang === lang).length).toBeGreaterThanOrEqual(100);
    });
  });
});

function phrasesOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value.toLowerCase()];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(phrasesOf) : [];
}
