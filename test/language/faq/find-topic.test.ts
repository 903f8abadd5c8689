import fc from 'fast-check';
import { FAQ_TOPICS, LANGUAGES } from '../../../src/domain/vocabulary';
import { text } from '../../../src/locales/catalog';
import { conceptsOf } from '../../../src/language/faq/concepts';
import { findTopic } from '../../../src/language/faq/find-topic';
import { fold } from '../../../src/language/faq/fold';

describe('findTopic', () => {
  const titles = FAQ_TOPICS.flatMap((topic) => LANGUAGES.map((language) => ({ topic, language })));

  it.each(titles)('answers the button text of $topic in $language with that topic', ({ topic, language }) => {
    expect(findTopic(text(language, `faq.${topic}.title`)).topic).toBe(topic);
  });

  it.each([
    ['Zählt die voicemail as ESD?', 'esd-first-contact'],
    ['ESD を過ぎても customer から no reply', 'esd-no-reply'],
    ['客户 no reply 怎么办 ESD 过了', 'esd-no-reply'],
    ['O task 4058 é mandatory?', 'completion-task'],
    ['Muss ein FRP die data de início pflegen?', 'esd-frp'],
  ])('understands a mixed sentence: %s', (question, topic) => {
    expect(findTopic(question).topic).toBe(topic);
  });

  it.each([
    'what should I have for dinner',
    'Erzähl mir was Lustiges',
    'qual a previsão do tempo',
    '今天天气怎么样',
    '面白い映画を教えて',
  ])('offers nothing for what is clearly off topic: %s', (question) => {
    expect(findTopic(question)).toMatchObject({ topic: 'none', nearest: [] });
  });

  it.each(['start date', 'Startdatum', 'data de início', '开始日期', '開始日'])(
    'answers or offers three topics for a bare term: %s',
    (question) => {
      const match = findTopic(question);
      expect(match.nearest).toHaveLength(3);
      expect(match.nearest.every((topic) => topic.startsWith('esd-'))).toBe(true);
    },
  );

  it('reads case, width, umlauts and punctuation alike', () => {
    const plain = findTopic('für welche l1 status gilt das startdatum');
    expect(findTopic('FUER WELCHE Ｌ１ STATUS GILT DAS STARTDATUM???')).toEqual(plain);
  });

  it('never throws and always gives a probability, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' })), (input) => {
        const match = findTopic(input);
        expect(match.confidence).toBeGreaterThanOrEqual(0);
        expect(match.confidence).toBeLessThanOrEqual(1);
        expect([0, 3]).toContain(match.nearest.length);
        expect(match.topic === 'none' || match.nearest[0] === match.topic).toBe(true);
      }),
    );
  });

  it('looks at the first 2,000 characters only', () => {
    const head = 'does a voicemail count as ESD? '.padEnd(2000, '.');
    expect(findTopic(head + 'task 4058 '.repeat(10_000))).toEqual(findTopic(head));
  });
});

describe('the words of one concept', () => {
  it.each([
    ['engagement start date', 'esd'],
    ['Startdatum der Beteiligung', 'esd'],
    ['data de início do envolvimento', 'esd'],
    ['接洽开始日期', 'esd'],
    ['エンゲージメント開始日', 'esd'],
    ['Warteschlange', 'queue'],
    ['队列', 'queue'],
  ])('%s is %s', (words, concept) => {
    expect(conceptsOf(fold(words))).toContain(concept);
  });

  it('do not begin inside another word', () => {
    expect(conceptsOf(fold('wednesday'))).not.toContain('esd');
  });
});
