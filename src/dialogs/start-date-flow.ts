import type { TurnContext } from 'botbuilder-core';
import type { StartDateForm } from '../cards/start-date-form';
import { startDateForm } from '../cards/start-date-form';
import type { CustomerFile } from '../ports/customers';
import type { Occasion } from '../domain/vocabulary';
import { isOneOf, ONE_WAY_OCCASIONS } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import type { ConversationState, OpenForm } from './conversation-state';
import { EMPTY_STATE, touched } from './conversation-state';
import type { StackStep } from './dialog-stack';
import { beginStartDate } from './dialog-stack';
import type { StartDateDraft } from './start-date-draft';
import { draftDate, emptyDraft, fillFrom } from './start-date-draft';
import type { Turn } from './turn';
import { typedAnswer } from './typed-answer';

/** Begins a change with whatever the sentence says about it. */
export async function startOver(
  context: TurnContext,
  turn: Turn,
  state: ConversationState,
  occasion?: Occasion,
): Promise<void> {
  const empty = { ...emptyDraft(turn.services.newToken(), turn.language), occasion };
  const draft =
    turn.input.kind === 'said' ? fillFrom(empty, turn.input.understanding, phraseOf(turn, turn.input)) : empty;
  return beginWith(context, turn, state, draft);
}

/** The words of the date in what was said, to quote them when they can be read in two ways. */
export const phraseOf = (
  { language, today }: Turn,
  { text: sentence, understanding }: Extract<Turn['input'], { kind: 'said' }>,
): string => typedAnswer(sentence, understanding, { language, today }).datePhrase;

export async function beginWith(
  context: TurnContext,
  turn: Turn,
  state: ConversationState,
  draft: StartDateDraft,
): Promise<void> {
  const clean = { ...state, form: undefined, awaitingCustomerFor: undefined };
  return afterStep(context, turn, clean, await beginStartDate(context, draft));
}

/** Keeps the stack; when the dialog has all it needs, shows the form, which is the confirmation. */
export async function afterStep(
  _context: TurnContext,
  turn: Turn,
  state: ConversationState,
  { stack, result }: StackStep,
): Promise<void> {
  if (!result) {
    turn.state.set(touched({ ...state, dialog: stack, language: turn.language }, turn.services.clock.now()));
    return;
  }
  if (result.kind === 'impossible') {
    turn.state.set(EMPTY_STATE);
    return turn.say(text(turn.language, result.messageKey, { customer: result.customer }));
  }
  return showForm(turn, state, result);
}

/** What the form is shown with; a form opened from a reminder says so and knows its digest. */
interface FormOpening extends Partial<Pick<StartDateForm, 'messages' | 'digest'>> {
  readonly draft: StartDateDraft;
  readonly file: CustomerFile;
}

/** Sends the form and remembers it, so that "save" and corrections can be typed; the dialog is over. */
export async function showForm(
  turn: Turn,
  state: ConversationState,
  { draft, file, ...extra }: FormOpening,
): Promise<void> {
  const form = { ...formOf(draft, file, turn.services.newToken()), ...extra };
  const messageId = await turn.show(await startDateForm(draft.language, form));
  const open: OpenForm = {
    draft,
    token: form.token,
    seen: form.current.startDate?.date.toString() ?? 'none',
    accepted: [],
    messageId: undefined,
  };
  const opened = { ...state, dialog: undefined, form: open, language: draft.language };
  const next = touched(opened, turn.services.clock.now());
  turn.state.set(next);
  rememberMessage(turn, next, open, messageId);
}

/** The form's message id is known only after sending: it lets a typed "save" turn the card itself into the result. */
export function rememberMessage(
  turn: Turn,
  state: ConversationState,
  open: OpenForm,
  placeholder: string | undefined,
): void {
  if (placeholder === undefined) {
    return;
  }
  turn.state.afterSend(async (idOf) => {
    const messageId = idOf(placeholder);
    if (messageId !== undefined) {
      turn.state.set({ ...state, form: { ...open, messageId } });
    }
    return Promise.resolve();
  });
}

function formOf(draft: StartDateDraft, { customer, workloads }: CustomerFile, token: string): StartDateForm {
  const current = workloads.find(({ workload }) => workload === draft.workload);
  if (!current) {
    throw new Error('a complete draft names a workload of its customer');
  }
  const oneWay = isOneOf(ONE_WAY_OCCASIONS, draft.occasion);
  return {
    customer,
    current,
    entered: {
      date: draft.day && draftDate(draft.day),
      precision: draft.day?.precision ?? 'day',
      occasion: draft.occasion,
      reason: draft.reason ?? '',
    },
    token,
    messages: oneWay ? [text(draft.language, 'startDate.refusal.oneWayContact')] : [],
    following: draft.queue.map(({ name }) => name),
    warnings: [],
    offerAttempt: oneWay,
  };
}
