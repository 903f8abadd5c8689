import fc from 'fast-check';
import { DamagedRowError, StorageLimitError } from '../../../src/adapters/storage/errors';
import { checkRow, checkTransaction } from '../../../src/adapters/storage/limits';
import { textColumns, textOf } from '../../../src/adapters/storage/long-text';

const row = (columns: Record<string, string> = {}) => ({ partitionKey: 'p', rowKey: 'r', ...columns });
const tooMuch = StorageLimitError;
const columns = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, text]));

test.each([
  ['column', row({ text: 'x'.repeat(32_768) }), row({ text: 'x'.repeat(32_769) })],
  ['columns', row(columns(252, 'x')), row(columns(253, 'x'))],
  ['bytes (UTF-16)', row(columns(15, 'x'.repeat(32_768))), row(columns(16, 'x'.repeat(32_768)))],
  ['key', row(), { partitionKey: 'p'.repeat(513), rowKey: 'r' }],
])('a row at the limit of its %s passes, beyond it is refused', (_, fits, doesNot) => {
  expect(() => checkRow(fits)).not.toThrow();
  expect(() => checkRow(doesNot)).toThrow(tooMuch);
});

test('a transaction has at most 100 rows and less than 4 MiB of UTF-8', () => {
  const big = row(columns(14, '予'.repeat(32_768)));
  expect(() => checkTransaction(Array.from({ length: 100 }, () => row()))).not.toThrow();
  expect(() => checkTransaction(Array.from({ length: 101 }, () => row()))).toThrow(tooMuch);
  expect(() => checkTransaction([big, big, big, big])).toThrow(tooMuch);
  expect(() => checkTransaction([big, big, big])).not.toThrow();
});

test('text of any length and content is cut and joined again without loss', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 50_000 }), (text, times) => {
      const long = text.repeat(Math.ceil(times / (text.length + 1)));
      const cut = textColumns('text', long);
      expect(() => checkRow(row(cut as Record<string, string>))).not.toThrow();
      expect(textOf({ ...row(), etag: '', ...cut }, 'text') === long).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('half a character is replaced, because UTF-8 cannot hold it', () => {
  expect(textColumns('text', 'a\ud83d')).toEqual({ text: 'a\ufffd' });
});

test('a row without its column is damaged, not empty', () => {
  expect(() => textOf({ ...row(), etag: '' }, 'text')).toThrow(DamagedRowError);
});
