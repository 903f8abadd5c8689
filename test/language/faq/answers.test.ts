import { FAQ_TOPICS, LANGUAGES } from '../../../src/domain/vocabulary';
import { text } from '../../../src/locales/catalog';
import facts from './facts.json';

const cases = FAQ_TOPICS.flatMap((topic) => LANGUAGES.map((language) => ({ topic, language })));

describe('playbook answers', () => {
  it.each(cases)('$topic in $language says every fact of its rule', ({ topic, language }) => {
    const answer = text(language, `faq.${topic}.answer`);
    const expected = facts[topic][language];
    expect(expected.length).toBeGreaterThanOrEqual(2);
    expect(expected.filter((fact) => !new RegExp(fact, 'su').test(answer))).toEqual([]);
  });

  it.each(cases)('$topic in $language is short enough for a chat, its title for a button', ({ topic, language }) => {
    expect(text(language, `faq.${topic}.title`).length).toBeLessThanOrEqual(60);
    const answer = text(language, `faq.${topic}.answer`);
    expect(answer.split(/\s+/u).length).toBeLessThanOrEqual(95);
    expect(answer.length).toBeLessThanOrEqual(650);
  });

  it('no two topics share a title in a language', () => {
    for (const language of LANGUAGES) {
      expect(new Set(FAQ_TOPICS.map((topic) => text(language, `faq.${topic}.title`))).size).toBe(FAQ_TOPICS.length);
    }
  });
});
