import { Temporal } from 'temporal-polyfill';
import { isOneOf, OCCASIONS, ONE_WAY_OCCASIONS, WORKLOADS } from '../domain/vocabulary';
import type { Answer } from '../language/answers';
import { text as catalogText } from '../locales/catalog';
import type { StartDateDraft } from './start-date-draft';
import { fillFrom } from './start-date-draft';
import type { TypedAnswer } from './typed-answer';

/** Takes a typed answer: first as an answer to what was asked, then for whatever else it says. */
export function takeTyped(draft: StartDateDraft, typed: TypedAnswer): StartDateDraft {
  const open = { ...draft, problem: undefined };
  if (open.asking === 'reason' && !typed.onlyDate) {
    return takeReason(open, typed.text);
  }
  const chosen = takeChoice(open, typed);
  if (chosen) {
    return chosen;
  }
  const filled = fillFrom(open, typed.said, typed.datePhrase);
  return filled.problem || isSettled(filled) ? filled : { ...filled, problem: notUnderstood(filled, typed.text) };
}

function takeReason(draft: StartDateDraft, reason: string): StartDateDraft {
  const trimmed = reason.trim();
  return /[\p{L}\p{N}]/u.test(trimmed)
    ? { ...draft, reason: trimmed }
    : { ...draft, problem: { kind: 'reasonMissing' } };
}

/** The choice an ordinal names: 1 is the first, -1 the last. */
const ordinalOf = <T>(choices: readonly T[], answer: Answer | undefined): T | undefined =>
  answer?.kind === 'ordinal' ? choices.at(answer.position > 0 ? answer.position - 1 : answer.position) : undefined;

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
      const typed = text.trim().toLocaleLowerCase();
      const all = [...OCCASIONS, ...ONE_WAY_OCCASIONS];
      const occasion =
        ordinalOf(all, answer) ??
        all.find((item) => catalogText(draft.language, `occasion.${item}`).toLocaleLowerCase() === typed);
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

const isSettled = (draft: StartDateDraft): boolean => {
  switch (draft.asking) {
    case 'customer':
      return draft.customer !== undefined || draft.customerChoices.length > 0;
    case 'workload':
      return draft.workload !== undefined;
    case 'date':
      return draft.day !== undefined || draft.dayChoices.length > 0 || draft.shift !== undefined;
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
      return { kind: 'dateNotFound' };
    case 'workload':
    case 'occasion':
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
  if (slot === 'occasion' && isOneOf([...OCCASIONS, ...ONE_WAY_OCCASIONS], occasion)) {
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
