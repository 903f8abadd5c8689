import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { LANGUAGES } from '../../../src/domain/vocabulary';
import { findDate } from '../../../src/language/dates/find-date';
import type { DateCandidate, DateReading } from '../../../src/language/understanding';

interface Phrase {
  readonly now: string;
  readonly text: string;
  readonly expected: string;
}

/** `# day` sets the day the phrases are said; `=>` a day, a month, `? both`, `shift`, `x` impossible, `-` no date. */
function phrasesOf(folder: string, language: string): Phrase[] {
  let now = '';
  return readFileSync(join(__dirname, folder, `${language}.txt`), 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [text = '', expected = ''] = line.split(' => ');
      now = text.startsWith('# ') ? text.slice(2, 12) : now;
      return text.startsWith('# ') ? [] : [{ now, text, expected }];
    });
}

function written({ date, precision }: DateCandidate): string {
  return precision === 'month' ? date.toString().slice(0, 7) : date.toString();
}

function spelled(reading: DateReading): string {
  switch (reading.kind) {
    case 'date':
      return written(reading);
    case 'ambiguous':
      return `? ${reading.candidates.map(written).join(' ')}`;
    case 'shift':
      return `shift ${reading.months === 0 ? `${String(reading.days)}d` : `${String(reading.months)}m`}`;
    case 'impossible':
      return 'x';
    case 'none':
      return '-';
  }
}

/** `phrases`: as they came up; `grid`: every kind of date written out, with days computed by a script of its own. */
const FOLDERS = [
  ['phrases', 120],
  ['grid', 570],
] as const;

const batches = LANGUAGES.flatMap((language) => FOLDERS.map(([folder, least]) => [folder, language, least] as const));

describe.each(batches)('dates as people write them: %s in %s', (folder, language, least) => {
  const phrases = phrasesOf(folder, language);

  test('none of the phrases got lost', () => {
    expect(phrases.length).toBeGreaterThanOrEqual(least);
  });

  test.each(phrases.map((one) => [one.text, one.now, one.expected]))('%s (said on %s) is %s', (text, now, expected) => {
    expect(spelled(findDate(text, language, Temporal.PlainDate.from(now)).reading)).toBe(expected);
  });
});
