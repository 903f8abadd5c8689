import type { TurnContext } from 'botbuilder-core';
import { Temporal } from 'temporal-polyfill';
import type { Card } from '../cards/render';
import type { Intent, Language } from '../domain/vocabulary';
import { readAnswer } from '../language/answers';
import { deniedWorkload } from '../language/correction';
import { readOccasion } from '../language/occasion-answer';
import { isAllReason, isStatement, readReason } from '../language/reason/bare-reason';
import type { Understanding } from '../language/understanding';
import { text } from '../locales/catalog';
import { startDateText } from '../locales/format';
import { lookUpCustomer } from '../usecases/look-up-customer';
import type { ConversationState, OpenForm } from './conversation-state';
import { touched } from './conversation-state';
import { putAway, wasSaved } from './form-card';
import { dayOfShownMonth } from './shown-month';
import { draftDate, fillFrom, missingSlot, settleShift } from './start-date-draft';
import { beginWith, phraseOf, rememberMessage, showForm } from './start-date-flow';
import type { FormEntry } from './start-date-form-steps';
import { saveStartDate } from './start-date-form-steps';
import type { Turn } from './turn';
import { typedAnswer } from './typed-answer';

/** A typed "save": commits what the form on the screen stands for. */
export async function saveTyped(context: TurnContext, turn: Turn, state: ConversationState): Promise<void> {
  const { form } = state;
  const entry = form && entryOfForm(form);
  if (!form || !entry || (await wasSaved(turn, form))) {
    return turn.say(text(turn.language, 'nothingToSave'));
  }
  const result = await saveStartDate(turn, entry);
  if (result.saved) {
    return afterSaved(context, turn, state, { form, card: result.card });
  }
  await putAway(turn, form, 'replaced');
  const messageId = await turn.show(result.card);
  if (result.form) {
    // Saving again accepts the warnings now shown, and the date now shown as current has been seen.
    const seen = result.form.current.startDate?.date.toString() ?? 'none';
    const open: OpenForm = { ...form, accepted: result.form.warnings, seen, messageId: undefined };
    const next = touched({ ...state, form: open }, turn.services.clock.now());
    turn.state.set(next);
    rememberMessage(turn, next, open, messageId);
  }
}

