import type { TurnContext } from 'botbuilder-core';
import type { Verb } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import type { Language } from '../domain/vocabulary';
import { takesStartDate } from '../domain/start-date';
import { isOneOf, OCCASIONS } from '../domain/vocabulary';
import type { CustomerName } from '../language/understanding';
import { text } from '../locales/catalog';
import { chooseLanguage } from '../usecases/change-profile';
import { lookUpCustomer } from '../usecases/look-up-customer';
import { recordContact } from '../usecases/record-contact';
import { checklistPress } from './checklist-presses';
import type { ConversationState } from './conversation-state';
import { EMPTY_STATE, readState } from './conversation-state';
import { continueDialog, openDraft } from './dialog-stack';
import { gapsCard } from './gaps';
import { listCard, recordsCard } from './lists';
import { openCompletionsCard } from './open-completions';
import { topicCard } from './questions';
import { digestCard } from './reminder-cards';
import { reminderPress } from './reminder-presses';
import { settingsPress } from './settings';
import { parseDate } from './start-date-answer';
import type { StartDateDraft } from './start-date-draft';
import { emptyDraft } from './start-date-draft';
import { afterStep, beginWith, showForm } from './start-date-flow';
import { entryOf, saveStartDate } from './start-date-form-steps';
import { teamLoadPress } from './team-load';
import { closedCard } from './form-card';
import type { Turn } from './turn';
import { attachTurn } from './turn';

/** A press as it arrived: the verb, its data, and what identifies the delivery if the card has no token. */
export interface Press {
  readonly verb: Verb;
  readonly data: CardData;
  readonly activityId: string;
}

/** Does what a card's button is for; the card that `turn.show` gets replaces the pressed one. */
export async function press(context: TurnContext, turn: Turn, pressed: Press): Promise<void> {
  attachTurn(context, turn);
  const { verb, data } = pressed;
  switch (verb) {
    case 'startDate.save':
      return save(turn, pressed);
    case 'startDate.open':
      return openStartDate(context, turn, data);
    case 'startDate.cancel':
    case 'dialog.cancel':
      await closeOpen(turn, data);
      return shown(turn, (await digestCard(turn, data)) ?? (await closedCard(turn, 'startDate.cancelled', data)));
    case 'dialog.answer':
      return answerDialog(context, turn, data);
    case 'contact.attempt':
      return recordAttempt(turn, pressed);
    case 'list.show':
      return shown(turn, await listCard(turn, { page: data.page ?? 0, workload: data.workload }));
    case 'history.show':
    case 'notes.show':
      return showRecords(turn, verb === 'history.show' ? 'history' : 'notes', data);
    case 'faq.show':
      return shown(turn, data.topic ? await topicCard(turn.language, data.topic) : await unreadable(turn.language));
    case 'faq.helpful':
      return vote(turn, data);
    case 'language.set':
      return setLanguage(turn, data.language);
    case 'team.show':
      return shown(turn, await teamLoadPress(turn, data));
    case 'gaps.show':
      return shown(turn, await gapsCard(turn, { page: data.page ?? 0 }));
    case 'completions.show':
      return shown(turn, await openCompletionsCard(turn, data.page ?? 0));
    case 'reminder.replied':
    case 'reminder.keepTrying':
    case 'reminder.unresponsive':
    case 'reminder.show':
    case 'reminder.pause':
    case 'reminder.why':
      return reminderPress(turn, { ...pressed, verb });
    case 'settings.open':
    case 'settings.save':
      return settingsPress(turn, { ...pressed, verb });
    case 'checklist.open':
    case 'checklist.save':
    case 'checklist.submit':
    case 'checklist.mail':
    case 'checklist.reopen':
      return shown(turn, await checklistPress(turn, { ...pressed, verb }));
  }
}

const shown = async (turn: Turn, card: Card): Promise<void> => {
  await turn.show(card);
};

const unreadable = async (language: Language): Promise<Card> =>
  noticeCard({ paragraphs: [text(language, 'error.press')] });

async function save(turn: Turn, { data, activityId }: Press): Promise<void> {
  const entry = entryOf(data, activityId);
  if (!entry) {
    return shown(turn, await unreadable(turn.language));
  }
  const queue = entry.chained ? await queueOf(turn, entry.token) : [];
  return shown(turn, (await saveStartDate(turn, entry, queue)).card);
}

/** The customers that follow the one of this form. Most forms have none, and a press then needs no state at all. */
async function queueOf(turn: Turn, token: string): Promise<readonly CustomerName[]> {
  const { state } = readState(await turn.state.get<ConversationState>());
  return state.form?.token === token ? state.form.draft.queue : [];
}

