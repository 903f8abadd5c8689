import { Temporal } from 'temporal-polyfill';
import type { Precision, Workload } from '../domain/records';
import { takesStartDate } from '../domain/start-date';
import type { Language, Occasion, OneWayOccasion, WorkloadId } from '../domain/vocabulary';
import { isOneOf, ONE_WAY_OCCASIONS } from '../domain/vocabulary';
import type { CustomerName, DateReading, Understanding } from '../language/understanding';

/** A date as it is kept in dialog state. */
export interface DraftDate {
  readonly iso: string;
  readonly precision: Precision;
}

export const SLOTS = ['customer', 'workload', 'date', 'occasion', 'reason'] as const;
export type Slot = (typeof SLOTS)[number];

/** Why the last answer did not settle its slot; worded by the question card. */
export type DraftProblem =
  | { readonly kind: 'customerUnknown'; readonly name: string }
  | { readonly kind: 'workloadMissing'; readonly workload: WorkloadId }
  | { readonly kind: 'workloadRefused'; readonly workload: WorkloadId }
  | { readonly kind: 'dateImpossible'; readonly input: string }
  | { readonly kind: 'dateNotFound' }
  | { readonly kind: 'notAmongChoices' }
  | { readonly kind: 'reasonMissing' };

/** A start-date change as far as it is known; plain JSON, kept in dialog state between the messages. */
export interface StartDateDraft {
  /** Names the questions of this dialog on their cards: an answer to another dialog's card is turned away. */
  readonly id: string;
  readonly language: Language;
  readonly customer: CustomerName | undefined;
  /** Equally good matches to choose from. */
  readonly customerChoices: readonly CustomerName[];
  /** What the buttons offer when no customer was named: "the second one" counts them. */
  readonly customersOffered: readonly CustomerName[];
  /** Customers of the same sentence that come after this one ("both"). */
  readonly queue: readonly CustomerName[];
  readonly workload: WorkloadId | undefined;
  readonly workloadChoices: readonly WorkloadId[];
  readonly day: DraftDate | undefined;
  /** Two readings of one phrase, to choose from, and the phrase. */
  readonly dayChoices: readonly DraftDate[];
  readonly dayInput: string;
  /** Relative to the current start date, until that is known. */
  readonly shift: { readonly days: number; readonly months: number } | undefined;
  readonly occasion: Occasion | OneWayOccasion | undefined;
  readonly reason: string | undefined;
  readonly problem: DraftProblem | undefined;
  readonly asking: Slot | undefined;
}

export const emptyDraft = (id: string, language: Language): StartDateDraft => ({
  id,
  language,
  customer: undefined,
  customerChoices: [],
  customersOffered: [],
  queue: [],
  workload: undefined,
  workloadChoices: [],
  day: undefined,
  dayChoices: [],
  dayInput: '',
  shift: undefined,
  occasion: undefined,
  reason: undefined,
  problem: undefined,
  asking: undefined,
});

export const draftDate = ({ iso }: DraftDate): Temporal.PlainDate => Temporal.PlainDate.from(iso);

/** Takes from a sentence whatever it says about the change; what it does not say stays as it was. */
export function fillFrom(draft: StartDateDraft, said: Understanding, input: string): StartDateDraft {
  const [workload] = said.workloads;
  const filled: StartDateDraft = {
    ...draft,
    ...customerOf(draft, said),
    workload: said.workloads.length === 1 ? workload : draft.workload,
    workloadChoices: said.workloads.length > 1 ? said.workloads : draft.workloadChoices,
    occasion: said.occasion ?? draft.occasion,
    reason: said.reason ?? draft.reason,
  };
  return withReading(filled, said.date, input);
}

function customerOf(draft: StartDateDraft, said: Understanding): Partial<StartDateDraft> {
  // Matches may carry more than a name; only the name belongs into dialog state.
  const named = said.customers.map(({ customerId, name }) => ({ customerId, name }));
  const [first, ...others] = named;
  if (first && others.length === 0) {
    const asking = first.customerId === draft.customer?.customerId ? draft.asking : undefined;
    return { customer: first, customerChoices: [], problem: undefined, asking };
  }
  if (first) {
    return { customer: undefined, customerChoices: named, problem: undefined };
  }
  return said.unknownCustomer !== undefined && !draft.customer
    ? { problem: { kind: 'customerUnknown', name: said.unknownCustomer } }
    : {};
}

/** Puts a date reading into the draft: settled, to be chosen, to be counted from the current date, or a problem. */
export function withReading(draft: StartDateDraft, reading: DateReading, input: string): StartDateDraft {
  const cleared = { ...draft, day: undefined, dayChoices: [], shift: undefined };
  switch (reading.kind) {
    case 'date':
      return { ...cleared, day: { iso: reading.date.toString(), precision: reading.precision } };
    case 'ambiguous':
      return {
        ...cleared,
        dayInput: input,
        dayChoices: reading.candidates.map(({ date, precision }) => ({ iso: date.toString(), precision })),
      };
    case 'shift':
      return { ...cleared, shift: { days: reading.days, months: reading.months } };
    case 'impossible':
      return { ...cleared, problem: { kind: 'dateImpossible', input: reading.text } };
    case 'none':
      return draft;
  }
}

/** Counts a relative shift from a day, as a rule the current start date; without one there is nothing to count from. */
export function settleShift(draft: StartDateDraft, from: Temporal.PlainDate | undefined): StartDateDraft {
  if (!draft.shift) {
    return draft;
  }
  const { days, months } = draft.shift;
  return {
    ...draft,
    shift: undefined,
    day: from ? { iso: from.add({ months, days }).toString(), precision: 'day' } : undefined,
  };
}

/**
 * Settles the workload against the customer's: only L1 In Progress ones are offered (S2), a single one is taken
 * without asking.
 */
export function settleWorkload(draft: StartDateDraft, workloads: readonly Workload[]): StartDateDraft {
  const open = workloads.filter(takesStartDate).map(({ workload }) => workload);
  if (draft.workload !== undefined) {
    const named = draft.workload;
    const found = workloads.find(({ workload }) => workload === named);
    if (found && takesStartDate(found)) {
      return { ...draft, workloadChoices: [] };
    }
    const kind = found ? 'workloadRefused' : 'workloadMissing';
    return { ...draft, workload: undefined, workloadChoices: open, problem: { kind, workload: named } };
  }
  const named = draft.workloadChoices.filter((workload) => open.includes(workload));
  const choices = named.length > 0 ? named : open;
  const [only] = choices;
  // Asked for because it named another: what is left is not taken unasked.
  return choices.length === 1 && only !== undefined && draft.asking !== 'workload'
    ? { ...draft, workload: only, workloadChoices: [] }
    : { ...draft, workloadChoices: choices };
}

/**
 * The slot to ask about next. Customer, workload, date and reason given at once go straight to the form, where an
 * occasion that the words did not give is still to be chosen. An e-mail or a voicemail is no start (S5): the form says so
 * before anybody is asked for a reason.
 */
export function missingSlot(draft: StartDateDraft): Slot | undefined {
  if (!draft.customer) {
    return 'customer';
  }
  if (!draft.workload) {
    return 'workload';
  }
  if (!draft.day) {
    return 'date';
  }
  if (draft.reason !== undefined || isOneOf(ONE_WAY_OCCASIONS, draft.occasion)) {
    return undefined;
  }
  return draft.occasion === undefined ? 'occasion' : 'reason';
}
