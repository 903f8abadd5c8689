import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../src/domain/vocabulary';
import { text } from '../../src/locales/catalog';
import { dayText } from '../../src/locales/format';
import type { Profile } from '../../src/ports/profiles';
import { systemClock } from '../../src/stores';
import { comingDay } from '../coming-days';
import { buttonOf, buttonsOf, inputsOf, wordsOf } from './card-reading';
import type { Json, Person } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let people = 0;
let alex: Person;

beforeEach(() => {
  people += 1;
  alex = bot.teams.person(`Quiet ${people}`);
});

const say = async (sentence: string): Promise<Json> => {
  const { cards, texts } = await bot.teams.sendMessage(alex, sentence);
  return cards.at(-1) ?? texts;
};
const profile = async (): Promise<Profile | undefined> =>
  (await bot.storage.profiles.readNow(alex.aadObjectId))?.profile;
const inYears = (years: number): number => systemClock.now().toZonedDateTimeISO('UTC').year + years;

describe('pausing, as typed', () => {
  const sentences: readonly [Language, string][] = [
    ['en', `Pause reminders until 5 January ${inYears(2)}`],
    ['de', `Bitte keine Erinnerungen bis 5. Januar ${inYears(2)}`],
    ['pt-BR', `Pausar os lembretes até 5 de janeiro de ${inYears(2)}`],
    ['zh-Hans', `暂停提醒到${inYears(2)}年1月5日`],
    ['ja', `${inYears(2)}年1月5日までリマインダーを停止してください`],
    // "Before the 5th" is until the 5th: nobody has to say whether they mean the 4th.
    ['en', `No reminders before 5 January ${inYears(2)} please`],
    ['de', `Vor dem 5. Januar ${inYears(2)} möchte ich nicht erinnert werden`],
    ['pt-BR', `antes de 5 de janeiro de ${inYears(2)} não me lembre`],
    ['zh-Hans', `${inYears(2)}年1月5日之前不要提醒我`],
    ['ja', `${inYears(2)}年1月5日より前はリマインドしないでください`],
  ];
  test.each(sentences)('%s: "%s"', async (language, sentence) => {
    const card = await say(sentence);
    expect((await profile())?.pausedUntil).toBe(`${inYears(2)}-01-05`);
    const resume = buttonOf(card, 'reminder.pause', text(language, 'reminder.resume'));
    await bot.teams.pressCard(alex, resume.verb, resume.data, { replyToId: '1:1' });
    expect((await profile())?.pausedUntil).toBeUndefined();
  });

  const lengths: readonly [Language, string][] = [
    ['en', 'snooze reminders for two weeks'],
    ['de', 'Pausiere Erinnerungen für zwei Wochen'],
    ['pt-BR', 'pausar os lembretes por duas semanas'],
    ['zh-Hans', '提醒先停两周'],
    ['ja', 'リマインダーを2週間止めて'],
  ];
  test.each(lengths)('%s: "%s" counts from today', async (language, sentence) => {
    // Midnight may pass meanwhile.
    const today = (): Temporal.PlainDate => systemClock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate();
    const earliest = today();
    const card = await say(sentence);
    const days = [earliest, today()].map((day) => day.add({ weeks: 2 }));
    expect(days.map(String)).toContain((await profile())?.pausedUntil);
    const told = days.filter((day) =>
      wordsOf(card).includes(text(language, 'reminder.paused', { day: dayText(language, day) })),
    );
    expect(told).not.toHaveLength(0);
  });

  test('without a day, or with one gone by, it is asked for', async () => {
    const asked = await say('pause reminders');
    expect(wordsOf(asked)).toContain('From which day may I remind you again?');
    const past = await say('pause reminders until 5 January 2020');
    expect(wordsOf(past)).toContain('Please choose a day from tomorrow on.');
    const { data } = buttonOf(past, 'reminder.pause');
    const entered = { ...inputsOf(past), ...data, pausedUntil: `${inYears(1)}-03-01` };
    const done = await bot.teams.pressCard(alex, 'reminder.pause', entered, { replyToId: '1:1' });
    expect(wordsOf(done.body.value)).toContain('Reminders are paused');
    expect((await profile())?.pausedUntil).toBe(`${inYears(1)}-03-01`);
    await say('resume reminders');
    expect((await profile())?.pausedUntil).toBeUndefined();
  });

  test('a day that may be two is chosen', async () => {
    const card = await say(`pause reminders until 03/04/${inYears(2)}`);
    const days = buttonsOf(card).map(({ data }) => data.pausedUntil);
    expect(days.toSorted()).toEqual([`${inYears(2)}-03-04`, `${inYears(2)}-04-03`]);
    expect((await profile())?.pausedUntil).toBeUndefined();
  });

  test('while a form is open its date stays as it was, and "save" still saves the form', async () => {
    await bot.importSample(alex.email, '2026-11-20');
    const day = comingDay(6);
    const form = await say(`Move Contoso Exchange to ${day}, they postponed the kickoff`);
    await say(`暂停提醒到${inYears(2)}年1月5日`);
    expect((await profile())?.pausedUntil).toBe(`${inYears(2)}-01-05`);
    expect(inputsOf(form)).toMatchObject({ date: day });
    await say('save');
    expect((await bot.storage.customers.readLog('contoso', 1)).startDateChanges[0]?.to.toString()).toBe(day);
  });

  test('in the middle of a dialog it is done, and the question is asked again', async () => {
    await bot.importSample(alex.email, '2026-11-20');
    await say('change a start date');
    const turn = await bot.teams.sendMessage(alex, `pause reminders until 5 January ${inYears(2)}`);
    expect(turn.cards.length + turn.texts.length).toBeGreaterThan(1);
    expect((await profile())?.pausedUntil).toBe(`${inYears(2)}-01-05`);
  });
});