/** The form's card turns into the result; a customer of the same sentence ("both") comes next. */
async function afterSaved(
  context: TurnContext,
  turn: Turn,
  state: ConversationState,
  { form, card }: { readonly form: OpenForm; readonly card: Card },
): Promise<void> {
  turn.state.set({ ...state, form: undefined });
  if (form.messageId === undefined) {
    await turn.show(card);
  } else {
    await turn.replace(form.messageId, card);
    await turn.say(savedLine(turn, form));
  }
  const [customer, ...queue] = form.draft.queue;
  if (customer) {
    const draft = { ...form.draft, id: turn.services.newToken(), customer, queue };
    await beginWith(context, turn, state, draft);
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

/** Says something about the change on the screen, be it only what happened, or that another customer is meant. */
export function isAboutForm(
  form: OpenForm,
  said: Understanding,
  {
    sentence,
    ...place
  }: { readonly sentence: string; readonly language: Language; readonly today: Temporal.PlainDate },
): boolean {
  const { draft } = form;
  const denied = deniedWorkload(sentence, place.language);
  if (denied !== undefined) {
    return denied === draft.workload;
  }
  const [named, ...others] = said.customers;
  if (bareReason(form, said, sentence) !== undefined) {
    return true;
  }
  if (others.length > 0 || said.unknownCustomer !== undefined) {
    return false;
  }
  // A date and little else corrects the date shown, whatever its words would mean elsewhere ("é dia 4").
  const { onlyDate } = typedAnswer(sentence, said, place);
  const isDate = onlyDate || (said.date.kind !== 'none' && beginsWithNo(sentence, place.language));
  if ((named === undefined && isDate) || readOccasion(sentence, draft.language)) {
    return true;
  }
  const tells =
    said.date.kind !== 'none' ||
    said.occasion !== undefined ||
    said.reason !== undefined ||
    said.workloads.length === 1;
  const isOther = named !== undefined && named.customerId !== draft.customer?.customerId;
  // A whole request for another customer is a change of its own; "no, Fabrikam" corrects this one.
  return isOther
    ? said.intent === 'none' && (said.workloads.length === 1 || beginsWithNo(sentence, place.language))
    : (said.intent === 'none' || said.intent === 'change-start-date') && tells;
}

/** What a statement may be taken for and still be one. */
const STATEMENTS: ReadonlySet<Intent> = new Set<Intent>(['none', 'change-start-date', 'question']);
const COMMANDS_ABOUT_CUSTOMERS: ReadonlySet<Intent> = new Set<Intent>([
  'complete-engagement',
  'no-reply',
  'customer-replied',
  'plan-deployment',
]);

/**
 * A message that only says why ("weil der Admin krank ist", "the admin is sick") gives the form on the screen its reason.
 * What it names belongs to the reason. Without a conjunction it must be a statement that says nothing else, and nothing
 * else was talked about since.
 */
export function bareReason({ draft, aside }: OpenForm, said: Understanding, sentence: string): string | undefined {
  const why = readReason(sentence, draft.language);
  if (why === undefined || /[?？]\s*$/.test(sentence) || readOccasion(sentence, draft.language) !== undefined) {
    return undefined;
  }
  if (said.reason !== undefined) {
    return said.customers.length === 0 && isAllReason(sentence, why) ? why.reason : undefined;
  }
  if (why.stated === 'before') {
    return why.reason;
  }
  const isErrand = !STATEMENTS.has(said.intent);
  if (why.stated === 'behind') {
    return isErrand && !COMMANDS_ABOUT_CUSTOMERS.has(said.intent) ? undefined : why.reason;
  }
  const saysMore = said.customers.length > 0 || said.workloads.length > 0 || said.date.kind !== 'none';
  return isErrand || aside === true || saysMore || said.occasion !== undefined || !isStatement(sentence)
    ? undefined
    : why.reason;
}

const beginsWithNo = (sentence: string, language: Language): boolean =>
  readAnswer(/^[^,，、.。!！]*/u.exec(sentence)?.[0] ?? '', language)?.kind === 'no';

function withShownMonth(
  { language, today }: Turn,
  { draft }: OpenForm,
  { text: sentence, understanding }: Extract<Turn['input'], { kind: 'said' }>,
): Understanding {
  const shown = draft.day && draftDate(draft.day);
  const date = shown && dayOfShownMonth(sentence, { language, today, shown });
  return date ? { ...understanding, date } : understanding;
}

const saysOnly = (reason: string, { language }: Understanding): Understanding => ({
  language,
  intent: 'change-start-date',
  customers: [],
  unknownCustomer: undefined,
  workloads: [],
  date: { kind: 'none' },
  occasion: undefined,
  reason,
  targetLanguage: undefined,
});

/** "A week later", said of the form: than the day it shows. A whole request is about the start date as it is stored. */
const countedFrom = ({ draft }: OpenForm, { customers, workloads }: Understanding): Temporal.PlainDate | undefined =>
  draft.day && customers.length + workloads.length === 0 ? draftDate(draft.day) : undefined;

/** "No, the 4th": the form again with what was said; what became open is asked. */
export async function correctForm(context: TurnContext, turn: Turn, state: ConversationState): Promise<void> {
  const { form } = state;
  if (!form || turn.input.kind !== 'said') {
    return;
  }
  const said = turn.input;
  // A sentence in another language is answered in it: the form, too.
  const language = said.understanding.language ?? form.draft.language;
  const reason = bareReason(form, said.understanding, said.text);
  const understanding = reason === undefined ? withShownMonth(turn, form, said) : saysOnly(reason, said.understanding);
  const told = fillFrom({ ...form.draft, language, problem: undefined }, understanding, phraseOf(turn, said));
  const occasion = readOccasion(said.text, form.draft.language) ?? told.occasion;
  const isDenied = deniedWorkload(said.text, turn.language) !== undefined;
  const filled = { ...told, occasion, workload: isDenied ? undefined : told.workload };
  const file =
    filled.customer && (await lookUpCustomer(turn.services.customers, turn.actor, filled.customer.customerId));
  const current = file?.workloads.find(({ workload }) => workload === filled.workload);
  const settled = current
    ? settleShift(filled, countedFrom(form, said.understanding) ?? current.startDate?.date)
    : filled;
  if (!(await wasSaved(turn, form))) {
    await putAway(turn, form, 'replaced');
  }
  if (file && current && settled.workload === form.draft.workload && missingSlot(settled) === undefined) {
    return showForm(turn, state, { draft: settled, file });
  }
  return beginWith(context, turn, state, settled);
}
