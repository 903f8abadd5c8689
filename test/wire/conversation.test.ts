import { Temporal } from 'temporal-polyfill';
import { dayText } from '../../src/locales/format';
import { comingDay, inComingMonth, written, writtenMonth } from '../coming-days';
import { LEAD } from './bot-under-test';
import { buttonOf, buttonsOf, cardOf, inputsOf, shown, wordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { Json, Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let people = 0;
let alex: Person;

/** Every test has an FM of its own, who takes over the sample customers. */
beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Robin ${people}`);
  await bot.importSample(alex.email);
});

const said = async (text: string, who = alex): Promise<Turn> => bot.teams.sendMessage(who, text);
const dayOf = (iso: string): string => dayText('en', Temporal.PlainDate.from(iso));

async function pressed(card: Json, verb: string, typed: object = {}, title?: string): Promise<Turn> {
  const button = buttonOf(card, verb, title);
  return bot.teams.pressCard(alex, verb, { ...button.data, ...inputsOf(card), ...typed }, { replyToId: 'form' });
}

/** A form opened by a sentence and saved by its button, a warning accepted. */
async function savedByButton(day: number): Promise<void> {
  const form = cardOf(
    await said(`Move Northwind Exchange to ${written('en', inComingMonth(day))}, their admin is out until then`),
  );
  const saved = await pressed(form, 'startDate.save', { occasion: 'kickoff' });
  const isWarned = wordsOf(saved.body.value).includes('Save anyway');
  const result = isWarned ? await pressed(saved.body.value, 'startDate.save') : saved;
  expect(wordsOf(result.body.value)).toContain('Start date saved');
}

const DATE = inComingMonth(3);
const MOVE = `move Contoso Exchange to ${written('en', DATE)}`;
const REQUEST = `${MOVE}, their admin is out until then`;

describe('while a question is open', () => {
  test('a word of a choice chooses it: "kickoff" for "Kickoff meeting"', async () => {
    await said(MOVE);
    expect(shown(await said('kickoff'))).toContain('What is the reason?');
  });

  test.each([
    [MOVE, 'rescheduled', 'What is the reason?'],
    [MOVE, 'first discussion', 'What is the reason?'],
    [`Verschiebe Contoso Exchange auf den ${written('de', DATE)}`, 'verlegt', 'Was ist der Grund?'],
    [`Mude o Exchange da Contoso para ${written('pt-BR', DATE)}`, 'próximo workload', 'Qual é o motivo?'],
    [`把Contoso的Exchange改到${written('zh-Hans', DATE)}`, '客户改期了', '原因是什么'],
    [`Contoso の Exchange を${written('ja', DATE)}に変更`, 'リスケ', '理由を教えてください'],
    [MOVE, 'first e-mail', 'A first e-mail or a voicemail is not the start'],
  ])(
    '%s, and when asked what happened, "%s": an answer, no request or question of its own',
    async (request, answer, next) => {
      await said(request);
      const turn = await said(answer);
      expect(turn.cards).toHaveLength(1);
      expect(shown(turn)).toContain(next);
    },
  );

  test.each([
    ['no, Teams', 'Contoso · Microsoft Teams'],
    ['actually Fabrikam', 'Fabrikam'],
  ])(
    '"%s" when asked for the reason corrects what was said before, and the reason is asked for again',
    async (text, now) => {
      await said(MOVE);
      await said('kickoff');
      const turn = await said(text);
      expect(shown(turn)).toContain(now);
      expect(shown(turn)).not.toContain(text);
    },
  );

  test.each([
    ['en', 'no, Thursday'],
    ['de', 'nein, Donnerstag'],
    ['pt-BR', 'não, quinta'],
    ['zh-Hans', '不对，周四'],
    ['ja', 'いや、木曜'],
  ] as const)('%s: "%s" when asked what happened corrects the date', async (language, sentence) => {
    await said(`Contoso Exchange ${written(language, DATE)}`);
    await said(sentence);
    const form = cardOf(await said('kickoff'));
    expect(wordsOf(form)).not.toContain(sentence);
    expect(wordsOf(form)).not.toContain(dayText(language, Temporal.PlainDate.from(DATE)));
  });

  test.each(['no idea', 'none of these', 'something else'])(
    '"%s" is no reason: the question comes again',
    async (text) => {
      await said(MOVE);
      expect(shown(await said(text))).toMatch(/I did not understand that[^]+What happened\?/);
    },
  );

  test('a sentence instead of an occasion is kept as the reason; the form asks for the occasion', async () => {
    await said(MOVE);
    expect(inputsOf(cardOf(await said('oops, they are on holiday until then')))).toMatchObject({
      date: DATE,
      reason: 'oops, they are on holiday until then',
    });
  });

  test('a corrected date is no reason and no mistake', async () => {
    await said(MOVE);
    const turn = await said(`on ${written('en', inComingMonth(9))}`);
    expect(shown(turn)).toMatch(new RegExp(`${dayOf(inComingMonth(9))}[^]+What happened\\?`));
    expect(shown(turn)).not.toContain('I did not understand');
  });

  test('another language asked for is that of the question from now on', async () => {
    await said(MOVE);
    expect(shown(await said('Sprich Deutsch'))).toContain('Was ist der Anlass?');
    expect(shown(await said('Kick-off-Meeting'))).toContain('Begründung');
  });

  test('a greeting is no customer’s name', async () => {
    await said('notes');
    expect(shown(await said('hi'))).toContain('Hello!');
    expect(shown(await said('Litware'))).toContain('There are no notes yet');
  });

  test('what is no answer is said to be none', async () => {
    await said('move Contoso');
    expect(shown(await said('hmm'))).toContain('I did not understand that. Please choose one of these');
    await said('teams');
    await said('03/04');
    expect(shown(await said('hmm'))).toContain('I did not understand that. Please choose one of these');
  });

  test('"save" is told that it is too early, and the question comes again, the one for the reason too', async () => {
    await said(MOVE);
    expect(shown(await said('save'))).toMatch(/still open[^]+What happened\?/);
    await said('kickoff');
    expect(shown(await said('save'))).toMatch(/still open[^]+What is the reason\?/);
  });

  test('the bare request starts from the beginning', async () => {
    await said('move Contoso');
    expect(shown(await said('change a start date'))).toContain('Which customer is it about?');
  });

  test('a deployment planned meanwhile is one (S10)', async () => {
    await said('move Contoso');
    expect(shown(await said('plan Fabrikam Teams for May'))).toContain('What is the reason?');
  });

  test('an impossible date does not make the only workload a question', async () => {
    const turn = await said('move Litware to 30 February');
    expect(shown(turn)).toMatch(/30 February” is not in the calendar[^]+Viva Engage[^]+What is the new start date\?/);
  });
});

describe('while a form is open', () => {
  test('the words of an occasion choose it', async () => {
    await said(REQUEST);
    const form = cardOf(await said('customer asked for another date'));
    expect(inputsOf(form)).toMatchObject({ occasion: 'customer-rescheduled', date: DATE });
  });

  test('another customer or workload takes the place of the one named, date and reason stay', async () => {
    await said(`Move Fabrikam OneDrive to ${writtenMonth('en', DATE)}, waiting for budget`);
    const other = cardOf(await said('actually Contoso Teams'));
    expect(wordsOf(other)).toContain('Contoso · Microsoft Teams');
    expect(inputsOf(other)).toMatchObject({ date: inComingMonth(1), reason: 'waiting for budget' });
    expect(wordsOf(cardOf(await said('no, Fabrikam')))).toContain('Fabrikam · Microsoft Teams');
  });

  test('"yes" saves what was just asked, and nothing once something else was talked about', async () => {
    await said(REQUEST);
    await said('kickoff');
    await said('what can you do');
    expect((await said('yes')).texts).toEqual([expect.stringContaining('No worries')]);
    await said('kickoff');
    expect((await said('no')).texts).toEqual([expect.stringContaining('Nothing is saved yet')]);
    expect((await said('yes')).texts).toEqual([expect.stringContaining('Saved: Contoso')]);
  });

  test('what says nothing is told that the form is still open', async () => {
    await said(REQUEST);
    expect((await said('asdf qwer')).texts).toEqual([expect.stringContaining('Nothing is saved yet')]);
    await said('cancel');
    expect(shown(await said('asdf qwer'))).toContain('I am not sure what you mean');
  });

  test.each([
    'their admin is sick',
    'admin sick',
    'Admin krank',
    'admin doente',
    '管理员生病',
    '管理者が病欠',
    'o admin (João) está doente',
  ])('"%s" is the reason, be it without a verb or with a name in it', async (reason) => {
    await said(REQUEST);
    expect(inputsOf(cardOf(await said(reason)))).toMatchObject({ date: DATE, reason });
  });

  test('"not Teams" leaves a form for something else as it is, and asks which workload where the form is for it', async () => {
    await said(REQUEST);
    expect((await said('no, not Teams')).cards.flatMap((card) => Object.keys(inputsOf(card)))).not.toContain('date');
    expect(wordsOf(cardOf(await said('no, not Exchange')))).toContain('Which workload?');
    expect(inputsOf(cardOf(await said('Teams')))).toMatchObject({
      date: DATE,
      reason: 'their admin is out until then',
    });
  });

  test('"a week later" is counted from the day the form shows', async () => {
    await said(REQUEST);
    expect(inputsOf(cardOf(await said('make it a week later')))).toMatchObject({ date: inComingMonth(10) });
  });

  test('what happened is corrected without touching the reason', async () => {
    await said(REQUEST);
    expect(inputsOf(cardOf(await said('actually the kickoff')))).toMatchObject({
      occasion: 'kickoff',
      reason: 'their admin is out until then',
    });
  });

  test('a correction leaves one form to save: the older card says that it goes on below', async () => {
    const first = (await said(REQUEST)).calls.find(({ kind }) => kind === 'reply');
    const turn = await said('no, the 4th');
    const update = turn.calls.find(({ kind }) => kind === 'update');
    expect(update?.activityId).toBe(first?.id);
    expect(wordsOf(update?.body.attachments[0].content)).toContain('This form is out of date; we go on below.');
    expect(buttonsOf(update?.body.attachments[0].content)).toEqual([]);
    expect(inputsOf(cardOf(turn))).toMatchObject({ date: inComingMonth(4) });
    // A typed save is about the new form: here the occasion is still missing.
    const sent = turn.calls.find(({ kind }) => kind === 'reply');
    const next = await said('save');
    expect(next.calls.find(({ kind }) => kind === 'update')?.activityId).toBe(sent?.id);
    expect(shown(next)).toContain('Please choose what happened.');
  });

  test('a card that shows what was saved by its button stays, whatever is corrected then', async () => {
    await savedByButton(3);
    expect((await said('no, the 4th')).calls.map(({ kind }) => kind)).not.toContain('update');
  });

  test('a typed "cancel" closes the card as its button would', async () => {
    const first = (await said(REQUEST)).calls.find(({ kind }) => kind === 'reply');
    const update = (await said('cancel')).calls.find(({ kind }) => kind === 'update');
    expect(update?.activityId).toBe(first?.id);
    expect(buttonsOf(update?.body.attachments[0].content).map(({ verb }) => verb)).toEqual(['startDate.open']);
  });

  test('once it is saved by its button there is nothing to cancel or to save', async () => {
    await savedByButton(5);
    expect((await said('undo')).texts).toEqual([expect.stringContaining('change the date once more')]);
    expect((await said('save')).texts).toEqual(['There is nothing open to save.']);
  });
});

describe('two customers in one sentence', () => {
  const both = `Move Adventure Works and Tailspin Toys to ${written('en', DATE)}, admin away`;

  async function firstForm(): Promise<Json> {
    await said(both);
    await said('both');
    return cardOf(await said('intune'));
  }

  test('"both" tells who comes next, and the result leads there with the same entries', async () => {
    const form = await firstForm();
    expect(wordsOf(form)).toContain('Tailspin Toys will follow');
    const saved = await pressed(form, 'startDate.save', { occasion: 'customer-rescheduled' });
    const result = wordsOf(saved.body.value).includes('Save anyway')
      ? await pressed(saved.body.value, 'startDate.save')
      : saved;
    const next = await pressed(result.body.value, 'startDate.open', {}, 'Next: Tailspin Toys');
    const words = wordsOf(next.body.value);
    expect(words).toContain('Tailspin Toys');
    expect(buttonsOf(next.body.value).length).toBeGreaterThan(1);
  });
});

describe('who has which customers', () => {
  test.each(['the sixth', 'number 6', '6'])('"%s" is the sixth of the eight offered, and no day', async (text) => {
    const offered = buttonsOf(cardOf(await said('change a start date'))).map(({ title }) => title);
    const turn = await said(text);
    expect(shown(turn)).toContain(offered[5]);
    expect(shown(turn)).not.toContain('New start date');
    expect(shown(turn)).not.toContain('I cannot find');
  });

  test('the question for the customer offers the most urgent first', async () => {
    const urgent = bot.teams.person(`Urgent ${people}`);
    const workloads: readonly [string, object][] = [
      ['Alpine Ski House', { ...startingOn(comingDay(-5)), serviceStatus: 'Adoption' }],
      ['Blue Yonder', startingOn(comingDay(3))],
      ['City Power', startingOn(comingDay(-5))],
      ['Datum', startingOn(comingDay(-9))],
    ];
    for (const [name, workload] of workloads) {
      const customer = gatewayCustomer(name, urgent.email, { workloads: [gatewayWorkload('teams', workload)] });
      await putAccepted(bot.url, `${name.toLowerCase().replaceAll(' ', '-')}-${people}`, customer);
    }
    for (const question of ['change a start date', 'history']) {
      const offered = buttonsOf(cardOf(await said(question, urgent))).map(({ title }) => title);
      expect(offered.filter((title) => workloads.some(([name]) => name === title))).toEqual([
        'Datum',
        'City Power',
        'Blue Yonder',
        'Alpine Ski House',
      ]);
    }
  });

  test('help speaks of the FM’s own customers, and its examples work', async () => {
    const help = cardOf(await said('help'));
    for (const { verb, data, title } of buttonsOf(help).filter((button) => button.verb === 'say')) {
      const turn = await bot.teams.pressCard(alex, verb, data);
      expect([title, shown(turn)]).toEqual([title, expect.not.stringContaining('I find no customer')]);
      expect([title, shown(turn)]).toEqual([title, expect.not.stringContaining('I am not sure')]);
    }
  });

  test('a colleague without customers is told what there is, and what will be', async () => {
    const robin = bot.teams.person(`Colleague ${people}`);
    for (const text of ['hi', 'help', 'asdf qwer', '👍']) {
      const turn = await said(text, robin);
      expect(shown(turn)).toContain('You are not the FM of any customer here yet');
      expect(buttonsOf(cardOf(turn)).map(({ verb }) => verb)).toEqual(['faq.show', 'faq.show', 'faq.show']);
    }
  });

  test('a lead changes the start date of a customer named by typing', async () => {
    const lead = bot.teams.person(`Lead ${people}`, { email: LEAD });
    expect(shown(await said('my start dates', lead))).toContain('As a lead you can open every customer by name');
    expect(shown(await said('change a start date', lead))).toContain('Which customer is it about?');
    expect(shown(await said('Litware', lead))).toContain('Litware · Viva Engage');
  });
});

test('what is no question at all gets help; a question beside the playbook a way on', async () => {
  expect(shown(await said('asdf qwer'))).toMatch(/I am not sure what you mean[^]+Change a start date/);
  const card = cardOf(await said('how do I cook rice?'));
  expect(wordsOf(card)).toContain('The playbook does not answer this');
  const { verb, data } = buttonOf(card, 'say');
  expect(shown(await bot.teams.pressCard(alex, verb, data))).toContain('What I can do');
});

test.each([
  'how is the weather tomorrow?',
  'Wie wird das Wetter morgen?',
  'como vai estar o tempo amanhã?',
  'vai chover hoje em São Paulo?',
  '今天天气怎么样？',
  '今天会下雨吗？',
  '今日の天気は？',
  '明日は雨が降りますか？',
])('a question about a day and something else neither starts a change nor shows the list: %s', async (sentence) => {
  const card = cardOf(await said(sentence));
  expect(buttonsOf(card).map(({ verb }) => verb)).toEqual(['say']);
});

describe('a form corrected by a bare day', () => {
  test.each([
    ['no, the 4th', 'engagement start date'],
    ['não, é dia 4', 'Data de início'],
    ['nein, lieber am 4.', 'Startdatum'],
    ['不对，应该是4号', '开始日期'],
    ['いや、4日にしてください', '開始日'],
  ])('keeps the month shown and speaks the language of the sentence: %s', async (sentence, label) => {
    await said(`Move Contoso Exchange to ${written('en', inComingMonth(23))}, their admin is out until then`);
    const card = cardOf(await said(sentence));
    expect(inputsOf(card)).toMatchObject({ date: inComingMonth(4) });
    expect(wordsOf(card)).toContain(label);
  });
});

describe('a question that is no dialog', () => {
  const offeredBy = (turn: Turn): string[] => buttonsOf(cardOf(turn)).map(({ title }) => title);

  test.each([
    ['history', 'the second one', 1, 'Start date history'],
    ['notes', '3', 2, 'Notes'],
    ['Verlauf', 'die letzte', -1, 'Verlauf'],
    ['メモ', '2つ目', 1, 'メモ'],
    ['履歴を見せて', '2番目', 1, '開始日の履歴'],
  ])('"%s", then "%s": the button at that place', async (request, place, index, title) => {
    const offered = offeredBy(await said(request)).at(index);
    const turn = await said(place);
    expect(shown(turn)).toContain(title);
    expect(shown(turn)).toContain(offered);
    expect(buttonsOf(cardOf(turn)).map(({ verb }) => verb)).not.toContain('faq.show');
  });

  test('which engagement is complete, and then which workload, may both be told by their place', async () => {
    const offered = offeredBy(await said('complete engagement'));
    const workloads = await said(`number ${offered.indexOf('Contoso') + 1}`);
    expect(shown(workloads)).toMatch(/Contoso[^]+Which workload\?/);
    const [, second] = offeredBy(workloads);
    expect(shown(await said('the second'))).toContain(`Contoso · ${second}`);
  });

  test('the end of a pause may be typed; later a day means something else', async () => {
    await said('pause reminders');
    const day = comingDay(5);
    expect(shown(await said(`until ${day}`))).toContain(`Reminders are paused. I will write again from ${dayOf(day)}`);
    await said('pause reminders');
    await said('help');
    expect(shown(await said('next Monday'))).toContain('My start dates');
  });

  test('the question for the end of a pause can be cancelled', async () => {
    await said('pause reminders');
    expect(shown(await said('cancel'))).toContain('Cancelled');
  });
});

describe('a question about one customer', () => {
  test.each([
    ['when does Contoso start with Exchange?', 'My start dates'],
    ['wann startet Contoso mit Exchange?', 'Meine Startdaten'],
    ['quando a Contoso começa o Exchange?', 'Minhas datas de início'],
    ['Contoso的Exchange什么时候开始？', '我的开始日期'],
    ['ContosoのExchangeはいつ開始？', '担当の開始日'],
  ])("%s: its dates and nobody else's", async (question, title) => {
    const words = shown(await said(question));
    expect(words).toContain(title);
    expect(words).toContain('Exchange');
    expect(words).not.toMatch(/Fabrikam|Litware|SharePoint/);
  });

  test("a lead asks about another FM's customer: its dates and what became of them", async () => {
    const lead = bot.teams.person(`Lead ${people}`, { email: LEAD });
    const words = shown(await said('when does Litware start?', lead));
    expect(words).toMatch(/Start dates as of now[^]*Viva Engage: \w{3}, \w{3} \d+, \d{4}/);
  });
});
