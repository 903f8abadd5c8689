import { systemClock } from '../../src/stores';
import { LEAD } from './bot-under-test';
import { buttonOf, buttonsOf, wordsOf } from './card-reading';
import { eventually } from './eventually';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { Json, Person } from './teams-stand-in';
import { REMINDERS_AT_ONCE, useBot } from './use-bot';

const bot = useBot(REMINDERS_AT_ONCE);
let people = 0;
let alex: Person;

beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Late ${people}`);
  await bot.teams.sendMessage(alex, 'help');
});

const put = async (fm = alex.email, date = '2026-01-05'): Promise<string> => {
  const id = `late-press-${people}`;
  const workloads = [gatewayWorkload('exchange-online', startingOn(date))];
  await putAccepted(bot.url, id, gatewayCustomer(`Late press ${people}`, fm, { workloads }));
  return id;
};

/** The digest as it was sent, once its reminder is recorded. */
async function sentCard(): Promise<{ id: string; card: Json }> {
  const from = bot.teams.connector.calls.length;
  const id = await put();
  const call = await bot.teams.connector.next(
    ({ kind, status, conversationId }) =>
      kind === 'send' && status === 201 && conversationId === bot.teams.chatOf(alex),
    from,
  );
  await eventually(
    async () => (await bot.storage.customers.load(id))?.reminders[0]?.status,
    (status) => status === 'sent',
  );
  return { id, card: call.body.attachments[0].content };
}
const pressed = async (card: Json, verb: string, more: object = {}): Promise<Json> => {
  const { data } = buttonOf(card, verb);
  return (await bot.teams.pressCard(alex, verb, { ...data, ...more }, { replyToId: '1:1' })).body.value;
};
const contacts = async (id: string) => (await bot.storage.customers.readLog(id, 10)).contacts.map(({ kind }) => kind);

const ANSWERS = [
  ['reminder.keepTrying', { againIn: '3' }],
  ['reminder.unresponsive', { note: 'Nobody there' }],
] as const;

test.each(ANSWERS)(
  '%s on a card whose customer has replied: the card says so, nothing is recorded',
  async (verb, more) => {
    const { id, card } = await sentCard();
    await pressed(card, 'reminder.replied');
    const late = await pressed(card, verb, more);
    expect(wordsOf(late)).toContain('Done: reply recorded.');
    expect(await contacts(id)).toEqual(['reply']);
  },
);

test.each(ANSWERS)('%s on a card whose date was moved: the card tells the new date', async (verb, more) => {
  const { id, card } = await sentCard();
  await putAccepted(
    bot.url,
    id,
    gatewayCustomer(`Late press ${people}`, alex.email, {
      workloads: [gatewayWorkload('exchange-online', startingOn('2099-03-01'))],
    }),
  );
  const late = await pressed(card, verb, more);
  expect(wordsOf(late)).toMatch(/Done: the start date is now [^\n]*2099/);
  expect(await contacts(id)).toEqual([]);
  expect((await bot.storage.customers.load(id))?.reminders[0]?.status).toBe('scheduled');
});

test.each([...ANSWERS, ['reminder.replied', {}] as const])(
  '%s on a card whose customer was handed to another FM: the card says so, and nothing of the customer is changed',
  async (verb, more) => {
    const { id, card } = await sentCard();
    await put(`mia.${people}@contoso.com`);
    const late = await pressed(card, verb, more);
    expect(wordsOf(late)).toContain('Another FM looks after this customer now.');
    expect(buttonsOf(late).map((button) => button.verb)).not.toContain(verb);
    expect(await contacts(id)).toEqual([]);
    expect((await bot.storage.customers.load(id))?.reminders[0]).toMatchObject({ fm: `mia.${people}@contoso.com` });
  },
);

test('still trying while reminders are paused: the day told is the one on which they come again', async () => {
  const { card } = await sentCard();
  await bot.teams.sendMessage(alex, 'pause reminders until 5 January 2099');
  const told = await pressed(card, 'reminder.keepTrying', { againIn: '1' });
  expect(wordsOf(told)).toMatch(/I will ask again on [^\n]*Jan 5, 2099/);
});

test('a reminder ignored three times is on the lead’s list, with whose it is and how often', async () => {
  const { id } = await sentCard();
  const base = (await bot.storage.customers.load(id))!;
  // Two were ignored; this one makes it three.
  const reminders = base.reminders.map((row) => ({ ...row, ignored: 2, againAt: systemClock.now() }));
  const from = bot.teams.connector.calls.length;
  await bot.storage.customers.commit({ customerId: id, base, reminders });
  await eventually(
    async () => (await bot.storage.customers.load(id))?.reminders[0]?.ignored,
    (ignored) => ignored === 3,
  );
  const lead = bot.teams.person('Lead', { email: LEAD });
  await bot.teams.sendMessage(lead, 'help');
  const report = await bot.teams.connector.next(
    ({ kind, conversationId, body }) =>
      kind === 'send' && conversationId === bot.teams.chatOf(lead) && JSON.stringify(body).includes('left unanswered'),
    from,
  );
  expect(wordsOf(report.body)).toContain(`Late press ${people}`);
  expect(wordsOf(report.body)).toContain(`${alex.email}, 3 times`);
});
