import * as fc from 'fast-check';
import { matchesIn } from '../../src/language/matches';

const PATTERNS = [/a+/g, /a*/g, /(?<=b)a|$/g, /\p{Letter}?/gu, /(a)(b)?/g, /^|b/gm, /[^]/gu];

test('finds what matchAll finds, empty matches and pairs of surrogates included', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '\n', '𠮷', 'é')).map((signs) => signs.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom(...PATTERNS), (within, pattern) => {
      const all = (found: Iterable<RegExpMatchArray>): unknown[] =>
        [...found].map(({ index, ...rest }) => [index, rest]);
      expect(all(matchesIn(within, pattern))).toEqual(all(within.matchAll(pattern)));
    }),
  );
});

test('begins at the beginning, wherever somebody else left the pattern', () => {
  const pattern = /a/g;
  pattern.lastIndex = 2;
  expect(matchesIn('aaa', pattern)).toHaveLength(3);
  expect(pattern.lastIndex).toBe(0);
});

test('a pattern for one match is refused: it would be found without end', () => {
  expect(() => matchesIn('a', /a/)).toThrow(TypeError);
});
