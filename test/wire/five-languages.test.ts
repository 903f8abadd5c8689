import type { Language } from '../../src/domain/vocabulary';
import { WORDS } from '../../src/language/words';
import { text } from '../../src/locales/catalog';
import { exportAll } from '../../src/usecases/export-records';
import { inComingMonth, written } from '../coming-days';
import { buttonOf, buttonsOf, cardOf, inputsOf, shown, wordsOf } from './card-reading';
import type { Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let people = 0;
let alex: Person;

/** Every test has an FM of its own, who takes over the sample customers. */
beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Yuki ${people}`);
  await bot.importSample(alex.email);
});

const said = async (text: string): Promise<Turn> => bot.teams.sendMessage(alex, text);

const DATE = inComingMonth(23);
const OTHER = inComingMonth(9);

/** What one colleague says, in one language. */
interface Words {
  readonly language: Language;
  readonly form: string;
  /** A reason with a conjunction, and one without. */
  readonly because: readonly [string, string];
  readonly statement: string;
  readonly cancelled: readonly [string, string];
  readonly two: string;
  readonly both: string;
  readonly second: string;
  readonly start: string;
  readonly other: string;
  readonly open: string;
  readonly day: string;
  readonly question: string;
  readonly title: string;
}

const COLLEAGUES: readonly Words[] = [
  {
    language: 'en',
    form: `Move Contoso Exchange to ${written('en', DATE)}, their admin is out`,
    because: ['cos the Teams rollout on 2 May eats everybody', 'the Teams rollout on 2 May eats everybody'],
    statement: 'the project lead broke her leg',
    cancelled: ['because they cancelled the workshop', 'they cancelled the workshop'],
    two: `Move Adventure Works and Tailspin Toys to ${written('en', DATE)}, admin away`,
    both: 'both of them',
    second: 'the second one',
    start: 'change the start date of Contoso',
    other: 'no wait, Teams',
    open: 'not sure yet',
    day: written('en', OTHER),
    question: 'does a voicemail count?',
    title: 'Change the engagement start date',
  },
  {
    language: 'de',
    form: `Verschiebe Contoso Exchange auf den ${written('de', DATE)}, Admin im Urlaub`,
    because: ['weil der Teams-Rollout am 2. Mai alle bindet', 'der Teams-Rollout am 2. Mai alle bindet'],
    statement: 'Die Projektleiterin hat sich das Bein gebrochen',
    cancelled: ['weil der Workshop abgesagt wurde', 'der Workshop abgesagt wurde'],
    two: `Verschiebe Adventure Works und Tailspin Toys auf den ${written('de', DATE)}, Admin weg`,
    both: 'beide',
    second: 'das zweite',
    start: 'Startdatum von Contoso ändern',
    other: 'nee, Teams',
    open: 'weiß ich noch nicht',
    day: written('de', OTHER),
    question: 'Zählt eine Voicemail?',
    title: 'Startdatum der Beteiligung ändern',
  },
  {
    language: 'pt-BR',
    form: `muda o Exchange da Contoso pra ${written('pt-BR', DATE)}, admin de férias`,
    because: [
      'porque o rollout do Teams em 2 de maio ocupa todo mundo',
      'o rollout do Teams em 2 de maio ocupa todo mundo',
    ],
    statement: 'a líder do projeto quebrou a perna',
    cancelled: ['porque cancelaram o workshop', 'cancelaram o workshop'],
    two: `passa Adventure Works e Tailspin Toys pra ${written('pt-BR', DATE)}, admin fora`,
    both: 'os dois',
    second: 'a segunda',
    start: 'mudar a data de início da Contoso',
    other: 'não, Teams',
    open: 'ainda não sei',
    day: written('pt-BR', OTHER),
    question: 'recado na caixa postal conta?',
    title: 'Alterar a data de início do envolvimento',
  },
  {
    language: 'zh-Hans',
    form: `把Contoso的Exchange改到${written('zh-Hans', DATE)}，管理员休假`,
    because: ['因为5月2日的Teams上线占了所有人', '5月2日的Teams上线占了所有人'],
    statement: '项目负责人摔断了腿',
    cancelled: ['因为研讨会取消了', '研讨会取消了'],
    two: `把Adventure Works和Tailspin Toys改到${written('zh-Hans', DATE)}，管理员不在`,
    both: '两个都要',
    second: '第二个',
    start: '更改Contoso的开始日期',
    other: '不对，是Teams',
    open: '还不知道',
    day: written('zh-Hans', OTHER),
    question: '语音留言算吗？',
    title: '更改接洽开始日期',
  },
  {
    language: 'ja',
    form: `ContosoのExchangeを${written('ja', DATE)}に変更、担当者が不在なので`,
    because: ['5月2日のTeams展開と重なるなので', '5月2日のTeams展開と重なる'],
    statement: 'プロジェクトリーダーが骨折しました',
    cancelled: ['理由はワークショップの中止です', 'ワークショップの中止'],
    two: `Adventure WorksとTailspin Toysを${written('ja', DATE)}に変更、担当者不在`,
    both: '両方お願いします',
    second: '二つ目',
    start: 'Contosoの開始日を変更',
    other: 'いや、Teams',
    open: 'まだわからない',
    day: written('ja', OTHER),
    question: '留守電は数えますか？',
    title: 'エンゲージメント開始日の変更',
  },
];

describe.each(COLLEAGUES)('a colleague who speaks $language', (words) => {
  test('may say "save" in every way, and it cancels nothing: the form asks what happened', async () => {
    await said(words.form);
    for (const phrase of WORDS[words.language].answers.save) {
      const turn = await said(phrase);
      expect([phrase, turn.texts]).toEqual([phrase, []]);
      expect(wordsOf(cardOf(turn))).toContain(text(words.language, 'startDate.refusal.noOccasion'));
    }
  });

  test('gives the open form another reason, what it names stays part of it', async () => {
    await said(words.form);
    const [sentence, reason] = words.because;
    expect(inputsOf(cardOf(await said(sentence)))).toMatchObject({ date: DATE, reason });
    expect(shown(await said(words.statement))).toContain('Contoso · Exchange Online');
    expect(inputsOf(cardOf(await said(words.statement)))).toMatchObject({ reason: words.statement });
  });

  test('tells of something cancelled without cancelling anything', async () => {
    await said(words.form);
    const [sentence, reason] = words.cancelled;
    expect(inputsOf(cardOf(await said(sentence)))).toMatchObject({ date: DATE, reason });
  });

  test('says the reason before it is asked for: it is kept, and the open question comes again', async () => {
    await said(words.start);
    await said('Exchange');
    const [sentence, reason] = words.because;
    expect(shown(await said(sentence))).toContain('Contoso · Exchange Online');
    expect(inputsOf(cardOf(await said(words.day)))).toMatchObject({ date: OTHER, reason });
  });

  test('takes both customers, or the second one', async () => {
    await said(words.two);
    expect(buttonsOf(cardOf(await said(words.both))).map(({ title }) => title)).toContain('Intune');
    await said(words.two);
    const form = cardOf(await said(words.second));
    expect(wordsOf(form)).toContain('Tailspin Toys · Microsoft Teams');
    expect(inputsOf(form)).toMatchObject({ date: DATE });
  });

  test('changes the workload in the middle, does not know the date yet, asks something and goes on', async () => {
    await said(words.start);
    expect(shown(await said('Exchange'))).toContain('Contoso · Exchange Online');
    expect(shown(await said(words.other))).toContain('Contoso · Microsoft Teams');
    const unsure = await said(words.open);
    expect(unsure.cards).toHaveLength(1);
    expect(shown(unsure)).toContain(words.title);
    const asked = await said(words.question);
    expect(asked.cards).toHaveLength(2);
    expect(wordsOf(asked.cards[1])).toContain(words.title);
    expect(shown(await said(words.day))).toContain('Contoso · Microsoft Teams');
  });
});

describe('the list by a word', () => {
  test.each([
    'overdue',
    'this week',
    'überfällig',
    'diese Woche',
    'atrasados',
    'esta semana',
    '逾期',
    '本周',
    '期限切れ',
    '今週',
  ])('%s', async (word) => {
    const rows = buttonsOf(cardOf(await said(word))).filter(({ verb }) => verb === 'startDate.open');
    expect(rows.length).toBeGreaterThan(2);
  });
});

test('what the playbook does not answer is kept for its phrases, and so is whether an answer helped', async () => {
  const question = `how do I cook rice for ${people} people?`;
  await said(question);
  const answer = cardOf(await said('does a voicemail count?'));
  const { verb, data } = buttonOf(answer, 'faq.helpful', 'Yes, helpful');
  expect(shown(await bot.teams.pressCard(alex, verb, data))).not.toContain('Yes, helpful');
  const records = [];
  for await (const record of exportAll(bot.storage)) {
    records.push(JSON.stringify(record));
  }
  expect(records).toContainEqual(expect.stringContaining(question));
  expect(records).toContainEqual(expect.stringMatching(/esd-first-contact.*true/));
});

describe('two languages in one sentence', () => {
  test.each([
    [`Move Contoso Exchange auf den ${written('de', DATE)}, weil der Admin krank ist`, 'der Admin krank ist'],
    [`Contoso的Exchange改到${written('en', DATE)}, admin on sick leave`, 'admin on sick leave'],
    [`ContosoのExchangeを${written('en', DATE)}に変更、budget approval待ち`, 'budget approval待ち'],
    [`Por favor move o Exchange da Contoso to ${written('en', DATE)} pq o admin está doente`, 'o admin está doente'],
  ])('%s', async (sentence, reason) => {
    expect(inputsOf(cardOf(await said(sentence)))).toMatchObject({ date: DATE, reason });
  });
});
