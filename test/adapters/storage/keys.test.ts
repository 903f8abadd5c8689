import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { StorageLimitError } from '../../../src/adapters/storage/errors';
import { checkKey, encodeKey, hashKey, newestFirst, oldestFirst, startsWith } from '../../../src/adapters/storage/keys';

test.each([
  ['CUST-1_a.b@c', 'CUST-1_a.b@c'],
  ['a/b', 'a~002fb'],
  ['~', '~007e'],
  ['名', '~540d'],
  ["'", '~0027'],
  ['', ''],
])('%j is encoded as %s', (text, key) => {
  expect(encodeKey(text)).toBe(key);
});

test('no two texts share a key, and no key holds a refused character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      expect(encodeKey(one) === encodeKey(other)).toBe(one === other);
      expect(encodeKey(one)).toMatch(/^[A-Za-z0-9_.@~-]*$/);
    }),
  );
});

test('a key of 512 characters is the longest', () => {
  expect(checkKey('x'.repeat(512))).toHaveLength(512);
  expect(() => checkKey('x'.repeat(513))).toThrow(StorageLimitError);
});

test('a hash is a short, safe key', () => {
  expect(hashKey('x'.repeat(5000))).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(hashKey('a')).not.toBe(hashKey('A'));
});

test('instants sort as they should', () => {
  const texts = ['1969-07-20T20:17:40Z', '1999-12-31T23:59:59.999Z', '2027-03-01T09:00:00Z', '2999-01-01T00:00:00Z'];
  const instants = texts.slice(1).map((text) => Temporal.Instant.from(text));
  const old = instants.map(oldestFirst);
  expect([...old].sort()).toEqual(old);
  const recent = instants.map(newestFirst);
  expect([...recent].sort().reverse()).toEqual(recent);
});

test('a prefix becomes a range', () => {
  expect(startsWith('RowKey', '1n:')).toBe("RowKey ge '1n:' and RowKey lt '1n;'");
});