describe('"why do I get reminders?" is answered in the language asked', () => {
  const sentences: readonly [Language, string][] = [
    ['en', 'Why do I get reminders?'],
    ['de', 'Warum bekomme ich Erinnerungen?'],
    ['pt-BR', 'Por que eu recebo lembretes?'],
    ['zh-Hans', '为什么我会收到提醒？'],
    ['zh-Hans', '为什么给我发这个？'],
    ['ja', 'なぜリマインダーが届くのですか？'],
  ];
  test.each(sentences)('%s: "%s"', async (language, sentence) => {
    const card = await say(sentence);
    expect(wordsOf(card)).toContain(text(language, 'reminder.whyText'));
    expect(buttonsOf(card).map(({ verb }) => verb)).toContain('settings.open');
  });
});

describe('what is set there opens the settings', () => {
  const sentences: readonly [Language, string][] = [
    ['en', 'opt out of reminders'],
    ['de', 'Feiertage auf Deutschland setzen'],
    ['pt-BR', 'sem lembretes esta semana'],
    ['zh-Hans', '退订提醒'],
    ['ja', '事前通知をオンにして'],
  ];
  test.each(sentences)('%s: "%s"', async (_, sentence) => {
    expect(buttonsOf(await say(sentence)).map(({ verb }) => verb)).toContain('settings.save');
  });
});

test.each(['what day is today?', 'Der Wievielte ist heute?', 'que dia é hoje?', '今天几号？', '今日は何日ですか'])(
  '"%s" shows no list',
  async (sentence) => {
    await bot.importSample(alex.email, '2026-11-20');
    const answer = await say(sentence);
    expect(wordsOf(answer)).not.toContain('Contoso');
  },
);

describe('the settings card', () => {
  const press = async (card: Json, changes: object): Promise<Json> =>
    (
      await bot.teams.pressCard(
        alex,
        'settings.save',
        { ...buttonOf(card, 'settings.save').data, ...inputsOf(card), ...changes },
        { replyToId: '1:1' },
      )
    ).body.value;

  test('shows the zone that Teams told, and keeps days, hour, zone, holidays, heads-up and pause', async () => {
    const card = await say('settings');
    expect(wordsOf(card)).toContain('From Teams (Europe/Berlin)');
    const saved = await press(card, {
      workingDays: '7,1,2,3,4',
      reminderTime: '08:30',
      timeZone: 'Asia/Dubai',
      holidays: 'AE',
      headsUp: 'true',
      pausedUntil: `${inYears(1)}-02-01`,
    });
    expect(wordsOf(saved)).toContain('Reminders come at 08:30 in your time zone (Asia/Dubai).');
    expect(await profile()).toMatchObject({
      workingDays: [1, 2, 3, 4, 7],
      reminderTime: '08:30',
      timeZone: 'Asia/Dubai',
      timeZoneChosen: true,
      holidays: 'AE',
      headsUp: true,
      pausedUntil: `${inYears(1)}-02-01`,
    });
    // Teams' zone no longer counts, and the form shows what is kept.
    expect(inputsOf(await say('settings'))).toMatchObject({
      workingDays: '1,2,3,4,7',
      reminderTime: '08:30',
      timeZone: 'Asia/Dubai',
      holidays: 'AE',
      headsUp: 'true',
    });
  });

  test('a zone typed in small letters is kept as it is spelled', async () => {
    await press(await say('settings'), { otherZone: 'asia/kolkata' });
    expect(await profile()).toMatchObject({ timeZone: 'Asia/Kolkata' });
  });

  test('a day to pause until that is none ends no pause', async () => {
    await say(`pause reminders until 5 January ${inYears(2)}`);
    const card = await press(await say('settings'), { pausedUntil: 'soon' });
    expect(wordsOf(card)).toContain('Please choose a day from tomorrow on.');
    expect((await profile())?.pausedUntil).toBe(`${inYears(2)}-01-05`);
  });

  test('the zone from Teams keeps its name, which Intl gives an old one', async () => {
    alex = bot.teams.person(`Indian ${people}`, { timeZone: 'Asia/Kolkata' });
    expect(wordsOf(await say('settings'))).toContain('Asia/Kolkata');
    expect((await profile())?.timeZone).toBe('Asia/Kolkata');
  });

  test('"from Teams" and "none" take the choices back', async () => {
    await press(await say('settings'), { otherZone: 'Asia/Kolkata', holidays: 'IN', headsUp: 'true' });
    expect(await profile()).toMatchObject({ timeZone: 'Asia/Kolkata', holidays: undefined });
    await press(await say('settings'), { timeZone: 'auto', holidays: 'none', headsUp: 'false', otherZone: '' });
    await say('help');
    expect(await profile()).toMatchObject({ timeZone: 'Europe/Berlin', timeZoneChosen: false, headsUp: false });
  });

  test.each([
    [{ otherZone: 'Mars/Olympus' }, 'I do not know the time zone “Mars/Olympus”.'],
    [{ otherZone: '2026-01-01T00:00Z' }, 'I do not know the time zone “2026-01-01T00:00Z”.'],
    [{ workingDays: '' }, 'Please choose at least one working day.'],
    [{ reminderTime: '25:99' }, 'Please enter a time such as 09:00.'],
  ])('%j is named, and nothing entered is lost', async (wrong, message) => {
    const card = await press(await say('settings'), { holidays: 'DE', pausedUntil: `${inYears(2)}-01-05`, ...wrong });
    expect(wordsOf(card)).toContain(message);
    expect(inputsOf(card)).toMatchObject({ holidays: 'DE', pausedUntil: `${inYears(2)}-01-05` });
    expect(await profile()).toMatchObject({ holidays: undefined, pausedUntil: undefined });
  });
});
