import { Temporal } from 'temporal-polyfill';
import { dayText } from '../../src/locales/format';
import { comingDay, inComingMonth, written, writtenMonth } from '../coming-days';
import { LEAD } from './bot-under-test';
import { buttonOf, cardOf, inputsOf, wordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { Json, Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
const [DATE, OTHER, SATURDAY] = [inComingMonth(3), inComingMonth(9), inComingMonth(6)];
const BEFORE = comingDay(2);
const dayOf = (iso: string): string => dayText('en', Temporal.PlainDate.from(iso));
let people = 0;
let alex: Person;
let customer: string;

/** Every test has an FM and a customer of its own, so that none sees another's state. */
beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Alex ${people}`);
  customer = `Graphic Design ${people}`;
  await put(customer, alex.email);
});

async function put(name: string, fm: string, changes: object = {}): Promise<string> {
  const workloads = [
    gatewayWorkload('exchange-online', startingOn(BEFORE)),
    gatewayWorkload('intune', { l1Status: 'Blocked' }),
  ];
  await putAccepted(bot.url, idOf(name), gatewayCustomer(name, fm, { workloads, ...changes }));
  return idOf(name);
}

const idOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');
const said = async (text: string, who = alex): Promise<Turn> => bot.teams.sendMessage(who, text);

/** Presses a button of a card with the card's inputs, some of them typed over. */
async function pressed(card: Json, verb: string, typed: object = {}, who = alex): Promise<Turn> {
  const button = buttonOf(card, verb);
  return bot.teams.pressCard(who, verb, { ...button.data, ...inputsOf(card), ...typed }, { replyToId: 'form' });
}

const dateOf = async (name = customer): Promise<string | undefined> => {
  const file = await bot.storage.customers.load(idOf(name));
  return file?.workloads.find(({ workload }) => workload === 'exchange-online')?.startDate?.date.toString();
};

const sentence = (): string => `Move ${customer} Exchange to ${written('en', DATE)}, their admin is out until then`;

describe('a start date changes', () => {
  test('by one sentence and one press; date, note and history are stored together (S9)', async () => {
    const form = cardOf(await said(sentence()));
    expect(inputsOf(form)).toMatchObject({ date: DATE, reason: 'their admin is out until then' });
    const turn = await pressed(form, 'startDate.save', { occasion: 'customer-rescheduled' });
    expect(turn.body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(wordsOf(turn.body.value)).toContain('Start date saved');
    expect(await dateOf()).toBe(DATE);
    const log = await bot.storage.customers.readLog(idOf(customer), 10);
    expect(log.notes).toEqual([
      expect.objectContaining({ field: 'overallStatus', text: expect.stringContaining('their admin is out') }),
    ]);
    expect(log.startDateChanges).toEqual([
      expect.objectContaining({ occasion: 'customer-rescheduled', by: alex.email, workload: 'exchange-online' }),
    ]);
  });

  test('once, however often the press is delivered', async () => {
    const form = cardOf(await said(sentence()));
    const first = await pressed(form, 'startDate.save', { occasion: 'kickoff' });
    const second = await pressed(form, 'startDate.save', { occasion: 'kickoff' });
    expect(wordsOf(second.body.value)).toEqual(wordsOf(first.body.value));
    expect((await bot.storage.customers.readLog(idOf(customer), 10)).startDateChanges).toHaveLength(1);
  });

  test('by typing "save"; the form itself turns into the result', async () => {
    const shown = await said(`${sentence().replace(', their', ' because they asked for another date, their')}`);
    const formMessage = shown.calls.find(({ kind }) => kind === 'reply' || kind === 'send');
    const form = cardOf(shown);
    if (inputsOf(form).occasion === undefined) {
      await said('customer asked for another date');
    }
    const turn = await said('save');
    expect(await dateOf()).toBe(DATE);
    expect(formMessage).toBeDefined();
    expect(turn.calls.map(({ kind }) => kind)).toContain('update');
  });

  test('one thing at a time, typed and pressed in turn', async () => {
    const which = cardOf(await said('change a start date'));
    expect(wordsOf(which)).toContain(customer);
    const afterCustomer = await pressed(which, 'dialog.answer');
    // The only workload In Progress is taken without asking (S2).
    expect(wordsOf(cardOf(afterCustomer))).toContain('What is the new start date?');
    const afterDate = await said(written('en', OTHER));
    expect(wordsOf(cardOf(afterDate))).toContain('What happened?');
    const afterOccasion = await pressed(cardOf(afterDate), 'dialog.answer');
    expect(wordsOf(cardOf(afterOccasion))).toContain('What is the reason?');
    const form = cardOf(await said('the project lead asked for it'));
    expect(inputsOf(form)).toEqual({
      date: OTHER,
      occasion: 'customer-rescheduled',
      reason: 'the project lead asked for it',
    });
    await pressed(form, 'startDate.save');
    expect(await dateOf()).toBe(OTHER);
  });

  test('after an interruption by a question, which is answered before the open one is asked again', async () => {
    await said(`change the start date of ${customer}`);
    const turn = await said('what counts as the start date?');
    expect(turn.cards).toHaveLength(2);
    expect(wordsOf(turn.cards[0])).toContain('Source: playbook');
    expect(wordsOf(turn.cards[1])).toContain('What is the new start date?');
    expect(wordsOf(cardOf(await said(written('en', OTHER))))).toContain('What happened?');
  });

  test('not after "cancel"', async () => {
    const form = cardOf(await said(sentence()));
    const turn = await said('cancel');
    expect(turn.texts).toEqual(['Cancelled. Nothing was changed.']);
    expect((await said('save')).texts).toEqual(['There is nothing open to save.']);
    expect(wordsOf((await pressed(form, 'startDate.cancel')).body.value)).toContain('Cancelled');
    expect(await dateOf()).toBe(BEFORE);
  });

  test('to an estimate when only the month is known (S10)', async () => {
    const month = writtenMonth('en', DATE);
    const form = cardOf(await said(`Move ${customer} Exchange to ${month}, because their budget is not released`));
    expect(wordsOf(form)).toContain(`${month} (estimated)`);
    const turn = await pressed(form, 'startDate.save', { occasion: 'serialized-deployment' });
    expect(wordsOf(turn.body.value)).toContain(`${month} (estimated)`);
    const file = await bot.storage.customers.load(idOf(customer));
    expect(file?.workloads[0]?.startDate?.precision).toBe('month');
  });

  test('with a correction of the form typed afterwards', async () => {
    await said(sentence());
    const form = cardOf(await said(`no, the 10th of ${writtenMonth('en', DATE)}`));
    expect(inputsOf(form)).toMatchObject({ date: inComingMonth(10), reason: 'their admin is out until then' });
  });
});

describe('a start date does not change', () => {
  const kept = async (typed: object, message: string): Promise<void> => {
    const form = cardOf(await said(sentence()));
    const turn = await pressed(form, 'startDate.save', { occasion: 'kickoff', ...typed });
    expect(wordsOf(turn.body.value)).toContain(message);
    expect(await dateOf()).toBe(BEFORE);
    const entries = { ...inputsOf(form), occasion: 'kickoff', ...typed };
    expect(inputsOf(turn.body.value)).toMatchObject(
      Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== '' && value !== '2027-02-30')),
    );
  };
  test('without an occasion', async () => kept({ occasion: '' }, 'Please choose what happened.'));
  test('without a reason (S9)', async () => kept({ reason: '' }, 'Every change needs a reason'));
  test('for the first e-mail (S5)', async () => kept({ occasion: 'first-email' }, 'two-way communication'));
  test('for a voicemail (S5)', async () => kept({ occasion: 'voicemail' }, 'two-way communication'));
  test('to a day that does not exist', async () => kept({ date: '2027-02-30' }, 'is not a date in the calendar'));
  test('to a weekend unasked', async () => kept({ date: SATURDAY }, 'This is a weekend day.'));
  test('to a day after 18 months unasked', async () => kept({ date: comingDay(80) }, 'more than 18 months away'));

  test('for a voicemail, which is recorded as a contact attempt on request (S5)', async () => {
    const form = cardOf(await said(sentence()));
    const refused = await pressed(form, 'startDate.save', { occasion: 'voicemail' });
    await pressed(refused.body.value, 'contact.attempt');
    const { contacts } = await bot.storage.customers.readLog(idOf(customer), 10);
    expect(contacts).toEqual([expect.objectContaining({ kind: 'attempt', workload: 'exchange-online' })]);
    expect(await dateOf()).toBe(BEFORE);
  });

  test('when L1 is not In Progress (S2)', async () => {
    const turn = await said(`Move ${customer} Intune to ${written('en', DATE)} because they asked`);
    expect(wordsOf(cardOf(turn))).toContain('Blocked');
  });

  test('silently over a colleague: both dates are shown, and the FM decides', async () => {
    const lead = bot.teams.person(`Lead ${people}`, { email: LEAD });
    const form = cardOf(await said(sentence()));
    const data = { customerId: idOf(customer), workload: 'exchange-online' };
    const theirs = cardOf(await bot.teams.pressCard(lead, 'startDate.open', data));
    await pressed(theirs, 'startDate.save', { date: OTHER, occasion: 'kickoff', reason: 'moved by lead' }, lead);
    const conflict = await pressed(form, 'startDate.save', { occasion: 'kickoff' });
    expect(wordsOf(conflict.body.value)).toMatch(new RegExp(`${dayOf(OTHER)}[^]*${dayOf(DATE)}`));
    expect(await dateOf()).toBe(OTHER);
    await pressed(conflict.body.value, 'startDate.save');
    expect(await dateOf()).toBe(DATE);
  });

  test('after a warning unless "Save anyway" is pressed', async () => {
    const form = cardOf(await said(sentence()));
    const warned = await pressed(form, 'startDate.save', { occasion: 'kickoff', date: SATURDAY });
    expect(await dateOf()).toBe(BEFORE);
    await pressed(warned.body.value, 'startDate.save');
    expect(await dateOf()).toBe(SATURDAY);
  });
});

describe('who may', () => {
  test('a colleague sees no customer of mine, by name or by a forged press', async () => {
    const mallory = bot.teams.person(`Mallory ${people}`);
    const data = { customerId: idOf(customer), workload: 'exchange-online' };
    const forged = { ...data, date: DATE, occasion: 'kickoff', reason: 'x', token: 'forged' };
    for (const verb of ['startDate.open', 'startDate.save', 'history.show', 'notes.show', 'contact.attempt']) {
      const turn = await bot.teams.pressCard(mallory, verb, forged);
      expect(wordsOf(turn.body.value)).toContain('I cannot find this customer');
      expect(wordsOf(turn.body.value)).not.toContain(customer);
    }
    const spoken = await said(sentence(), mallory);
    expect(JSON.stringify(spoken.calls)).not.toContain(dayOf(BEFORE));
    expect(await dateOf()).toBe(BEFORE);
  });

  test('a lead may change every customer, found by name', async () => {
    const lead = bot.teams.person(`Lead ${people}`, { email: LEAD });
    const form = cardOf(await said(sentence(), lead));
    await pressed(form, 'startDate.save', { occasion: 'kickoff' }, lead);
    expect(await dateOf()).toBe(DATE);
  });

  test('a group chat hears the playbook and nothing about customers', async () => {
    const conversation = {
      id: `19:group-${people}@thread.v2`,
      conversationType: 'groupChat',
      tenantId: bot.teams.tenantId,
    };
    const question = await bot.teams.sendMessage(alex, 'Is a voicemail the start date?', { conversation });
    expect(wordsOf(cardOf(question))).toContain('Source: playbook');
    for (const text of ['my start dates', sentence(), `history ${customer}`]) {
      const turn = await bot.teams.sendMessage(alex, text, { conversation });
      expect(JSON.stringify(turn.calls)).not.toMatch(new RegExp(`${dayOf(BEFORE)}|${dayOf(DATE)}`));
    }
    const data = { customerId: idOf(customer), workload: 'exchange-online' };
    const press = await bot.teams.pressCard(alex, 'startDate.open', data, { conversation });
    expect(wordsOf(press.body.value)).toContain('one-to-one chat');
  });
});

describe('bad input gets a sentence and changes nothing', () => {
  test.each([
    ['an emoji', '🎉🎉🎉'],
    ['100,000 characters', 'word '.repeat(20_000)],
    ['two customers in one sentence', 'Move Contoso and Fabrikam to Friday'],
    ['a lone surrogate', '\ud800 move'],
  ])('%s', async (_name, text) => {
    const turn = await said(text);
    expect(turn.status).toBe(200);
    expect(turn.texts.length + turn.cards.length).toBe(1);
  });

  test('an attachment', async () => {
    const attachments = [{ contentType: 'image/png', contentUrl: 'https://example.com/x.png', name: 'x.png' }];
    const turn = await bot.teams.sendMessage(alex, '', { attachments });
    expect(turn.texts).toEqual(['I cannot read files or pictures. Please tell me in words.']);
  });

  test('an edited message', async () => {
    const edited = {
      type: 'messageUpdate',
      text: sentence(),
      channelData: { eventType: 'editMessage', tenant: { id: bot.teams.tenantId } },
    };
    const turn = await bot.teams.post(bot.teams.activity(alex, edited));
    expect(turn.texts[0]).toContain('send the corrected sentence');
    expect(await dateOf()).toBe(BEFORE);
  });

  test('a press of a verb that never was', async () => {
    const turn = await bot.teams.pressCard(alex, 'startDate.explode', { customerId: 1, workload: [] });
    expect(wordsOf(turn.body.value)).toContain('open the card again');
  });

  test('an answer on the card of a dialog that is over', async () => {
    const question = cardOf(await said(`change the start date of ${customer}`));
    await said('cancel');
    const turn = await pressed(question, 'dialog.answer', { date: DATE });
    expect(wordsOf(turn.body.value)).toContain('no longer open');
  });

  test('an old client that knows no Action.Execute', async () => {
    const form = cardOf(await said(sentence()));
    const { data } = buttonOf(form, 'startDate.save');
    const values = { ...data, ...inputsOf(form), occasion: 'kickoff', verb: 'startDate.save' };
    const turn = await bot.teams.submitCard(alex, values, { replyToId: 'form-1' });
    expect(turn.calls.map(({ kind }) => kind)).toEqual(['update']);
    expect(await dateOf()).toBe(DATE);
  });
});
