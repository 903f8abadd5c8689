import { Temporal } from 'temporal-polyfill';
import { LANGUAGES, type Language } from '../../src/domain/vocabulary';
import { dayText } from '../../src/locales/format';
import { comingDay } from '../coming-days';
import { buttonsOf, cardOf, shown, wordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let people = 0;

const [NOW, LATER] = [comingDay(8), comingDay(10)];
const LAST_OF_JANUARY = Temporal.PlainDate.from(comingDay(52)).with({ month: 1, day: 31 });

const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-US',
  de: 'de-DE',
  'pt-BR': 'pt-BR',
  'zh-Hans': 'zh-CN',
  ja: 'ja-JP',
};

/** Words of one language that the tests need. `{customer}` and `{weekday}` are filled in. */
interface Phrases {
  readonly move: string;
  /** The shift in a whole sentence, and as an answer to the question for the date. */
  readonly later: string;
  readonly laterAnswer: string;
  readonly monthLater: string;
  readonly earlier: string;
  readonly nextWeekday: string;
  readonly weekdays: readonly string[];
}

const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    move: 'Move {customer} Exchange',
    later: 'Push {customer} Exchange back two weeks',
    laterAnswer: 'two weeks later',
    monthLater: 'a month later',
    earlier: 'bring it forward by a week',
    nextWeekday: 'next {weekday}',
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  },
  de: {
    move: '{customer} Exchange verschieben',
    later: '{customer} Exchange bitte zwei Wochen nach hinten schieben',
    laterAnswer: 'zwei Wochen nach hinten',
    monthLater: 'einen Monat später',
    earlier: 'eine Woche vorziehen',
    nextWeekday: 'nächsten {weekday}',
    weekdays: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  },
  'pt-BR': {
    move: 'Mudar a data do Exchange da {customer}',
    later: 'Adia o Exchange da {customer} em duas semanas',
    laterAnswer: 'duas semanas depois',
    monthLater: 'um mês depois',
    earlier: 'antecipa uma semana',
    nextWeekday: '{weekday}',
    weekdays: [
      'na próxima segunda-feira',
      'na próxima terça-feira',
      'na próxima quarta-feira',
      'na próxima quinta-feira',
      'na próxima sexta-feira',
      'no próximo sábado',
      'no próximo domingo',
    ],
  },
  'zh-Hans': {
    move: '修改{customer}的Exchange开始日期',
    later: '把{customer}的Exchange推迟两周',
    laterAnswer: '推迟两周',
    monthLater: '晚一个月',
    earlier: '提前一周',
    nextWeekday: '下个{weekday}',
    weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  },
  ja: {
    move: '{customer}のExchangeの開始日を変更して',
    later: '{customer}のExchangeを２週間後ろ倒ししてください',
    laterAnswer: '２週間後ろ倒し',
    monthLater: '1か月遅らせて',
    earlier: '1週間前倒し',
    nextWeekday: '次の{weekday}',
    weekdays: ['月曜日', '火曜日', '水曜日', '木曜日', '金曜日', '土曜日', '日曜日'],
  },
};

interface Talk {
  readonly say: (phrase: string) => Promise<Turn>;
  readonly press: (button: { verb: string; data: object }) => Promise<Turn>;
}

/** Somebody who uses Teams in `language` and has one customer, whose Exchange starts on `startsOn`. */
async function talkIn(language: Language, startsOn: string): Promise<Talk> {
  people += 1;
  const person: Person = bot.teams.person(`Kim ${people}`, { locale: LOCALES[language], timeZone: 'UTC' });
  const customer = `Woodgrove ${people}`;
  await putAccepted(
    bot.url,
    `woodgrove-${people}`,
    gatewayCustomer(customer, person.email, { workloads: [gatewayWorkload('exchange-online', startingOn(startsOn))] }),
  );
  return {
    say: async (phrase) => bot.teams.sendMessage(person, phrase.replace('{customer}', customer)),
    press: async ({ verb, data }) => bot.teams.pressCard(person, verb, data, { replyToId: 'form' }),
  };
}

const written = (language: Language, iso: string): string => dayText(language, Temporal.PlainDate.from(iso));
const choicesOf = (turn: Turn): { title: string; verb: string; data: Record<string, unknown> }[] =>
  buttonsOf(cardOf(turn)).filter(({ data }) => data.date !== undefined);

describe.each(LANGUAGES)(
  'in %s a shift is counted from the current start date and shown with both dates',
  (language) => {
    const phrases = PHRASES[language];

    test('said in one sentence', async () => {
      const { say } = await talkIn(language, NOW);
      const words = shown(await say(phrases.later));
      expect(words).toContain(written(language, NOW));
      expect(words).toContain(written(language, LATER));
    });

    test.each([
      ['laterAnswer', NOW, LATER],
      ['monthLater', LAST_OF_JANUARY.toString(), LAST_OF_JANUARY.add({ months: 1 }).toString()],
      ['earlier', LATER, comingDay(9)],
    ] as const)('as the answer to the question for the date (%s)', async (phrase, from, to) => {
      const { say } = await talkIn(language, from);
      await say(phrases.move);
      const words = shown(await say(phrases[phrase]));
      expect(words).toContain(written(language, from));
      expect(words).toContain(written(language, to));
    });
  },
);

describe.each(LANGUAGES)('in %s what may be two dates is asked about with both as buttons', (language) => {
  const phrases = PHRASES[language];

  /** A weekday later in this week, which "next" may mean or not; on a Sunday any is open. */
  function openWeekday(): string {
    const { dayOfWeek } = Temporal.Now.plainDateISO('UTC');
    return phrases.weekdays[dayOfWeek % 7] ?? '';
  }

  test('"next" and a weekday later this week; the button pressed is the date', async () => {
    const { say, press } = await talkIn(language, '2026-09-01');
    await say(phrases.move);
    const turn = await say(phrases.nextWeekday.replace('{weekday}', openWeekday()));
    const choices = choicesOf(turn);
    const [first, second] = choices.map(({ data }) => Temporal.PlainDate.from(String(data.date)));
    expect(choices).toHaveLength(2);
    expect(Math.abs(first?.until(second ?? first).days ?? 0)).toBe(7);
    expect(choices.map(({ title }) => title)).toEqual(choices.map(({ data }) => written(language, String(data.date))));
    const [, pressed] = choices;
    const after = await press(pressed ?? { verb: '', data: {} });
    expect(wordsOf(cardOf(after))).toContain(pressed?.title);
    expect(choicesOf(after)).toEqual([]);
  });

  test('03/04: asked where the order is open, else taken in the order of the language', async () => {
    const { say } = await talkIn(language, '2026-09-01');
    await say(phrases.move);
    const { year } = Temporal.PlainDate.from(comingDay(104));
    const turn = await say(language === 'zh-Hans' || language === 'ja' ? `${year}/03/04` : `03/04/${year}`);
    const [march, april] = [`${year}-03-04`, `${year}-04-03`];
    const dates = { en: [march, april], de: [], 'pt-BR': [], 'zh-Hans': [], ja: [] }[language];
    const taken = { en: '', de: april, 'pt-BR': april, 'zh-Hans': march, ja: march };
    expect(choicesOf(turn).map(({ data }) => data.date)).toEqual(dates);
    expect(shown(turn)).toContain(taken[language] === '' ? `03/04/${year}` : written(language, taken[language]));
  });
});
