import { Temporal } from 'temporal-polyfill';
import { dayText } from '../../src/locales/format';
import { comingDay, inComingMonth, written } from '../coming-days';
import { buttonOf, buttonsOf, cardOf, inputsOf, wordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { Json, Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
const [DATE, LATER] = [inComingMonth(3), inComingMonth(9)];
let people = 0;
let alex: Person;
/** Unlike words, so that neither is taken for the other. */
let first: string;
let second: string;

beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Alex ${people}`);
  first = `Graphic Design ${people}`;
  second = `Humongous Insurance ${people}`;
  await put(first);
  await put(second);
});

const idOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

async function put(name: string): Promise<void> {
  const workloads = [
    gatewayWorkload('exchange-online', startingOn(comingDay(2))),
    gatewayWorkload('intune', { l1Status: 'Blocked' }),
  ];
  await putAccepted(bot.url, idOf(name), gatewayCustomer(name, alex.email, { workloads }));
}

const said = async (text: string): Promise<Turn> => bot.teams.sendMessage(alex, text);

async function pressed(card: Json, verb: string, typed: object = {}): Promise<Json> {
  const data = { ...buttonOf(card, verb).data, ...inputsOf(card), ...typed };
  return cardOf(await bot.teams.pressCard(alex, verb, data));
}

const logOf = async (name: string) => bot.storage.customers.readLog(idOf(name), 10);
const move = (name: string): string => `Move ${name} Exchange to ${written('en', DATE)}, their admin is out until then`;

describe('an old copy of a card', () => {
  test('of a form that was saved keeps a new entry instead of telling of the old one, and saves it on request', async () => {
    const form = cardOf(await said(move(first)));
    await pressed(form, 'startDate.save', { occasion: 'kickoff' });
    const late = { date: LATER, occasion: 'customer-rescheduled', reason: 'now they say the 9th' };
    const asked = await pressed(form, 'startDate.save', late);
    expect(wordsOf(asked)).toContain(
      `changed since the form was shown. Current date: ${dayText('en', Temporal.PlainDate.from(DATE))}`,
    );
    expect(inputsOf(asked)).toMatchObject(late);
    expect((await logOf(first)).startDateChanges).toHaveLength(1);
    expect(wordsOf(await pressed(asked, 'startDate.save'))).toContain('Start date saved');
    expect((await logOf(first)).startDateChanges.map(({ to }) => to.toString())).toEqual([LATER, DATE]);
  });

  test('of another form of one’s own does not speak of somebody else', async () => {
    const one = cardOf(await said(move(first)));
    const other = cardOf(
      await said(`Move ${first} Exchange to ${written('en', LATER)}, their admin is out until then`),
    );
    await pressed(other, 'startDate.save', { occasion: 'kickoff' });
    const asked = await pressed(one, 'startDate.save', { occasion: 'kickoff' });
    expect(wordsOf(asked)).toContain('changed since the form was shown');
    expect(wordsOf(asked)).not.toContain('Someone else');
  });

  test.each(['startDate.cancel', 'dialog.cancel'])('ends nothing else by %s', async (verb) => {
    const old = cardOf(await said(verb === 'dialog.cancel' ? `change the start date of ${first}` : move(first)));
    await said(`Move ${second} Exchange to ${written('en', LATER)}`);
    expect(wordsOf(await pressed(old, verb))).toContain('Cancelled');
    const next = cardOf(await said('kickoff'));
    expect(wordsOf(next)).toContain(second);
    expect(wordsOf(next)).toContain('What is the reason?');
  });

  test('of a list opens no form for a workload that is In Progress no more (S2)', async () => {
    const data = { customerId: idOf(first), workload: 'intune' };
    const answer = cardOf(await bot.teams.pressCard(alex, 'startDate.open', data));
    expect(wordsOf(answer)).toContain('only to workloads whose L1 status is In Progress. This one is: Blocked.');
    expect(inputsOf(answer)).toEqual({});
  });
});

describe('a voicemail as the occasion (S5)', () => {
  test('is refused before a reason is asked for, and recorded as an attempt with the words that came with it', async () => {
    await said(`Move ${first} Exchange to ${written('en', LATER)}`);
    const form = cardOf(await said('voicemail'));
    expect(wordsOf(form)).toContain('what counts is two-way communication');
    const refused = await pressed(form, 'startDate.save', { reason: 'asked them to call back' });
    await pressed(refused, 'contact.attempt');
    const { contacts, startDateChanges } = await logOf(first);
    expect(contacts).toEqual([
      expect.objectContaining({ kind: 'attempt', note: 'Voicemail left: asked them to call back' }),
    ]);
    expect(startDateChanges).toEqual([]);
  });

  test('can be replaced by what else happened', async () => {
    await said(`Move ${first} Exchange to ${written('en', LATER)}`);
    await said('voicemail');
    const asked = cardOf(await said('kickoff'));
    expect(wordsOf(asked)).toContain('What is the reason?');
    const form = cardOf(await said('their lead asked for it'));
    expect(inputsOf(form)).toMatchObject({ occasion: 'kickoff', reason: 'their lead asked for it' });
    expect(buttonsOf(form).map(({ verb }) => verb)).not.toContain('contact.attempt');
  });
});

test('somebody without customers is not asked which one is meant', async () => {
  const guest = bot.teams.person(`Guest ${people}`);
  for (const text of [`notes ${first}`, `complete ${first} Exchange`]) {
    const card = cardOf(await bot.teams.sendMessage(guest, text));
    expect(wordsOf(card)).not.toContain('Which one do you mean?');
    expect(wordsOf(card)).not.toContain(first);
  }
});

test('a reply told in a sentence is noted, and said to be, whatever becomes of the form', async () => {
  const turn = await said(`${first} Exchange has replied, call on ${written('en', LATER)}`);
  expect(turn.texts).toEqual([expect.stringContaining(`Noted: ${first} has replied about Exchange Online.`)]);
  await said('cancel');
  expect((await logOf(first)).contacts).toEqual([expect.objectContaining({ kind: 'reply' })]);
});

test('a reply is not taken for the workload still waiting where another one was given up on', async () => {
  const name = `Relecloud ${people}`;
  const workloads = [
    gatewayWorkload('exchange-online', startingOn('2026-10-01')),
    gatewayWorkload('teams', startingOn(comingDay(2))),
  ];
  await putAccepted(bot.url, idOf(name), gatewayCustomer(name, alex.email, { workloads }));
  const givenUp = { customerId: idOf(name), workload: 'exchange-online', note: 'no answer to four mails' };
  await bot.teams.pressCard(alex, 'reminder.unresponsive', givenUp);
  const turn = await said(`${name} replied, call on ${written('en', LATER)}`);
  expect(turn.texts).toEqual([]);
  expect(wordsOf(cardOf(turn))).toContain('Which workload?');
  expect((await logOf(name)).contacts).toEqual([expect.objectContaining({ kind: 'unresponsive' })]);
});

test.each(['Lösche', 'delete', 'call', 'Kontaktiere', 'ligar', '打电话给'])(
  '"%s" and a name tell of no contact: nothing is written down',
  async (verb) => {
    await said(`${verb} ${first}`);
    await said('cancel');
    expect((await logOf(first)).contacts).toEqual([]);
  },
);

test('the workload a reply was noted for is not asked for again', async () => {
  const name = `Lamna ${people}`;
  const workloads = [gatewayWorkload('exchange-online', startingOn('2026-10-01')), gatewayWorkload('teams')];
  await putAccepted(bot.url, idOf(name), gatewayCustomer(name, alex.email, { workloads }));
  const turn = await said(`${name} replied, call on ${written('en', LATER)}`);
  expect(turn.texts).toEqual([`Noted: ${name} has replied about Exchange Online. Reminders about it end here.`]);
  expect(wordsOf(cardOf(turn))).not.toContain('Which workload?');
});

test('a question is no customer’s name, even where one was asked for', async () => {
  await said('history');
  expect(wordsOf(cardOf(await said('Who won the cup final?')))).toContain('The playbook does not answer this.');
  expect(wordsOf(cardOf(await said(first)))).toContain('Start date history');
});
