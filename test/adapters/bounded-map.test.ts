import { BoundedMap } from '../../src/adapters/bounded-map';

const kept = (map: BoundedMap<string, string>): string =>
  ['a', 'b', 'c', 'd'].filter((key) => map.get(key) !== undefined).join('');

describe('what is kept by weight', () => {
  it('forgets the oldest when together they weigh too much', () => {
    const map = new BoundedMap<string, string>(10);
    map.set('a', 'first', 4);
    map.set('b', 'second', 4);
    map.set('c', 'third', 4);
    expect(kept(map)).toBe('bc');
    map.set('d', 'large', 7);
    expect(kept(map)).toBe('d');
  });

  it('counts what replaces an entry once, as the newest', () => {
    const map = new BoundedMap<string, string>(10);
    map.set('a', 'first', 4);
    map.set('b', 'second', 4);
    map.set('a', 'again', 5);
    expect([kept(map), map.get('a')]).toEqual(['ab', 'again']);
    map.set('c', 'third', 3);
    expect(kept(map)).toBe('ac');
  });

  it('does not give up everything for one entry that is too large', () => {
    const map = new BoundedMap<string, string>(10);
    map.set('a', 'first', 4);
    map.set('b', 'huge', 11);
    expect(kept(map)).toBe('a');
    map.set('a', 'grown', 11);
    expect(kept(map)).toBe('');
  });

  it('gives room back for what is deleted, and forgets what is over', () => {
    const map = new BoundedMap<string, string>(10);
    map.set('a', 'old', 5);
    map.set('b', 'old', 3);
    map.set('c', 'new', 2);
    map.delete('a');
    map.delete('a');
    map.set('d', 'old', 5);
    expect(kept(map)).toBe('bcd');
    map.forgetOldestWhile((value) => value === 'old');
    expect(kept(map)).toBe('cd');
  });
});
