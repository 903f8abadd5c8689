import { LANGUAGES } from '../../src/domain/vocabulary';
import type { Language } from '../../src/domain/vocabulary';
import { text } from '../../src/locales/catalog';
import { inComingMonth, written } from '../coming-days';
import type { Chat } from './chat';
import type { Session } from './session';
import { startSession } from './session';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(async () => session.end());

const DATE = inComingMonth(3);
const [year] = DATE.split('-') as [string];
/** As the Playground's date field shows it. */
const SHOWN_DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(DATE));

/** One change per language on a customer of its own, as a colleague of that language would say it. */
const JOURNEYS: Readonly<
  Record<Language, { sentence: string; reason: string; list: string; question: string; save: string }>
> = {
  en: {
    sentence: `Move Contoso Exchange to ${written('en', DATE)}, they postponed the kickoff`,
    reason: 'they postponed the kickoff',
    list: 'my start dates',
    question: 'what counts as the start date?',
    save: 'save',
  },
  de: {
    sentence: `Verschiebe Müller Logistik SharePoint auf den ${written('de', DATE)}, weil der Kunde umzieht`,
    reason: 'der Kunde umzieht',
    list: 'meine Startdaten',
    question: 'Zählt eine Voicemail schon als Start?',
    save: 'speichern',
  },
  'pt-BR': {
    sentence: `Mude o Exchange da Padaria São João para ${written('pt-BR', DATE)} porque a equipe está de férias`,
    reason: 'a equipe está de férias',
    list: 'minhas datas de início',
    question: 'recado na caixa postal conta como início?',
    save: 'salvar',
  },
  'zh-Hans': {
    sentence: `把北风贸易的 OneDrive 改到${written('zh-Hans', DATE)}，因为客户在做年度审计`,
    reason: '客户在做年度审计',
    list: '我的开始日期',
    question: '留言算不算开始接洽？',
    save: '保存',
  },
  ja: {
    sentence: `株式会社コントソのTeamsを${written('ja', DATE)}に変更してください。先方の担当者が休みなので`,
    reason: '先方の担当者が休み',
    list: '開始日の一覧',
    question: '留守電を残した日は開始日になりますか？',
    save: '保存',
  },
};

async function value(chat: Chat, label: string): Promise<string> {
  return chat.card().getByLabel(label, { exact: false }).first().inputValue();
}

describe.each(LANGUAGES)('in %s', (language) => {
  const words = JOURNEYS[language];
  const say = (key: Parameters<typeof text>[1]): string => text(language, key);

  test('a start date changes by a sentence and a press, and is in the list and the history', async () => {
    const chat = await session.open();
    await chat.say(words.sentence);
    expect(await value(chat, say('startDate.newDate'))).toBe(SHOWN_DATE);
    expect(await value(chat, say('startDate.reason'))).toBe(words.reason);
    await chat.choose(say('startDate.occasion'), say('occasion.customer-rescheduled'));
    await chat.screenshot(`start-date-form-${language}`);
    let result = await chat.press(say('startDate.save'));
    if (result.includes(say('startDate.saveAnyway'))) {
      // The sample has kickoffs before this date: the FM is asked again (S4).
      await chat.screenshot(`start-date-warning-${language}`);
      result = await chat.press(say('startDate.saveAnyway'));
    }
    expect(result).toContain(say('startDate.saved'));
    expect(result).toContain(words.reason);
    await chat.screenshot(`start-date-result-${language}`);
    expect(await chat.press(say('startDate.showHistory'))).toContain(words.reason);
    await chat.screenshot(`history-${language}`);
    await chat.say(words.list);
    expect(await chat.cardText()).toContain(say('list.title'));
    await chat.screenshot(`list-${language}`);
    await chat.say(words.question);
    expect((await chat.messages()).at(-1)).toContain(say('faq.yes'));
    await chat.screenshot(`question-${language}`);
    await chat.close();
  });

  test('a narrow window cuts nothing off', async () => {
    const chat = await session.open({ width: 340 });
    await chat.say(words.sentence.replace(year, String(Number(year) + 1)));
    const card = chat.card();
    const overflow = await card.evaluate(
      (element: { scrollWidth: number; clientWidth: number }) => element.scrollWidth - element.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(1);
    await chat.screenshot(`narrow-form-${language}`);
    await chat.say(words.list);
    await chat.screenshot(`narrow-list-${language}`);
    await chat.close();
  });
});
