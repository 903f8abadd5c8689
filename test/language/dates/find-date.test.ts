import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { LANGUAGES } from '../../../src/domain/vocabulary';
import { applyShift } from '../../../src/language/dates/apply-shift';
import { findDate } from '../../../src/language/dates/find-date';
import { dayText, instantText, startDateText } from '../../../src/locales/format';

const TODAY = Temporal.PlainDate.from('2026-11-20');
const STYLES = ['full', 'long', 'medium', 'short'] as const;

function cut(text: string, spans: readonly { start: number; end: number }[]): string[] {
  return spans.map(({ start, end }) => text.slice(start, end));
}

function dateOf(text: string, language: (typeof LANGUAGES)[number] | undefined, today = TODAY): string {
  const { reading } = findDate(text, language, today);
  return reading.kind === 'date' ? reading.date.toString() : reading.kind;
}

/** Messages of the catalogs with one date and nothing else to fill in. */
function messagesWithDate(language: string): string[] {
  const folder = join(__dirname, '../../../src/locales', language);
  return readdirSync(folder)
    .filter((file) => !['dates.json', 'words.json', 'phrases.json', 'concepts.json'].includes(file))
    .flatMap((file) => Object.values(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>))
    .filter((value): value is string => typeof value === 'string')
    .filter((value) => value.includes('{date}') && value.replace('{date}', '').search(/[{}]/) < 0);
}

describe('where the date stands', () => {
  test.each([
    ['en', 'Move Contoso to 8 December because of the audit', ['8 December']],
    ['de', 'Contoso auf nächsten Montag schieben', ['nächsten Montag']],
    ['pt-BR', 'passar a data de 25/11 para 02/12', ['25/11', '02/12']],
    ['zh-Hans', '把开始日期改到２０２６年１２月５日', ['２０２６年１２月５日']],
    ['ja', 'FabricamのTeams、来週の水曜にずらして', ['来週の水曜']],
    ['de', 'Straße gesperrt, Start übermorgen', ['übermorgen']],
    ['en', 'push it back two weeks', ['two weeks']],
    ['en', 'no date here', []],
  ] as const)('%s: %s', (language, text, expected) => {
    expect(cut(text, findDate(text, language, TODAY).spans)).toEqual(expected);
  });
});

describe('several dates in a sentence', () => {
  test.each([
    ['en', 'Move Contoso to 8 December, their admin is out until 5 January', '2026-12-08'],
    ['en', 'we spoke on Tuesday, start is 3 March', '2027-03-03'],
    ['zh-Hans', '客户放假到1月5日，改到1月12日', '2027-01-12'],
    ['de', 'am Montag geht nicht, lieber Dienstag', '2026-11-24'],
    ['ja', '金曜は無理なので月曜で', '2026-11-23'],
    ['en', 'Friday, 4 December 2026 (2026-12-04)', '2026-12-04'],
    ['en', 'Monday 8 December', 'ambiguous'],
    ['en', 'start after 5 March', 'ambiguous'],
  ] as const)('%s: %s', (language, text, expected) => {
    expect(dateOf(text, language)).toBe(expected);
  });
});

describe('mixed and unknown languages', () => {
  test.each([
    ['en', 'move Contoso auf nächsten Montag', '2026-11-23'],
    ['de', 'start on Friday, 4 December', '2026-12-04'],
    ['en', '12月5日に変更', '2026-12-05'],
    ['pt-BR', 'next week Thursday', '2026-11-26'],
    ['ja', '2026-12-07', '2026-12-07'],
    [undefined, 'nächsten Montag', '2026-11-23'],
    [undefined, 'amanhã', '2026-11-21'],
    [undefined, '03/04', 'ambiguous'],
    ['en', 'já tem dez licenças', 'none'],
    ['ja', '来年度', 'none'],
  ] as const)('%s: %s', (language, text, expected) => {
    expect(dateOf(text, language)).toBe(expected);
  });
});

describe('shifts', () => {
  test.each([
    ['en', 'push it back two weeks', '2026-03-31', '2026-04-14'],
    ['de', 'um einen Monat verschieben', '2026-01-31', '2026-02-28'],
    ['pt-BR', 'antecipa uma semana', '2026-03-31', '2026-03-24'],
    ['zh-Hans', '往后推两周', '2026-12-25', '2027-01-08'],
    ['ja', '2週間後ろ倒し', '2026-12-25', '2027-01-08'],
  ] as const)('%s: %s, counted from %s', (language, text, current, expected) => {
    const { reading } = findDate(text, language, TODAY);
    if (reading.kind !== 'shift') {
      throw new Error(`read as ${reading.kind}`);
    }
    expect(applyShift(reading, Temporal.PlainDate.from(current)).toString()).toBe(expected);
  });
});

