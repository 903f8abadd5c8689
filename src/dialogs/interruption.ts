import type { Intent } from '../domain/vocabulary';
import { isAboutReminders } from '../domain/vocabulary';
import type { Answer } from '../language/answers';
import { readOccasion } from '../language/occasion-answer';
import { smallTalk } from '../language/small-talk';
import type { Understanding } from '../language/understanding';
import type { StartDateDraft } from './start-date-draft';
import type { TypedAnswer } from './typed-answer';

/** What a sentence said while a question is open is taken for. */
export type InDialog =
  /** An answer to the open question. */
  | 'answer'
  /** Something else, after which the open question is asked again. */
  | 'interruption'
  /** A new change, which replaces the open one. */
  | 'newChange'
  /** Another purpose that has questions of its own: what was open is over. */
  | 'newPurpose';

const OTHER_THINGS: ReadonlySet<Intent> = new Set<Intent>([
  'start-date-list',
  'show-history',
  'show-notes',
  'team-load',
  'open-completions',
  'gaps',
  'settings',
  'set-language',
  'help',
]);

/** A command is short; a reason that mentions one is a sentence. */
const COMMAND_LENGTH = 40;
const SHORT_LENGTH = 25;

/** A word or two beside the point ("sometime") is no question about the playbook; CJK says more with fewer signs. */
const isLongEnough = (text: string): boolean =>
  text.trim().length >= (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 6 : 12);

const isQuestionMarked = (text: string): boolean => /[?？]\s*$/.test(text.trim());

/** Purposes that ask questions themselves: two dialogs at once would be one too many. */
const OWN_DIALOGS: ReadonlySet<Intent> = new Set<Intent>(['complete-engagement', 'customer-replied', 'no-reply']);

const ANSWERS: ReadonlySet<Answer['kind']> = new Set<Answer['kind']>(['ordinal', 'both', 'skip', 'no', 'yes']);

/** "No wait, Teams": a name or two and few words beside are no question, whatever topic they look like. */
const isChangeOfMind = (said: Understanding, text: string): boolean =>
  said.intent === 'question' &&
  said.customers.length + said.workloads.length > 0 &&
  text.trim().length <= SHORT_LENGTH &&
  !isQuestionMarked(text);

/** "Rescheduled" or "first e-mail", when asked what happened: elsewhere a request, a question, even the wish to stop. */
export const tellsOccasion = ({ asking, language }: StartDateDraft, text: string): boolean =>
  asking === 'occasion' && !isQuestionMarked(text) && readOccasion(text, language) !== undefined;

/** Whether a sentence answers the open question, interrupts it, or starts something else. */
export function inDialog(draft: StartDateDraft, { said, text, answer, onlyDate }: TypedAnswer): InDialog {
  if (smallTalk(text)) {
    return 'interruption';
  }
  if (onlyDate || (answer && ANSWERS.has(answer.kind)) || isChangeOfMind(said, text) || tellsOccasion(draft, text)) {
    return 'answer';
  }
  if (said.intent === 'question' && (draft.asking !== 'reason' || isQuestionMarked(text))) {
    const isAnswer = answersAsked(draft, said) || !isLongEnough(text);
    return isAnswer && !isQuestionMarked(text) ? 'answer' : 'interruption';
  }
  if (said.intent === 'none' && isQuestionMarked(text) && isLongEnough(text) && !answersAsked(draft, said)) {
    return 'interruption';
  }
  if (isAboutReminders(said.intent) && (draft.asking !== 'reason' || isQuestionMarked(text))) {
    return 'interruption';
  }
  if (
    OTHER_THINGS.has(said.intent) &&
    (isCommand(draft, text) || isQuestionMarked(text)) &&
    !answersAsked(draft, said)
  ) {
    return 'interruption';
  }
  if (OWN_DIALOGS.has(said.intent) && draft.asking !== 'reason' && draft.asking !== 'occasion') {
    return 'newPurpose';
  }
  return startsOver(draft, said) ? 'newChange' : 'answer';
}

/** Short enough for a command: where the reason was asked for, longer words are one. */
const isCommand = ({ asking }: StartDateDraft, text: string): boolean =>
  text.trim().length <= (asking === 'reason' ? COMMAND_LENGTH / 2 : COMMAND_LENGTH);

/** A bare fact for the open question ("kickoff", "Teams") is an answer even where it looks like a topic. */
function answersAsked(draft: StartDateDraft, said: Understanding): boolean {
  switch (draft.asking) {
    case 'customer':
      return said.customers.length > 0 && said.intent === 'none';
    case 'workload':
      return said.workloads.length > 0;
    case 'date':
      return said.date.kind !== 'none';
    case 'occasion':
      return said.occasion !== undefined;
    case 'reason':
    case undefined:
      return false;
  }
}

/**
 * Another customer with a request of its own, or the bare request from the start: the user changed their mind. Where the
 * reason was asked for, another customer alone may be part of it.
 */
function startsOver(draft: StartDateDraft, said: Understanding): boolean {
  const [named] = said.customers;
  const isRequest = said.intent === 'change-start-date' || said.intent === 'plan-deployment';
  const another = named !== undefined && draft.customer !== undefined && named.customerId !== draft.customer.customerId;
  return draft.asking === 'reason'
    ? isRequest && another && said.workloads.length > 0 && said.date.kind !== 'none' && said.reason === undefined
    : isRequest && (another || saysNothingElse(said));
}

const saysNothingElse = (said: Understanding): boolean =>
  said.customers.length === 0 &&
  said.unknownCustomer === undefined &&
  said.workloads.length === 0 &&
  said.date.kind === 'none' &&
  said.occasion === undefined &&
  said.reason === undefined;
