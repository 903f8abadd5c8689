import type { TurnContext } from 'botbuilder-core';
import { Temporal } from 'temporal-polyfill';
import type { Understanding } from '../language/understanding';
import { text } from '../locales/catalog';
import { startDateText } from '../locales/format';
import { lookUpCustomer } from '../usecases/look-up-customer';
import type { ConversationState, OpenForm } from './conversation-state';
import { openDraft } from './dialog-stack';
import { fillFrom, missingSlot, settleShift } from './start-date-draft';
import { beginWith, phraseOf, rememberMessage, showForm } from './start-date-flow';
import type { FormEntry } from './start-date-form-steps';
import { saveStartDate } from './start-date-form-steps';
import type { Turn } from './turn';

/** A typed "save": commits what the form on the screen stands for. */
export async function saveTyped(turn: Turn, state: ConversationState): Promise<void> {
  const { form } = state;
  const entry = form && entryOfForm(form);
  if (!form || !entry) {
    return turn.say(text(turn.language, openDraft(state.dialog) ? 'notUnderstoodInDialog' : 'nothingToSave'));
  }
  const result = await saveStartDate(turn, entry);
  if (result.saved) {
    turn.state.set({ ...state, form: undefined });
    if (form.messageId !== undefined) {
      await turn.replace(form.messageId, result.card);
      return turn.say(savedLine(turn, form));
    }
    await turn.show(result.card);
    return;
  }
  const messageId = await turn.show(result.card);
  if (result.form) {
    // Saving again accepts the warnings now shown, and the date now shown as current has been seen.
    const seen = result.form.current.startDate?.date.toString() ?? 'none';
    const open: OpenForm = { ...form, accepted: result.form.warnings, seen, messageId: undefined };
    const next = { ...state, form: open };
    turn.state.set(next);
    rememberMessage(turn, next, open, messageId);
  }
}

function savedLine(turn: Turn, { draft, seen }: OpenForm): string {
  const { language } = turn;
  const from = seen === 'none' ? undefined : { date: Temporal.PlainDate.from(seen), precision: 'day' as const };
  const to = draft.day && { date: Temporal.PlainDate.from(draft.day.iso), precision: draft.day.precision };
  return text(language, 'startDate.savedText', {
    customer: draft.customer?.name ?? '',
    workload: draft.workload ? text(language, `workload.${draft.workload}`) : '',
    from: startDateText(language, from),
    to: startDateText(language, to),
  });
}

function entryOfForm({ draft, token, seen, accepted }: OpenForm): FormEntry | undefined {
  if (!draft.customer || !draft.workload || !draft.day) {
    return undefined;
  }
  return {
    customerId: draft.customer.customerId,
    workload: draft.workload,
    date: draft.day.iso,
    precision: draft.day.precision,
    occasion: draft.occasion,
    reason: draft.reason ?? '',
    token,
    seen: seen === 'none' ? 'none' : Temporal.PlainDate.from(seen),
    accepted,
  };
}

/** Says something about the change on the screen and names no other customer: a correction. */
export function isAboutForm({ draft }: OpenForm, said: Understanding): boolean {
  const [named, ...others] = said.customers;
  const sameCustomer = named === undefined || named.customerId === draft.customer?.customerId;
  const aboutIt = said.intent === 'none' || said.intent === 'change-start-date';
  const tells =
    said.date.kind !== 'none' ||
    said.occasion !== undefined ||
    said.reason !== undefined ||
    said.workloads.length === 1;
  return sameCustomer && others.length === 0 && aboutIt && tells && said.unknownCustomer === undefined;
}

/** "No, the 4th": the form again with what was said; what became open is asked. */
export async function correctForm(context: TurnContext, turn: Turn, state: ConversationState): Promise<void> {
  const { form } = state;
  if (!form || turn.input.kind !== 'said') {
    return;
  }
  const filled = fillFrom({ ...form.draft, problem: undefined }, turn.input.understanding, phraseOf(turn, turn.input));
  const file =
    filled.customer && (await lookUpCustomer(turn.services.customers, turn.actor, filled.customer.customerId));
  const current = file?.workloads.find(({ workload }) => workload === filled.workload);
  const settled = current ? settleShift(filled, current) : filled;
  if (file && current && settled.workload === form.draft.workload && missingSlot(settled) === undefined) {
    return showForm(turn, state, settled, file);
  }
  return beginWith(context, turn, state, settled);
}
