import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTENTS, LANGUAGES } from '../../src/domain/vocabulary';
import { fold } from '../../src/language/fold';
import { neededFor } from '../../src/language/needed';
import { compilePattern } from '../../src/language/pattern';
import { WORDS } from '../../src/language/words';
import { FRESH_REQUESTS, SENTENCES } from './sentences';

const read = (path: string): Record<string, readonly string[]> =>
  JSON.parse(readFileSync(join(__dirname, '../../src/locales', path), 'utf8')) as Record<string, readonly string[]>;
const withMarks = (phrase: string): string =>
  phrase
    .replaceAll('{C}', '\ue000')
    .replaceAll('{W}', '\ue001')
    .replaceAll('{D}', '\ue002')
    .replaceAll('{L}', '\ue003');

describe.each(LANGUAGES)('what a text needs for a pattern to fit, in %s', (language) => {
  const words = WORDS[language];
  const texts = [
    ...Object.values(read(`${language}/requests.json`)).flat(),
    ...Object.values(read(`${language}/phrases.json`)).flat(),
    ...[...SENTENCES, ...FRESH_REQUESTS].filter(({ lang }) => lang === language).map(({ text }) => text),
  ].map((text) => (words.writesSpaces ? fold(withMarks(text)).text : fold(withMarks(text)).text.replace(/\s+/g, '')));
  const sources = INTENTS.flatMap((intent) => Object.values(words.intents[intent] ?? {}).flat());

  it('is there wherever the pattern fits', () => {
    const wrong = sources.filter((source) => {
      const needed = neededFor(source, words);
      const expression = compilePattern(source, words);
      const ruledOut = texts.filter((text) => needed.length > 0 && !needed.some((letters) => text.includes(letters)));
      return ruledOut.some((text) => expression.test(text));
    });
    expect(wrong).toEqual([]);
  });

  it('is known of nearly every pattern', () => {
    const unknown = sources.filter((source) => neededFor(source, words).length === 0);
    expect(unknown.length).toBeLessThan(sources.length / 10);
  });
});

describe('what a text needs for a pattern to fit', () => {
  const needed = (source: string): readonly string[] => neededFor(source, WORDS.en);

  it('is the longest run of letters that must be there', () => {
    expect(needed('log (a|the) reply')).toEqual(['reply']);
    expect(needed('(no|zero) * answer')).toEqual(['answer']);
  });

  it('is one of the choices where each has letters', () => {
    expect(needed('(postpone|delay)d? it')).toEqual(['postpone', 'delay']);
  });

  it('leaves out what may be missing', () => {
    expect(needed('(please )?stop')).toEqual(['stop']);
    expect(needed('colou?r')).toEqual(['colo']);
    expect(needed('(?!never)ask')).toEqual(['ask']);
    expect(needed('(yes)?')).toEqual([]);
  });

  it('follows groups, and takes either spelling of an umlaut', () => {
    expect(neededFor('<move>', WORDS.en).length).toBeGreaterThan(5);
    expect(neededFor('zurückstellen', WORDS.de)).toEqual(['ckstellen']);
  });
});