async function openStartDate(context: TurnContext, turn: Turn, data: CardData): Promise<void> {
  const { state } = readState(await turn.state.get<ConversationState>());
  const { customerId, workload } = data;
  const draft = emptyDraft(turn.services.newToken(), turn.language);
  if (customerId === undefined) {
    return beginWith(context, turn, state, draft);
  }
  const file = await lookUpCustomer(turn.services.customers, turn.actor, customerId);
  if (!file) {
    return shown(turn, await noticeCard({ paragraphs: [text(turn.language, 'startDate.unknown')] }));
  }
  const queue = (state.form?.draft.queue ?? []).filter((one) => one.customerId !== customerId);
  const named = { ...draft, ...enteredOf(data), customer: { customerId, name: file.customer.name }, workload, queue };
  return file.workloads.some((row) => row.workload === workload && takesStartDate(row))
    ? showForm(turn, { ...state, dialog: undefined }, { draft: named, file })
    : beginWith(context, turn, state, named);
}

/** What the pressed card asked is over. A card further up in the chat ends nothing but itself. */
async function closeOpen(turn: Turn, { dialog, customerId, workload }: CardData): Promise<void> {
  const { state } = readState(await turn.state.get<ConversationState>());
  const asked = openDraft(state.dialog);
  const form = state.form?.draft;
  const isDialog = dialog !== undefined && asked?.id === dialog;
  const isForm = customerId !== undefined && form?.customer?.customerId === customerId && form.workload === workload;
  const namesNothing = dialog === undefined && customerId === undefined;
  if (isDialog || isForm || namesNothing) {
    turn.state.set(EMPTY_STATE);
  }
}

/** What "Next: …" carries over from the customer before. */
function enteredOf({ date, precision, occasion, reason }: CardData): Partial<StartDateDraft> {
  const day = date === undefined ? undefined : parseDate(date);
  return {
    day: day && { iso: day.toString(), precision: precision === 'month' ? 'month' : 'day' },
    occasion: isOneOf(OCCASIONS, occasion) ? occasion : undefined,
    reason,
  };
}

async function answerDialog(context: TurnContext, turn: Turn, data: CardData): Promise<void> {
  const { state } = readState(await turn.state.get<ConversationState>());
  const draft = openDraft(state.dialog);
  if (!state.dialog || !draft || draft.id !== data.dialog) {
    return shown(turn, await closedCard(turn, 'dialog.closed', data));
  }
  return afterStep(context, turn, state, await continueDialog(context, state.dialog));
}

const MAX_ATTEMPT_NOTE = 2500;

async function recordAttempt(turn: Turn, { data, activityId }: Press): Promise<void> {
  const { language, services, actor } = turn;
  if (data.customerId === undefined || data.workload === undefined) {
    return shown(turn, await unreadable(language));
  }
  const outcome = await recordContact(services, {
    actor,
    customerId: data.customerId,
    workload: data.workload,
    kind: 'attempt',
    // The button made it, of what the form holds; forged, it may be longer than the log takes.
    note: (data.note ?? '').slice(0, MAX_ATTEMPT_NOTE),
    token: data.token ?? activityId,
  });
  const key = outcome.kind === 'recorded' ? 'startDate.attemptRecorded' : 'startDate.unknown';
  return shown(turn, await closedCard(turn, key, data));
}

async function showRecords(turn: Turn, kind: 'history' | 'notes', data: CardData): Promise<void> {
  return data.customerId === undefined
    ? shown(turn, await unreadable(turn.language))
    : shown(turn, await recordsCard(turn, kind, { ...data, customerId: data.customerId }));
}

async function vote(turn: Turn, { topic, helpful }: CardData): Promise<void> {
  const { language, services, actor } = turn;
  if (topic === undefined || helpful === undefined) {
    return shown(turn, await unreadable(language));
  }
  const at = services.clock.now().toString();
  await services.feedback.vote({ topic, helpful, userId: actor.userId, at });
  return shown(turn, await topicCard(language, topic, 'voted'));
}

async function setLanguage(turn: Turn, language: Language | undefined): Promise<void> {
  if (language === undefined) {
    return shown(turn, await unreadable(turn.language));
  }
  await chooseLanguage(turn.services.profiles, turn.actor.userId, language);
  return shown(turn, await noticeCard({ paragraphs: [text(language, 'language.now')] }));
}
