import type { TurnContext } from 'botbuilder-core';
import type { DialogState } from 'botbuilder-dialogs';
import type { Intent } from '../domain/vocabulary';
import type { Answer } from '../language/answers';
import { isAnswerIn, ordinalOf, readAnswer } from '../language/answers';
import { isStatement, readReason } from '../language/reason/bare-reason';
import { smallTalk } from '../language/small-talk';
import type { Understanding } from '../language/understanding';
import { text } from '../locales/catalog';
import type { ConversationState, Offered } from './conversation-state';
import { EMPTY_STATE, isLeftBehind, readState } from './conversation-state';
import { continueDialog, inLanguage, openDraft, repromptDialog } from './dialog-stack';
import { putAway, wasSaved } from './form-card';
import { inDialog, tellsOccasion } from './interruption';
import { correctForm, isAboutForm, saveTyped } from './open-form';
import { reminderRequest } from './reminder-pause';
import { route } from './router';
import type { StartDateDraft } from './start-date-draft';
import { afterStep } from './start-date-flow';
import type { Turn } from './turn';
import { attachTurn } from './turn';
import { typedAnswer } from './typed-answer';

/** A sentence in the one-to-one chat: goes to the open question, to the open form, or to a new purpose. */
export async function hear(context: TurnContext, turn: Turn): Promise<void> {
  attachTurn(context, turn);
  const { state: stored, outdated } = readState(await turn.state.get<ConversationState>());
  if (outdated) {
    turn.state.set(EMPTY_STATE);
    await turn.say(text(turn.language, 'dialog.outdated'));
  }
  if (turn.input.kind !== 'said') {
    return;
  }
  const { understanding, text: sentence } = turn.input;
  const answer = readAnswer(sentence, turn.language);
  const state = isLeftBehind(stored, turn.services.clock.now()) ? EMPTY_STATE : stored;
  const draft = openDraft(state.dialog);
  // First what is surely meant: the classifier takes "save it" and "speichern" for a cancel, whose neighbours they are.
  if (answer?.kind === 'save') {
    return draft && state.dialog ? stillOpen(context, turn, state.dialog) : saveTyped(context, turn, state);
  }
  if (answer?.kind === 'cancel' || (understanding.intent === 'cancel' && !isReason(sentence, turn, draft))) {
    return cancel(turn, stored);
  }
  if (state.dialog && draft) {
    return continueOpen(context, turn, state);
  }
  if (answer?.kind === 'yes' || answer?.kind === 'no') {
    return agree(context, turn, state, answer.kind);
  }
  if (state.awaitingPauseEnd && isDay(turn, understanding, sentence)) {
    return reminderRequest(turn, setAside(turn, state), 'pause-reminders');
  }
  const chosen = offeredAt(state, answer);
  if (chosen) {
    return choose(context, turn, state, chosen);
  }
  const names = understanding.customers.length > 0 || !(isStatement(sentence) || /[?？]\s*$/.test(sentence));
  const isName = names && !smallTalk(sentence);
  const intent = isName ? awaited(state, understanding) : understanding.intent;
  // What was asked last is answered first: "Exchange" says what to complete, not what the form set aside is about.
  const isAsked = state.completing !== undefined && intent === 'complete-engagement';
  if (
    state.form &&
    !isAsked &&
    isAboutForm(state.form, understanding, { sentence, language: turn.language, today: turn.today })
  ) {
    return correctForm(context, turn, state);
  }
  return route(context, turn, setAside(turn, state), intent);
}

/** "Because they cancelled" tells why, as does anything where the reason or what happened was asked for. */
const isReason = (sentence: string, { language }: Turn, draft: StartDateDraft | undefined): boolean =>
  draft?.asking === 'reason' ||
  (draft !== undefined && tellsOccasion(draft, sentence)) ||
  readReason(sentence, language)?.stated === 'before';

/** A "save" before there is a form: says so, and asks again. */
async function stillOpen(context: TurnContext, turn: Turn, stack: DialogState): Promise<void> {
  await turn.say(text(turn.language, 'notUnderstoodInDialog'));
  return repromptDialog(context, stack);
}

/** "Yes" to the form just shown saves it; "no" keeps it open; else there was nothing to agree to. */
async function agree(context: TurnContext, turn: Turn, state: ConversationState, said: 'yes' | 'no'): Promise<void> {
  if (!state.form || state.form.aside || (await wasSaved(turn, state.form))) {
    return turn.say(text(turn.language, 'alright'));
  }
  return said === 'yes' ? saveTyped(context, turn, state) : turn.say(text(turn.language, 'startDate.notSavedYet'));
}

