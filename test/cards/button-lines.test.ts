import { withButtonLines } from '../../src/cards/button-lines';

const button = (title: string) => ({ type: 'Action.Execute', title });
const set = (...titles: string[]) => ({ type: 'ActionSet', actions: titles.map(button) });
const titlesOf = (elements: unknown): string[][] =>
  (elements as { actions: { title: string }[] }[]).map(({ actions }) => actions.map(({ title }) => title));

test.each([
  ['short ones stay side by side', ['Save', 'Cancel'], [['Save', 'Cancel']]],
  [
    'long ones go below each other',
    ['Einstellungen', 'Serielle Bereitstellungen'],
    [['Einstellungen'], ['Serielle Bereitstellungen']],
  ],
  [
    'as many as fit share a line',
    ['One', 'Two', 'The third of them, much longer', 'Four'],
    [['One', 'Two'], ['The third of them, much longer'], ['Four']],
  ],
  [
    'signs of East Asia are as wide as they are',
    ['记录为无回应的客户', '返回提醒列表查看'],
    [['记录为无回应的客户'], ['返回提醒列表查看']],
  ],
  ['one alone stays, however long', ['x'.repeat(100)], [['x'.repeat(100)]]],
])('buttons side by side: %s', (_name, titles, lines) => {
  expect(titlesOf(withButtonLines({ body: [set(...titles)] }).body)).toEqual(lines);
});

test('buttons inside containers and columns, too; nothing else changes', () => {
  const long = ['Einstellungen', 'Serielle Bereitstellungen'];
  const text = { type: 'TextBlock', text: 'Hello', weight: 'Bolder' };
  const columns = [{ type: 'Column', width: 'auto', items: [set(...long)] }];
  const card = { type: 'AdaptiveCard', body: [text, { type: 'Container', items: [{ type: 'ColumnSet', columns }] }] };
  const broken = [set('Einstellungen'), set('Serielle Bereitstellungen')];
  expect(withButtonLines(card)).toEqual({
    type: 'AdaptiveCard',
    body: [
      text,
      {
        type: 'Container',
        items: [{ type: 'ColumnSet', columns: [{ type: 'Column', width: 'auto', items: broken }] }],
      },
    ],
  });
});
