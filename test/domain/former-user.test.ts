import fc from 'fast-check';
import { FORMER_USER, forgetting } from '../../src/domain/former-user';

const ana = forgetting(['ana@contoso.com', '00000000-0000-0000-0000-00000000000a', '29:ana', 'Ana Müller', '山田太郎']);

describe('a person is taken out of a text', () => {
  test.each([
    ['ana@contoso.com', FORMER_USER],
    ['ANA@Contoso.com wrote', `${FORMER_USER} wrote`],
    ['mail to <ana@contoso.com>.', `mail to <${FORMER_USER}>.`],
    ['{"by":"ana@contoso.com"}', `{"by":"${FORMER_USER}"}`],
    ['see 00000000-0000-0000-0000-00000000000A', `see ${FORMER_USER}`],
    ['a:chat-29:ana', 'a:chat-29:ana'],
    ['id 29:ana!', `id ${FORMER_USER}!`],
    ['Ana Müller, ana müller', `${FORMER_USER}, ${FORMER_USER}`],
    ['山田太郎さんが', `${FORMER_USER}さんが`],
  ])('%s', (before, after) => {
    expect(ana(before)).toBe(after);
    expect(ana(after)).toBe(after);
  });

  test.each([
    'diana@contoso.com',
    'jo.ana@contoso.com',
    'ana@contoso.com.br',
    'ana@contoso.community',
    'Ana Müllerson',
    'Diana Müller',
    '',
  ])('but nobody else: %s', (text) => {
    expect(ana(text)).toBe(text);
  });

  test('whatever the name is made of, it means itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
        fc.pre(name.trim() !== '' && !FORMER_USER.includes(name.toLowerCase()));
        expect(forgetting([name])(`(${name})`)).not.toContain(`(${name})`);
      }),
    );
  });

  test('with nothing known, nothing is taken', () => {
    expect(forgetting(['', ' '])('a b')).toBe('a b');
  });
});
