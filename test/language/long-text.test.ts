import { Temporal } from 'temporal-polyfill';
import { findTopic } from '../../src/language/faq/find-topic';
import { withoutDatesOfMiddle, withoutMiddle } from '../../src/language/long-text';
import { understand } from '../../src/language/understand';
import { CANDIDATES } from './sentences';

const context = { today: Temporal.PlainDate.from('2027-02-10'), candidates: CANDIDATES };

/** A paste of some 1,500 characters that asks for nothing. */
const PASTES = {
  en: 'The tenant has three domains and the network team is still checking the lines to the branches. ',
  de: 'Der Mandant hat drei Domains und das Netzwerkteam prüft noch die Leitungen zu den Filialen. ',
  'pt-BR': 'O locatário tem três domínios e a equipe de redes ainda está verificando as linhas das filiais. ',
  'zh-Hans': '租户有三个域名，网络团队还在检查通往各分公司的线路，一共有十二条。',
  ja: 'テナントには三つのドメインがあり、ネットワークチームが各支店への回線を点検しています。',
} as const;
const paste = (language: keyof typeof PASTES): string => PASTES[language].repeat(40).slice(0, 1500);

const REQUESTS = [
  ['en', 'Please move Contoso Teams to 8 March.', '2027-03-08'],
  ['de', 'Bitte Contoso Teams auf den 8. März verschieben.', '2027-03-08'],
  ['pt-BR', 'Por favor, muda o Teams da Contoso para 8 de março.', '2027-03-08'],
  ['zh-Hans', '请把 Contoso 的 Teams 改到3月8日。', '2027-03-08'],
  ['ja', 'Contoso の Teams を3月8日に変更してください。', '2027-03-08'],
] as const;

const QUESTIONS = [
  ['en', 'Does a voicemail count as the engagement start date?'],
  ['de', 'Zählt eine Sprachnachricht schon als Startdatum der Beteiligung?'],
  ['pt-BR', 'Recado na caixa postal conta como data de início do envolvimento?'],
  ['zh-Hans', '语音留言算接洽开始日期吗？'],
  ['ja', '留守番電話のメッセージはエンゲージメント開始日になりますか？'],
] as const;

describe('a request with a long paste', () => {
  it.each(REQUESTS)('above it is understood: %s', (language, request, date) => {
    expect(understand(`${request}\n\n${paste(language)}`, context)).toMatchObject({
      intent: 'change-start-date',
      customers: [{ name: 'Contoso' }],
      workloads: ['teams'],
      date: { kind: 'date', date: Temporal.PlainDate.from(date) },
    });
  });

  it.each(REQUESTS)('below it is understood: %s', (language, request, date) => {
    expect(understand(`${paste(language)}\n\n${request}`, context)).toMatchObject({
      intent: 'change-start-date',
      customers: [{ name: 'Contoso' }],
      workloads: ['teams'],
      date: { kind: 'date', date: Temporal.PlainDate.from(date) },
    });
  });

  it('takes no date from the middle of the paste', () => {
    const [, request] = REQUESTS[0];
    const text = `${request}\n${paste('en')}\nThe audit was on 3 May 2027.\n${paste('en')}`.slice(0, 2000);
    expect(understand(text, context).date).toMatchObject({ kind: 'date', date: Temporal.PlainDate.from('2027-03-08') });
  });
});

describe('a question', () => {
  it.each(QUESTIONS)('is read above and below what is no text: %s', (_language, question) => {
    const lines = '-----\n'.repeat(250);
    expect(findTopic(`${question}\n${lines}`).topic).toBe('esd-first-contact');
    expect(findTopic(`${lines}${question}`).topic).toBe('esd-first-contact');
  });
});

describe('what is left of a text', () => {
  it('is all of a short one', () => {
    expect(withoutMiddle('x '.repeat(200))).toBe('x '.repeat(200));
    expect(withoutDatesOfMiddle('x '.repeat(300))).toBe('x '.repeat(300));
  });

  it('is beginning and end of a long one, in whole words', () => {
    const text = Array.from({ length: 400 }, (_, index) => `word${String(index)}`).join(' ');
    const words = withoutMiddle(text).split(/\s+/);
    const all = new Set(text.split(' '));
    expect([words[0], words.at(-1)]).toEqual(['word0', 'word399']);
    expect(words.filter((word) => !all.has(word))).toEqual([]);
    expect(withoutMiddle(text).length).toBeLessThanOrEqual(401);
  });

  it('keeps its places where dates are looked for', () => {
    const text = 'word '.repeat(300);
    expect(withoutDatesOfMiddle(text)).toHaveLength(text.length);
    expect(withoutDatesOfMiddle(text)).toMatch(/^(?:word )+ +(?:word )+$/);
  });
});
