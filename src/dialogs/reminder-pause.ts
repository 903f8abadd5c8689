import { Temporal } from 'temporal-polyfill';
import { cardAction, choice } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import type { DateReading } from '../language/understanding';
import { text } from '../locales/catalog';
import { dayText } from '../locales/format';
import type { Profile } from '../ports/profiles';
import { changeProfile } from '../usecases/change-profile';
import type { ConversationState } from './conversation-state';
import { touched } from './conversation-state';
import { backAction, pauseCard, whyCard } from './reminder-cards';
import { parseDate } from './start-date-answer';
import type { Turn } from './turn';

/** Keeps quiet until a day, or asks which; `resume` in the data ends it. */
export async function pauseReminders(turn: Turn, data: CardData): Promise<void> {
  const { language, today } = turn;
  if (data.resume === true) {
    await changeSettings(turn, (profile) => ({ ...profile, pausedUntil: undefined }));
    await turn.show(
      await noticeCard({ paragraphs: [text(language, 'reminder.resumed')], actions: backAction(turn, data) }),
    );
    return;
  }
  const until = data.pausedUntil === undefined ? undefined : parseDate(data.pausedUntil);
  if (!until || Temporal.PlainDate.compare(until, today) <= 0) {
    await turn.show(await pauseCard(turn, data));
    return;
  }
  await changeSettings(turn, (profile) => ({ ...profile, pausedUntil: until.toString() }));
  await turn.show(
    await noticeCard({
      paragraphs: [text(language, 'reminder.paused', { day: dayText(language, until) })],
      actions: [
        cardAction('reminder.pause', text(language, 'reminder.resume'), { resume: true, lang: language }),
        ...backAction(turn, data),
      ],
    }),
  );
}

/**
 * "Pause reminders until 5 January", "remind me again from Monday", as typed. What names a day is done; what names none, a
 * day gone by or one of two, or a customer (all reminders pause, or none), is asked about.
 */
export async function reminderRequest(
  turn: Turn,
  state: ConversationState,
  intent: 'pause-reminders' | 'resume-reminders',
): Promise<void> {
  if (turn.input.kind !== 'said') {
    return;
  }
  const { today, language } = turn;
  const { date, customers } = turn.input.understanding;
  const read = daysOf(date, today);
  const ahead = read.filter((each) => Temporal.PlainDate.compare(each, today) > 0);
  // Days gone by are chosen by nobody.
  const days = read.length > 1 ? ahead : read;
  const [day] = days;
  if (days.length > 1) {
    const choices = days.map((each) =>
      choice(cardAction('reminder.pause', dayText(language, each), { pausedUntil: each.toString(), lang: language })),
    );
    return ask(turn, state, await noticeCard({ paragraphs: [text(language, 'reminder.pauseAsk')], choices }));
  }
  if (intent === 'resume-reminders' && ahead.length === 0) {
    return pauseReminders(turn, { resume: true });
  }
  return day === undefined || customers.length > 0
    ? ask(turn, state, await pauseCard(turn, {}))
    : pauseReminders(turn, { pausedUntil: day.toString() });
}

/** "For two weeks" counts from today; "not before 5 January" is until then, and needs no question whether the 4th is meant. */
function daysOf(date: DateReading, today: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  switch (date.kind) {
    case 'date':
      return [date.date];
    case 'ambiguous':
      return date.candidates.filter(({ isEve }) => isEve !== true).map((candidate) => candidate.date);
    case 'shift':
      return [today.add({ months: date.months, days: date.days })];
    case 'impossible':
    case 'none':
      return [];
  }
}

/** Asks from which day on, and remembers it: a day typed next is the answer, unless a dialog's question comes again. */
async function ask(turn: Turn, state: ConversationState, card: Card): Promise<void> {
  await turn.show(card);
  if (!state.dialog) {
    turn.state.set(touched({ ...state, awaitingPauseEnd: true }, turn.services.clock.now()));
  }
}

export async function showWhy(turn: Turn, data: CardData): Promise<void> {
  await turn.show(await whyCard(turn, data));
}

/** Keeps settings and lets what is scheduled follow them, in a worker: an FM may have a hundred customers. */
export async function changeSettings(turn: Turn, change: (profile: Profile) => Profile): Promise<Profile> {
  const { services, actor } = turn;
  const profile = await changeProfile(services.profiles, actor.userId, change);
  if (actor.address !== undefined) {
    services.schedules.forget(actor.address);
    await services.queue.put({ kind: 'replan', fm: actor.address, hints: [] });
  }
  return profile;
}
