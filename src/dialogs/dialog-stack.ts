import type { StatePropertyAccessor, TurnContext } from 'botbuilder-core';
import type { DialogState, DialogTurnResult } from 'botbuilder-dialogs';
import { DialogSet, DialogTurnStatus } from 'botbuilder-dialogs';
import type { Language } from '../domain/vocabulary';
import type { StartDateDraft } from './start-date-draft';
import type { StartDateDialogResult } from './start-date-dialog';
import { START_DATE_DIALOG, StartDateDialog } from './start-date-dialog';

const STACK = Symbol('dialog stack of this turn');

/** botbuilder-dialogs keeps its stack through an accessor; ours is a part of the conversation state. */
const accessor: StatePropertyAccessor<DialogState> = {
  get: async (context: TurnContext) => Promise.resolve(context.turnState.get<DialogState>(STACK)),
  set: async (context: TurnContext, value: DialogState) => {
    context.turnState.set(STACK, value);
    return Promise.resolve();
  },
  delete: async (context: TurnContext) => {
    context.turnState.delete(STACK);
    return Promise.resolve();
  },
};

const dialogs = new DialogSet(accessor);
dialogs.add(new StartDateDialog());

/** What a step did to the stack: the stack to keep (undefined when empty), and the dialog's result if it ended. */
export interface StackStep {
  readonly stack: DialogState | undefined;
  readonly result: StartDateDialogResult | undefined;
}

/** Starts the start-date dialog on an empty stack: a new request replaces what was open. */
export async function beginStartDate(context: TurnContext, draft: StartDateDraft): Promise<StackStep> {
  return step(context, undefined, async (dc) => dc.beginDialog(START_DATE_DIALOG, { draft }));
}

/** Gives the turn's input to the open dialog. */
export async function continueDialog(context: TurnContext, stack: DialogState): Promise<StackStep> {
  return step(context, stack, async (dc) => dc.continueDialog());
}

/** Asks the open question again. */
export async function repromptDialog(context: TurnContext, stack: DialogState): Promise<void> {
  context.turnState.set(STACK, structuredClone(stack));
  const dc = await dialogs.createContext(context);
  await dc.repromptDialog();
}

async function step(
  context: TurnContext,
  stack: DialogState | undefined,
  act: (dc: Awaited<ReturnType<DialogSet['createContext']>>) => Promise<DialogTurnResult>,
): Promise<StackStep> {
  // The stack is changed in place by the library; the state we were given stays as it was read.
  const state: DialogState = stack ? structuredClone(stack) : { dialogStack: [] };
  context.turnState.set(STACK, state);
  const dc = await dialogs.createContext(context);
  const turn: { status: DialogTurnStatus; result?: unknown } = await act(dc);
  const ended = turn.status === DialogTurnStatus.complete;
  return {
    stack: state.dialogStack.length > 0 ? state : undefined,
    result: ended ? (turn.result as StartDateDialogResult) : undefined,
  };
}

/** The draft of the open start-date dialog. */
export function openDraft(stack: DialogState | undefined): StartDateDraft | undefined {
  const top = stack?.dialogStack.at(-1);
  return top?.id === START_DATE_DIALOG ? (top.state as { draft?: StartDateDraft }).draft : undefined;
}

/** The same open question, to be asked in another language from now on. */
export function inLanguage(stack: DialogState, language: Language): DialogState {
  const draft = openDraft(stack);
  const below = stack.dialogStack.slice(0, -1);
  return draft
    ? { ...stack, dialogStack: [...below, { id: START_DATE_DIALOG, state: { draft: { ...draft, language } } }] }
    : stack;
}
