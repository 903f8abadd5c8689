import type { BotUnderTest } from '../wire/bot-under-test';
import { buttonOf } from '../wire/card-reading';
import type { Json, Person, Turn } from '../wire/teams-stand-in';
import { putCustomer } from '../wire/gateway-customer';
import { comingDay } from '../coming-days';
import { customerAtWork } from './customer-at-work';

/** People of the release fixtures: their ids are part of what is stored. */
export const releasePerson = (bot: BotUnderTest, name: string, number: number): Person =>
  bot.teams.person(name, {
    aadObjectId: `00000000-0000-4000-8000-00000000000${number}`,
    email: `${number}@contoso.com`,
  });

export const RELEASE_PEOPLE = ['In Dialog', 'With Form', 'With Cards', 'With Name Question'] as const;

/** Cards as they stand in chats when the next release comes, by what they are. */
export type ReleaseCards = Readonly<Record<string, Json>>;

const cardOf = (turn: Turn): Json => turn.cards.at(-1) ?? turn.body?.value;
const target = (id: string): object => ({ customerId: id, workload: 'exchange-online' });

/**
 * Lives a day with the bot of a release and stops in the middle of everything: a question open, a form open, a saved
 * form, a checklist draft and a submitted one, lists, history, notes, mails. Its rows and cards are what the releases
 * after it have to understand.
 */
export async function liveTheStory(bot: BotUnderTest): Promise<ReleaseCards> {
  const [inDialog, withForm, withCards, withQuestion] = RELEASE_PEOPLE.map((name, index) =>
    releasePerson(bot, name, index + 1),
  ) as [Person, Person, Person, Person];
  for (const [id, fm, name] of [
    ['dialog-1', inDialog, 'Adventure Works'],
    ['form-1', withForm, 'Litware'],
    ['cards-1', withCards, 'Proseware'],
    ['cards-2', withCards, 'Tailspin Spielzeug Größe'],
    ['question-1', withQuestion, 'Lucerne'],
  ] as const) {
    await putCustomer(bot.url, id, fixedCustomer(name, fm.email));
  }
  const say = async (who: Person, text: string): Promise<Json> => cardOf(await bot.teams.sendMessage(who, text));
  const press = async (verb: string, data: object): Promise<Json> =>
    cardOf(await bot.teams.pressCard(withCards, verb, data));
  const dialogQuestion = await say(inDialog, 'change the start date of Adventure Works');
  await say(withForm, `Move Litware Exchange to ${FORM_DATE} because they asked for another date`);
  await say(withQuestion, 'history');
  const savedForm = await press('startDate.open', target('cards-1'));
  const save = { date: SAVED_DATE, occasion: 'kickoff', reason: 'the day of the kickoff' };
  const result = await press('startDate.save', { ...buttonOf(savedForm, 'startDate.save').data, ...save });
  const checklist = await press('checklist.open', target('cards-2'));
  const draft = { activitiesReviewed: 'true', nextSteps: 'They think about it' };
  await press('checklist.save', { ...buttonOf(checklist, 'checklist.save').data, ...draft });
  await press('contact.attempt', { ...target('cards-2'), note: 'called twice', token: 'attempt-1' });
  return {
    dialogQuestion,
    savedForm,
    result,
    checklist,
    openForm: await press('startDate.open', target('cards-2')),
    list: await say(withCards, 'my start dates'),
    history: await press('history.show', target('cards-1')),
    notes: await press('notes.show', target('cards-1')),
    faq: await press('faq.show', { topic: 'esd-purpose' }),
    help: await say(withCards, 'help'),
  };
}

const FORM_DATE = comingDay(8);
const SAVED_DATE = comingDay(9);

const fixedCustomer = (name: string, fm: string): object =>
  customerAtWork(name, fm, {
    workloads: [
      {
        workload: 'exchange-online',
        requestId: 'RFA-1',
        l1Status: 'InProgress',
        serviceStatus: 'Enablement',
        startDate: { date: comingDay(4), precision: 'day' },
        kickoffDate: null,
        activeUsers: 250,
      },
    ],
  });
