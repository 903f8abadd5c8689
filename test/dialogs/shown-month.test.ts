import { Temporal } from 'temporal-polyfill';
import { dayOfShownMonth } from '../../src/dialogs/shown-month';
import type { Language } from '../../src/domain/vocabulary';

const today = Temporal.PlainDate.from('2027-02-10');
const shown = Temporal.PlainDate.from('2027-04-20');

function said(text: string, language: Language, of = shown): string | undefined {
  const reading = dayOfShownMonth(text, { language, today, shown: of });
  return reading?.kind === 'date' ? reading.date.toString() : undefined;
}

describe('a bare day said of a date on the screen', () => {
  test.each<[string, Language]>([
    ['no, the 4th', 'en'],
    ['nein, am 4.', 'de'],
    ['não, dia 4', 'pt-BR'],
    ['不，4号', 'zh-Hans'],
    ['いや、4日で', 'ja'],
  ])('keeps the month shown: %s (%s)', (text, language) => {
    expect(said(text, language)).toBe('2027-04-04');
  });

  test.each<[string, Language]>([
    ['no, tomorrow', 'en'],
    ['no, monday', 'en'],
    ['no, 4 march', 'en'],
    ['nein, Ende des Monats', 'de'],
    ['não, semana que vem', 'pt-BR'],
    ['下周一', 'zh-Hans'],
    ['3日後', 'ja'],
    ['their admin is out', 'en'],
  ])('is not what %s (%s) says', (text, language) => {
    expect(said(text, language)).toBeUndefined();
  });

  test('is not taken from the shown month where it has gone by', () => {
    expect(said('no, the 4th', 'en', Temporal.PlainDate.from('2027-02-20'))).toBeUndefined();
  });
});