/** The question for the end of a pause is answered by the next words or not at all: later a day means something else. */
function setAside(turn: Turn, state: ConversationState): ConversationState {
  const isFormOpen = state.form !== undefined && state.form.aside !== true;
  if (!isFormOpen && !state.awaitingPauseEnd) {
    return state;
  }
  const next = { ...state, form: state.form && { ...state.form, aside: true }, awaitingPauseEnd: undefined };
  turn.state.set(next);
  return next;
}

/** "Next Monday", "until the middle of January please". */
const isDay = ({ language, today }: Turn, said: Understanding, sentence: string): boolean =>
  typedAnswer(sentence, said, { language, today }).onlyDate ||
  (said.intent === 'none' && said.date.kind !== 'none' && said.customers.length + said.workloads.length === 0);

/** "The second one", where buttons were offered that no dialog knows of. */
const offeredAt = (
  { offered, awaitingCustomerFor, completing }: ConversationState,
  answer: Answer | undefined,
): Offered | undefined =>
  awaitingCustomerFor !== undefined || completing !== undefined ? ordinalOf(offered ?? [], answer) : undefined;

/** As if the name on the button had been typed; "2番目" alone could be Chinese, but not behind a Japanese question. */
async function choose(
  context: TurnContext,
  turn: Turn,
  state: ConversationState,
  { customer, workload }: Offered,
): Promise<void> {
  if (turn.input.kind !== 'said') {
    return;
  }
  const understanding: Understanding = {
    ...turn.input.understanding,
    intent: 'none',
    customers: customer ? [customer] : [],
    unknownCustomer: undefined,
    workloads: workload ? [workload] : [],
  };
  const isTheirs = state.language !== undefined && isAnswerIn(turn.input.text, state.language);
  const language = isTheirs ? state.language : turn.language;
  const named: Turn = { ...turn, language, input: { ...turn.input, understanding } };
  return route(context, named, setAside(turn, state), awaited(state, understanding));
}

/** "Whose history?" or "which workload?" was asked: a name alone answers it. */
function awaited(
  { awaitingCustomerFor, completing }: ConversationState,
  { intent, workloads }: Pick<Understanding, 'intent' | 'workloads'>,
): Intent {
  if (intent !== 'none') {
    return intent;
  }
  return completing !== undefined && workloads.length > 0 ? 'complete-engagement' : (awaitingCustomerFor ?? intent);
}

const isAsking = ({ completing, awaitingPauseEnd }: ConversationState): boolean =>
  completing !== undefined || awaitingPauseEnd === true;

async function cancel(turn: Turn, state: ConversationState): Promise<void> {
  const { language } = turn;
  const isFormOpen = state.form !== undefined && !(await wasSaved(turn, state.form));
  if (!state.dialog && !isFormOpen && !state.awaitingCustomerFor && !isAsking(state)) {
    return turn.say(text(language, 'nothingOpen'));
  }
  turn.state.set(EMPTY_STATE);
  if (isFormOpen) {
    await putAway(turn, state.form, 'cancelled');
  }
  return turn.say(text(language, 'cancelled'));
}

async function continueOpen(context: TurnContext, turn: Turn, state: ConversationState): Promise<void> {
  const draft = openDraft(state.dialog);
  if (!state.dialog || !draft || turn.input.kind !== 'said') {
    return;
  }
  const { understanding, text: sentence } = turn.input;
  const typed = typedAnswer(sentence, understanding, { language: draft.language, today: turn.today });
  switch (inDialog(draft, typed)) {
    case 'answer':
      return afterStep(context, turn, state, await continueDialog(context, state.dialog));
    case 'newChange':
    case 'newPurpose':
      turn.state.set(EMPTY_STATE);
      return route(context, turn, EMPTY_STATE, understanding.intent);
    case 'interruption':
      await route(context, turn, state, understanding.intent);
      return askAgain(context, turn, { ...state, dialog: state.dialog }, understanding);
  }
}

/** Asks the open question again, in the language just asked for if that was the interruption. */
async function askAgain(
  context: TurnContext,
  turn: Turn,
  state: ConversationState & { readonly dialog: DialogState },
  { intent, targetLanguage }: Understanding,
): Promise<void> {
  if (intent !== 'set-language' || targetLanguage === undefined) {
    return repromptDialog(context, state.dialog);
  }
  const dialog = inLanguage(state.dialog, targetLanguage);
  turn.state.set({ ...state, dialog, language: targetLanguage });
  return repromptDialog(context, dialog);
}
