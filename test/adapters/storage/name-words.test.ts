import { namePrefixes } from '../../../src/adapters/storage/name-words';

test.each([
  ['Contoso Ltd', ['co', 'lt']],
  ['Élan-Größe', ['el', 'gr']],
  ['Straße ßa', ['st', 'ss']],
  ['Ｆａｂｒｉｋａｍ', ['fa']],
  ['株式会社コントソ東京', ['株式', 'コン', '東京']],
  ['コントソABC', ['コン', 'ab']],
  ['A. Datum', ['a', 'da']],
  ['3M #1', ['3m', '1']],
  ['한국 회사', ['한국', '회사']],
  ['हिन्दी कंपनी', ['हि', 'कं']],
  ['', []],
  ['🎉 !!!', []],
])('%j is found by %j', (name, prefixes) => {
  expect(namePrefixes(name)).toEqual(prefixes);
});

test('a name of a thousand words costs no thousand rows', () => {
  const name = Array.from({ length: 1000 }, (_, index) => index.toString(36).padStart(2, 'a')).join(' ');
  expect(namePrefixes(name)).toHaveLength(12);
});
