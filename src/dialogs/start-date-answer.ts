import { Temporal } from 'temporal-polyfill';
import { ALL_OCCASIONS, isOneOf, WORKLOADS } from '../domain/vocabulary';
import type { Answer } from '../language/answers';
import { ordinalOf } from '../language/answers';
import { deniedWorkload, takesBack } from '../language/correction';
import { readOccasion } from '../language/occasion-answer';
import { isAllReason, isStatement, readReason } from '../language/reason/bare-reason';
import type { StartDateDraft } from './start-date-draft';
import { fillFrom } from './start-date-draft';
import type { TypedAnswer } from './typed-answer';

/** Takes a typed answer: first as an answer to what was asked, then for whatever else it says. */
export function takeTyped(draft: StartDateDraft, typed: TypedAnswer): StartDateDraft {
  const open = { ...draft, problem: undefined };
  const denied = deniedWorkload(typed.text, draft.language);
  if (denied !== undefined) {
    return denied === open.workload
      ? { ...open, workload: undefined }
      : { ...open, problem: notUnderstood(open, typed.text) };
  }
  if (open.asking === 'reason' && !typed.onlyDate && !renames(open, typed)) {
    return takeReason(open, typed.text);
  }
  const why = readReason(typed.text, draft.language);
  const isWhy = why?.stated !== undefined && (typed.said.reason === undefined || isAllReason(typed.text, why));
  if (isWhy && !typed.onlyDate) {
    return { ...open, reason: why.reason };
  }
  const chosen = takeChoice(open, typed);
  if (chosen) {
    return chosen;
  }
  if (open.asking === 'occasion' && tellsOfAnother(open, typed)) {
    return takeReason(open, typed.text);
  }
  const filled = fillFrom(open, typed.said, typed.datePhrase);
  if (filled.problem || isSettled(open, filled) || corrects(open, filled)) {
    return filled;
  }
  return open.asking === 'occasion' && typed.answer === undefined && isSentence(typed.text)
    ? { ...filled, reason: why?.reason ?? typed.text.trim() }
    : { ...filled, problem: notUnderstood(filled, typed.text) };
}

/** "No, Teams", "actually Litware": a slip noticed late, and no reason. */
const renames = ({ language }: StartDateDraft, { text, said }: TypedAnswer): boolean =>
  said.customers.length + said.workloads.length === 1 && takesBack(text, language);

/** Beside a name: so little may still be a slip put right ("it is for Contoso"). */
const WORDS_BESIDE = 3;
const SIGNS_BESIDE = 6;

/** "Their CFO left, so Fabrikam waits": another customer is mentioned, not meant. */
function tellsOfAnother(draft: StartDateDraft, typed: TypedAnswer): boolean {
  const { customers, date, intent } = typed.said;
  const [other] = customers;
  if (other === undefined || other.customerId === draft.customer?.customerId || renames(draft, typed)) {
    return false;
  }
  const { words, signs } = lengthOf(other.name.split(/\s+/).reduce((rest, word) => rest.replace(word, ''), typed.text));
  const isLong = words > WORDS_BESIDE || signs > SIGNS_BESIDE;
  return intent === 'none' && date.kind === 'none' && isLong && isStatement(typed.text);
}

/** Whether it changed something settled before ("on the 7th" when asked what happened). */
const corrects = (before: StartDateDraft, draft: StartDateDraft): boolean =>
  (['customer', 'workload', 'day', 'dayChoices', 'shift'] as const).some((slot) => draft[slot] !== before[slot]);

/** Several words that ask nothing: said when asked what happened, they are the reason, and the form asks the rest. */
function isSentence(input: string): boolean {
  const { words, signs } = lengthOf(input);
  return !/[?？]$/.test(input.trim()) && (words > 1 || signs > 5);
}

/** Words, and Chinese and Japanese signs. */
const lengthOf = (input: string): { readonly words: number; readonly signs: number } => ({
  words: input.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length,
  signs: (input.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu) ?? []).length,
});

function takeReason(draft: StartDateDraft, input: string): StartDateDraft {
  const why = readReason(input, draft.language);
  return why ? { ...draft, reason: why.reason } : { ...draft, problem: { kind: 'reasonMissing' } };
}

