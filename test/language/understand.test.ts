import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { understand, warmUpUnderstanding, type UnderstandingContext } from '../../src/language/understand';
import type { CustomerName, Understanding } from '../../src/language/understanding';
import { CANDIDATES } from './sentences';

const today = Temporal.PlainDate.from('2027-02-10');

function read(text: string, more: Partial<UnderstandingContext> = {}): Understanding {
  return understand(text, { today, candidates: CANDIDATES, ...more });
}

function named(name: string): CustomerName[] {
  return [{ customerId: 'x', name }];
}

describe('understanding a sentence', () => {
  it('two customers in one request: both, for the dialog to ask', () => {
    const { intent, customers } = read('move Contoso and Fabrikam Teams to 3 March');
    expect(intent).toBe('change-start-date');
    expect(customers.map(({ name }) => name)).toEqual(['Contoso', 'Fabrikam']);
  });

  it('a customer in the reason is not the one meant', () => {
    const { customers, reason } = read('Move Contoso Teams to 3 March because Fabrikam goes first');
    expect(customers.map(({ name }) => name)).toEqual(['Contoso']);
    expect(reason).toBe('Fabrikam goes first');
  });

  it("a date in a customer's name is no date", () => {
    expect(read('history 3 March Holding', { candidates: named('3 March Holding') }).date.kind).toBe('none');
  });

  it.each([
    ['move Initech Exchange to Friday', 'Initech'],
    ['Verschieb Initech Exchange auf Freitag', 'Initech'],
    ['muda o Exchange da Initech para sexta', 'Initech'],
    ['把微软的Teams改到3月5日', '微软'],
    ['イニテックのTeamsを3月5日に変更', 'イニテック'],
  ])('%s names an unknown customer', (text, name) => {
    const { customers, unknownCustomer } = read(text);
    expect({ customers, unknownCustomer }).toEqual({ customers: [], unknownCustomer: name });
  });

  it.each([
    'change a start date',
    'Bitte das Startdatum ändern',
    'mudar a data de início',
    '修改开始日期',
    '開始日を変更したい',
  ])('%s names no customer at all', (text) => {
    const { intent, unknownCustomer } = read(text);
    expect({ intent, unknownCustomer }).toEqual({ intent: 'change-start-date', unknownCustomer: undefined });
  });

  it.each([
    ['Move Contoso Teams to 8 March, they postponed the kickoff', 'customer-rescheduled'],
    ['Contoso Teams auf den 8. März, der Kunde hat verschoben', 'customer-rescheduled'],
    ['Contoso Teams to 8 March, first call was on that day', 'first-discussion'],
    ['Contoso Teams auf 8.3., im CSR besprochen', 'success-review'],
    ['Contoso Teams to 8 March, voicemail left', 'voicemail'],
    ['ContosoのTeams、3月8日に変更。先方から延期の依頼', 'customer-rescheduled'],
    ['Move Contoso Teams to 8 March', undefined],
  ])('%s: occasion %s', (text, occasion) => {
    expect(read(text).occasion).toBe(occasion);
  });

  it.each([
    ['can we continue in Japanese?', 'ja'],
    ['from German to English please', 'en'],
    ['切换成中文', 'zh-Hans'],
    ['英語で表示して', 'en'],
    ['Fala comigo em português', 'pt-BR'],
    ['auf Deutsch bitte', 'de'],
  ])('%s: speak %s', (text, target) => {
    expect(read(text).targetLanguage).toBe(target);
  });

  it.each(['', ' ', '👍👍👍', '🙂', '....', '12345'])('%j says nothing', (text) => {
    expect(read(text)).toMatchObject({ intent: 'none', customers: [], workloads: [], reason: undefined });
  });
});

describe('whatever is typed', () => {
  it('never throws and always gives an intent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(typeof read(text).intent).toBe('string');
      }),
      { numRuns: 300 },
    );
  });

  it('pieces of sentences in any order never throw; a reason is part of the text', () => {
    const piece = fc.constantFrom(
      'Contoso',
      'Müller',
      'because',
      'weil',
      '因为',
      'ので',
      ', ',
      '。',
      '3 March',
      '30.2.',
      'Teams',
      'to',
      'の',
      '把',
      '?',
      '(',
      '\n',
      "'s",
      '東',
      '🙂',
      '-> ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join(' ');
        const { reason } = read(text);
        expect(reason === undefined || text.includes(reason)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['100,000 letters', 'a'.repeat(100_000)],
    ['only emoji', '😀'.repeat(50_000)],
    ['only spaces', ' '.repeat(100_000)],
    ['half sentences', 'move the start date no not never '.repeat(3000)],
    ['Chinese repeated', '要不要改到没有回复'.repeat(10_000)],
    ['Japanese repeated', '変更に延期に連絡が'.repeat(10_000)],
    ['brackets', '(((('.repeat(25_000)],
    ['names', 'Contoso Fabrikam '.repeat(6000)],
    ['conjunctions', 'because, weil, wegen '.repeat(5000)],
  ])('%s: no dearer than its beginning', (_, text) => {
    // A ratio within one run, of processor time and the cheapest of several: others may have the processor meanwhile. What
    // reads all of it costs fifty times as much.
    const cheapest = (sentence: string): number =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const start = process.cpuUsage();
          read(sentence);
          return process.cpuUsage(start).user / 1000;
        }),
      );
    const beginning = cheapest(text.slice(0, 2000));
    expect(cheapest(text)).toBeLessThan(10 * beginning + 20);
  });
});

describe('warming up', () => {
  it('compiles every pattern of every language without an error', () => {
    expect(() => {
      warmUpUnderstanding(today);
    }).not.toThrow();
    expect(read('Contoso Teams', { language: 'ja' }).workloads).toEqual(['teams']);
  });
});
