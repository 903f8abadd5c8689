import type { Language } from '../../src/domain/vocabulary';
import { deniedWorkload, takesBack } from '../../src/language/correction';

describe('what takes an answer back', () => {
  test.each<[Language, string]>([
    ['en', 'no, Teams'],
    ['en', 'actually Litware'],
    ['en', 'no, Adventure Works'],
    ['de', 'nein, Teams'],
    ['de', 'eigentlich Litware'],
    ['pt-BR', 'não, Teams'],
    ['zh-Hans', '不，Teams'],
    ['ja', 'いや、Teams'],
    ['ja', 'やっぱりLitware'],
  ])('%s: "%s"', (language, input) => {
    expect(takesBack(input, language)).toBe(true);
  });

  test.each<[Language, string]>([
    ['en', 'no budget'],
    ['en', 'no Teams licences yet'],
    ['en', 'no, Teams is not ready yet'],
    ['de', 'Teams fehlt noch'],
    ['pt-BR', 'não deu tempo'],
    ['zh-Hans', '不，他们没有预算'],
    ['ja', 'いや、予算がない'],
    ['en', 'Teams'],
  ])('not %s: "%s"', (language, input) => {
    expect(takesBack(input, language)).toBe(false);
  });
});

describe('which workload is not meant', () => {
  test.each<[Language, string]>([
    ['en', 'no, not Teams'],
    ['de', 'nein, nicht Teams'],
    ['de', 'nicht Teams!'],
    ['pt-BR', 'não, não é o Teams'],
    ['zh-Hans', '不是Teams'],
    ['ja', 'いや、Teamsじゃない'],
  ])('%s: "%s"', (language, input) => {
    expect(deniedWorkload(input, language)).toBe('teams');
  });

  test.each<[Language, string]>([
    ['en', 'no, Teams'],
    ['en', 'not on Teams yet'],
    ['en', 'not Contoso'],
    ['de', 'nein, nicht Teams, sondern Exchange'],
    ['pt-BR', 'não, Teams'],
    ['zh-Hans', '不是，Teams'],
    ['ja', 'Teamsがまだない'],
  ])('none %s: "%s"', (language, input) => {
    expect(deniedWorkload(input, language)).toBeUndefined();
  });
});