/** "The second one", "both", or the label of a button typed out. */
function takeChoice(draft: StartDateDraft, { answer, text }: TypedAnswer): StartDateDraft | undefined {
  switch (draft.asking) {
    case 'customer':
      return takeCustomerChoice(draft, answer);
    case 'workload': {
      const workload = ordinalOf(draft.workloadChoices, answer);
      return workload && { ...draft, workload };
    }
    case 'date': {
      const day = ordinalOf(draft.dayChoices, answer);
      return day && { ...draft, day, dayChoices: [] };
    }
    case 'occasion': {
      const isNone = answer?.kind === 'skip';
      const occasion = ordinalOf(ALL_OCCASIONS, answer) ?? (isNone ? undefined : readOccasion(text, draft.language));
      return occasion && { ...draft, occasion };
    }
    case 'reason':
    case undefined:
      return undefined;
  }
}

function takeCustomerChoice(draft: StartDateDraft, answer: Answer | undefined): StartDateDraft | undefined {
  const [first, ...others] = draft.customerChoices;
  if (answer?.kind === 'both' && first) {
    return { ...draft, customer: first, queue: others, customerChoices: [] };
  }
  const offered = draft.customerChoices.length > 0 ? draft.customerChoices : draft.customersOffered;
  const customer = ordinalOf(offered, answer);
  return customer && { ...draft, customer, customerChoices: [] };
}

/** Whether the answer brought what was asked for, or at least fewer choices than there were. */
const isSettled = (before: StartDateDraft, draft: StartDateDraft): boolean => {
  switch (draft.asking) {
    case 'customer':
      return draft.customer !== undefined || draft.customerChoices !== before.customerChoices;
    case 'workload':
      return draft.workload !== undefined;
    case 'date':
      return draft.day !== undefined || draft.dayChoices !== before.dayChoices || draft.shift !== undefined;
    case 'occasion':
      return draft.occasion !== undefined || draft.reason !== undefined;
    case 'reason':
    case undefined:
      return true;
  }
};

function notUnderstood(draft: StartDateDraft, input: string): StartDateDraft['problem'] {
  switch (draft.asking) {
    case 'customer':
      return { kind: 'customerUnknown', name: input.trim().slice(0, 80) };
    case 'date':
      return draft.dayChoices.length > 0 ? { kind: 'notAmongChoices' } : { kind: 'dateNotFound' };
    case 'workload':
    case 'occasion':
      return { kind: 'notAmongChoices' };
    case 'reason':
    case undefined:
      return undefined;
  }
}

/**
 * Takes the values of a pressed button or of the card's inputs. They are untrusted: whatever is not of the expected
 * form is a problem to ask about, and names and rights are checked again when the rows are read.
 */
export function takePressed(draft: StartDateDraft, values: Readonly<Record<string, unknown>>): StartDateDraft {
  const open = { ...draft, problem: undefined };
  const { slot, customerId, workload, occasion, reason } = values;
  if (slot === 'customer' && typeof customerId === 'string') {
    const name = open.customerChoices.find((choice) => choice.customerId === customerId)?.name ?? '';
    return { ...open, customer: { customerId, name }, customerChoices: [] };
  }
  if (slot === 'workload' && isOneOf(WORKLOADS, workload)) {
    return { ...open, workload };
  }
  if (slot === 'date') {
    return takePressedDate(open, values);
  }
  if (slot === 'occasion' && isOneOf(ALL_OCCASIONS, occasion)) {
    return { ...open, occasion };
  }
  return slot === 'reason' && typeof reason === 'string' ? takeReason(open, reason) : open;
}

function takePressedDate(
  draft: StartDateDraft,
  { date, precision }: Readonly<Record<string, unknown>>,
): StartDateDraft {
  const day = typeof date === 'string' ? parseDate(date) : undefined;
  if (!day) {
    return { ...draft, problem: { kind: 'dateNotFound' } };
  }
  const iso = day.toString();
  return { ...draft, day: { iso, precision: precision === 'month' ? 'month' : 'day' }, dayChoices: [] };
}

/** @returns undefined when it is not a calendar date written YYYY-MM-DD. */
export function parseDate(input: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input)) {
    return undefined;
  }
  try {
    return Temporal.PlainDate.from(input, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