describe('what holds for every input', () => {
  const language = fc.constantFrom(...LANGUAGES, undefined);
  const piece = fc.constantFrom(
    ...[
      '1',
      '3/4',
      '2027',
      '31.',
      'March',
      'next',
      'weeks',
      'nächste',
      'Woche',
      'dia',
      'que vem',
      '下',
      '周一',
      '月',
      '日',
    ],
    ...[
      '来週',
      'の',
      '第一',
      '後',
      'to',
      'from',
      'or',
      '-',
      ',',
      ' ',
      '十',
      'end of',
      'half',
      'Q',
      'KW',
      '\u0301',
      '\ud83d',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 60 }).map((all) => all.join(' ')),
  );

  test('no text throws, every reading is well formed, and spans lie in the text in order', () => {
    fc.assert(
      fc.property(text, language, (input, spoken) => {
        const { reading, spans } = findDate(input, spoken, TODAY);
        expect(reading.kind !== 'ambiguous' || reading.candidates.length >= 2).toBe(true);
        spans.forEach(({ start, end }, index) => {
          expect(start).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(input.length);
        });
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    '1',
    '1 ',
    '3/4 ',
    '1.',
    'next ',
    'mon day ',
    '下',
    '十',
    '月日',
    '来週の',
    'a week from ',
    '- ',
    'xxxxxx ',
    ' ',
    '12月',
    '二',
    'e',
    'of the ',
  ])('100,000 characters of "%s" cost no more than their beginning', (unit) => {
    const long = unit.repeat(Math.ceil(100_000 / unit.length));
    // A ratio within one run, of processor time (both kinds: the system tells them apart by samples) and the cheapest of
    // several rounds: others may have the processor meanwhile. What reads all of it costs fifty times as much.
    const cheapest = (text: string): number =>
      Math.min(
        ...Array.from({ length: 3 }, () => {
          const start = process.cpuUsage();
          for (let round = 0; round < 8; round += 1) {
            findDate(text, 'en', TODAY);
          }
          const { user, system } = process.cpuUsage(start);
          return (user + system) / 1000;
        }),
      );
    const beginning = cheapest(long.slice(0, 2000));
    expect(cheapest(long)).toBeLessThan(10 * beginning + 8);
  });
});

describe('dates as Intl writes them', () => {
  const day = fc.integer({ min: 0, max: 700 }).map((days) => TODAY.add({ days }));

  test.each(LANGUAGES.flatMap((language) => STYLES.map((style) => [language, style] as const)))(
    '%s, %s: read back exactly, or among the readings asked about',
    (language, dateStyle) => {
      const format = new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' });
      fc.assert(
        fc.property(day, (date) => {
          const written = format.format(new Date(date.toString()));
          const { reading } = findDate(written, language, TODAY);
          if (reading.kind === 'ambiguous') {
            // Only an English 3/4/27 leaves the order of day and month open.
            expect([language, dateStyle]).toEqual(['en', 'short']);
            expect(reading.candidates.map((one) => one.date.toString())).toContain(date.toString());
          } else {
            expect({ written, read: reading.kind === 'date' ? reading.date.toString() : reading.kind }).toEqual({
              written,
              read: date.toString(),
            });
          }
        }),
        { numRuns: 150 },
      );
    },
  );
});

describe('dates as our own catalogs print them', () => {
  const day = fc.integer({ min: -400, max: 1200 }).map((days) => TODAY.add({ days }));

  test.each(LANGUAGES)('%s: a day, an estimated month and an instant are read back exactly', (language) => {
    fc.assert(
      fc.property(day, (date) => {
        expect(dateOf(dayText(language, date), language)).toBe(date.toString());
        const month = date.with({ day: 1 });
        const { reading } = findDate(startDateText(language, { date: month, precision: 'month' }), language, TODAY);
        expect(reading).toMatchObject({ kind: 'date', precision: 'month' });
        expect(reading.kind === 'date' && reading.date.toString()).toBe(month.toString());
        const noon = date.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:30' }).toInstant();
        expect(dateOf(instantText(language, noon, 'UTC'), language)).toBe(date.toString());
      }),
      { numRuns: 150 },
    );
  });

  test.each(LANGUAGES)('%s: a message that names one date has that date in it', (language) => {
    const date = Temporal.PlainDate.from('2027-03-18');
    const messages = messagesWithDate(language);
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) {
      expect({ message, read: dateOf(message.replace('{date}', dayText(language, date)), language) }).toEqual({
        message,
        read: date.toString(),
      });
    }
  });
});
