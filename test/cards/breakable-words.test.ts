import { noticeCard } from '../../src/cards/notice';
import { breakLongWords } from '../../src/cards/breakable-words';
import { fold } from '../../src/language/fold';

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk';
const run = (text: string): { type: string; text: string } => breakLongWords({ type: 'TextRun', text });

test('a name of one long word may break on a narrow card, and reads the same', async () => {
  const card = JSON.stringify(await noticeCard({ subject: `${LONG} AG`, paragraphs: [] }));
  const shown = /"(Donau[^"]*)"/.exec(card)?.[1];
  const pieces = shown?.split('\u200b') ?? [];
  expect(pieces.join('')).toBe(`${LONG} AG`);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(20);
});

test('copied from a card and typed, it is the name', () => {
  expect(fold(run(LONG).text).text).toBe(fold(LONG).text);
});

test.each([
  'Unterrichtsmaterialien',
  'firstname.lastname@department.contoso.com',
  '株式会社コントソ'.repeat(5),
  '${1+1} **x** <at>',
])('"%s" stays as it is', (text) => {
  expect(run(text).text).toBe(text);
});

test('only what is shown is broken, not what a button sends or an input holds', () => {
  const card = { type: 'Action.Execute', data: { name: LONG }, value: LONG };
  expect(breakLongWords(structuredClone(card))).toEqual(card);
});
