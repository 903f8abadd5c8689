import type { Card } from '../../src/cards/render';
import type { Reminder } from '../../src/domain/records';
import { systemClock } from '../../src/stores';
import { sizeOf, validationEvents } from '../cards/card-check';
import { buttonOf, buttonsOf, inputsOf, wordsOf } from './card-reading';
import { eventually } from './eventually';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { ConnectorCall, Json, Person, Turn } from './teams-stand-in';
import { REMINDERS_AT_ONCE, useBot } from './use-bot';

const bot = useBot(REMINDERS_AT_ONCE);
let people = 0;
let alex: Person;

beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Alex ${people}`);
  await bot.teams.sendMessage(alex, 'help');
});

const daysAgo = (days: number): string =>
  systemClock
    .now()
    .subtract({ hours: 24 * days })
    .toString()
    .slice(0, 10);
const PASSED = daysAgo(7);

/** Gateway puts a customer whose start date has passed. */
async function put(name: string, changes: object = {}, fm = alex.email): Promise<string> {
  const customerId = name.toLowerCase().replaceAll(' ', '-');
  const workloads = [gatewayWorkload('exchange-online', startingOn(PASSED))];
  await putAccepted(bot.url, customerId, gatewayCustomer(name, fm, { workloads, ...changes }));
  return customerId;
}

const reminderOf = async (customerId: string): Promise<Reminder | undefined> =>
  (await bot.storage.customers.load(customerId))?.reminders[0];

/** The next digest that this person is sent. */
const digestFor = async (person = alex, from = 0): Promise<ConnectorCall> =>
  bot.teams.connector.next(
    (call) => call.kind === 'send' && call.status === 201 && call.conversationId === bot.teams.chatOf(person),
    from,
  );
const cardIn = (call: ConnectorCall): Json => call.body.attachments[0].content;
const press = async (card: Json, verb: string, more: object = {}, title?: string): Promise<Turn> =>
  bot.teams.pressCard(
    alex,
    verb,
    { ...buttonOf(card, verb, title).data, ...inputsOf(card), ...more },
    { replyToId: '1:1' },
  );
const answerOf = (turn: Turn): Json => turn.body.value;

describe('a start date that has passed', () => {
  test('reaches the FM as one digest, and is recorded as sent', async () => {
    const from = bot.teams.connector.calls.length;
    const [one, two] = await Promise.all([put(`Adatum ${people}`), put(`Bellows ${people}`)]);
    const call = await digestFor(alex, from);
    const card = cardIn(call);
    expect(validationEvents(card as Card)).toEqual([]);
    expect(sizeOf(card as Card)).toBeLessThan(28 * 1024);
    expect(buttonsOf(card).map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['reminder.replied', 'reminder.keepTrying', 'reminder.unresponsive', 'reminder.pause']),
    );
    for (const id of [one, two]) {
      const row = await eventually(
        async () => reminderOf(id),
        (reminder) => reminder?.status === 'sent',
      );
      expect(row).toMatchObject({ id: `${id}:exchange-online`, attempt: 0, ignored: 0, fm: alex.email });
    }
  });

  test('"still trying" asks when, logs the attempt, and the card shows it in place', async () => {
    const from = bot.teams.connector.calls.length;
    const id = await put(`Contoso ${people}`);
    const card = cardIn(await digestFor(alex, from));
    await eventually(
      async () => reminderOf(id),
      (reminder) => reminder?.status === 'sent',
    );
    const choices = answerOf(await press(card, 'reminder.keepTrying'));
    expect(
      buttonsOf(choices)
        .map(({ data }) => data.againIn)
        .filter(Boolean),
    ).toEqual(['1', '3', '5', '10']);
    const again = answerOf(await press(choices, 'reminder.keepTrying', {}, 'In 5 working days'));
    expect(wordsOf(again)).toContain('attempt recorded');
    expect(await reminderOf(id)).toMatchObject({ status: 'scheduled', attempt: 1 });
    const twice = answerOf(await press(choices, 'reminder.keepTrying', {}, 'In 5 working days'));
    expect(wordsOf(twice)).toContain('attempt recorded');
    expect((await bot.storage.customers.readLog(id, 10)).contacts).toHaveLength(1);
  });

  test('"unresponsive" needs a note, writes it to Overall Status Notes and leaves the date (S8)', async () => {
    const from = bot.teams.connector.calls.length;
    const id = await put(`Datum ${people}`);
    const card = cardIn(await digestFor(alex, from));
    await eventually(
      async () => reminderOf(id),
      (reminder) => reminder?.status === 'sent',
    );
    const ask = answerOf(await press(card, 'reminder.unresponsive'));
    const tooLong = answerOf(await press(ask, 'reminder.unresponsive', { note: 'call '.repeat(600) }));
    expect(wordsOf(tooLong)).toContain('Longer than 2,000 characters');
    expect(inputsOf(tooLong).note).toBe('call '.repeat(400));
    const done = answerOf(await press(ask, 'reminder.unresponsive', { note: 'Five mails, two calls' }));
    expect(wordsOf(done)).toContain('unresponsive');
    const file = await bot.storage.customers.load(id);
    expect(file?.workloads[0]?.startDate?.date.toString()).toBe(PASSED);
    expect(file?.reminders[0]?.status).toBe('stopped');
    const log = await bot.storage.customers.readLog(id, 10);
    expect(log.notes).toEqual([
      expect.objectContaining({ field: 'overallStatus', text: expect.stringContaining('Five mails, two calls') }),
    ]);
    expect(log.contacts).toEqual([expect.objectContaining({ kind: 'unresponsive' })]);
  });

  test('"customer replied" records the reply and gives the form; saving leads back to the digest', async () => {
    const from = bot.teams.connector.calls.length;
    const id = await put(`Fabrikam ${people}`);
    const card = cardIn(await digestFor(alex, from));
    await eventually(
      async () => reminderOf(id),
      (reminder) => reminder?.status === 'sent',
    );
    const form = answerOf(await press(card, 'reminder.replied'));
    expect(inputsOf(form)).toMatchObject({ occasion: 'first-discussion' });
    expect(await reminderOf(id)).toMatchObject({ status: 'answered' });
    const saved = answerOf(
      await press(form, 'startDate.save', {
        date: daysAgo(3),
        reason: 'They called back',
        occasion: 'first-discussion',
      }),
    );
    const save = wordsOf(saved).includes('Start date saved')
      ? saved
      : answerOf(await press(saved, 'startDate.save', { reason: 'They called back' }));
    expect(wordsOf(save)).toContain('Start date saved');
    const back = answerOf(await press(save, 'reminder.show'));
    expect(wordsOf(back)).toContain('start date is now');
    expect(await reminderOf(id)).toMatchObject({ status: 'answered' });
    expect((await bot.storage.customers.readLog(id, 10)).contacts).toHaveLength(1);
  });
});
