import type { DialogState } from 'botbuilder-dialogs';
import { Temporal } from 'temporal-polyfill';
import type { StartDateWarning } from '../domain/start-date';
import type { Intent, Language, WorkloadId } from '../domain/vocabulary';
import type { CustomerName } from '../language/understanding';
import type { StartDateDraft } from './start-date-draft';

/** Raised whenever a stored dialog could no longer be continued as it stands. */
export const STATE_VERSION = 1;

/** The start-date form on the screen: what a typed "save" or a correction means. */
export interface OpenForm {
  readonly draft: StartDateDraft;
  readonly token: string;
  /** The start date the form showed as current; `none` for no date. */
  readonly seen: string;
  readonly accepted: readonly StartDateWarning[];
  /** Something else was talked about since: a "yes" may mean that. */
  readonly aside?: boolean | undefined;
  /** Message that carries the form, once Teams has told. */
  readonly messageId: string | undefined;
}

/** A button of a question that is no dialog: a customer, or a workload of the customer asked about. */
export interface Offered {
  readonly customer?: CustomerName;
  readonly workload?: WorkloadId;
}

/** What is kept between two messages of one conversation. */
export interface ConversationState {
  readonly version: number;
  readonly dialog: DialogState | undefined;
  readonly form: OpenForm | undefined;
  /** "Whose history?" was asked: a customer's name alone answers it. */
  readonly awaitingCustomerFor: Intent | undefined;
  /** "Which workload?" was asked about completing this customer's engagement: a workload alone answers it. */
  readonly completing?: string | undefined;
  /** What that question offers as buttons, in order: "the second one" counts them. */
  readonly offered?: readonly Offered[] | undefined;
  /** "From which day may I remind you again?" was asked last: a day alone answers it. */
  readonly awaitingPauseEnd?: boolean | undefined;
  /** Language of what is open, for answers that have none ("OK", "Contoso"). */
  readonly language: Language | undefined;
  /** Instant (ISO 8601) of the last message that opened or answered something; a press moves none. */
  readonly at?: string | undefined;
}

export const EMPTY_STATE: ConversationState = {
  version: STATE_VERSION,
  dialog: undefined,
  form: undefined,
  awaitingCustomerFor: undefined,
  language: undefined,
};

/** What was left open for longer is another day's work: a bare answer no longer means it; its card's buttons do. */
const HOURS_OPEN = 12;

/** The state as something was just opened or answered in it. */
export const touched = (state: ConversationState, now: Temporal.Instant): ConversationState => ({
  ...state,
  at: now.toString(),
});

/** Whether what is open was left so long ago that the next words are about something else. */
export function isLeftBehind({ at }: ConversationState, now: Temporal.Instant): boolean {
  return at !== undefined && Temporal.Instant.compare(Temporal.Instant.from(at).add({ hours: HOURS_OPEN }), now) < 0;
}

const isOpen = (state: ConversationState): boolean =>
  (state.dialog?.dialogStack.length ?? 0) > 0 || state.form !== undefined;

/**
 * The stored state if this version can go on with it. A dialog of another version ends rather than continuing in the
 * wrong step; `outdated` says that something was open.
 */
export function readState(stored: ConversationState | undefined): { state: ConversationState; outdated: boolean } {
  if (!stored) {
    return { state: EMPTY_STATE, outdated: false };
  }
  return stored.version === STATE_VERSION
    ? { state: stored, outdated: false }
    : { state: EMPTY_STATE, outdated: isOpen(stored) };
}
