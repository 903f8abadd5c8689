import { cardAction, workloadData } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { mailCard } from '../cards/checklist-mail';
import { completionNotes } from '../cards/checklist-note';
import { noticeCard } from '../cards/notice';
import { questionCard } from '../cards/question';
import type { Card } from '../cards/render';
import { subjectOf } from '../cards/start-date-form';
import { entriesBeyond } from '../domain/checklist/decision';
import type { CompletionMail } from '../domain/checklist/mails';
import type { Answers } from '../domain/checklist/steps';
import { readAnswers } from '../domain/checklist/steps';
import { MAX_REASON_LENGTH } from '../domain/start-date';
import { text } from '../locales/catalog';
import type { CompletionView } from '../usecases/completion-view';
import { loadCompletion, storedAnswers } from '../usecases/completion-view';
import { reopenChecklist } from '../usecases/reopen-checklist';
import type { SaveChecklist, SaveChecklistOutcome } from '../usecases/save-checklist';
import { saveChecklist } from '../usecases/save-checklist';
import { submitChecklist } from '../usecases/submit-checklist';
import {
  cardForCustomer,
  currentCard,
  customerQuestion,
  customersToComplete,
  notFound,
  openCard,
  submittedCard,
} from './checklist-flow';
import type { Turn } from './turn';

export type ChecklistVerb =
  'checklist.open' | 'checklist.save' | 'checklist.submit' | 'checklist.mail' | 'checklist.reopen';

/** A press on a card of the completion: the card that replaces the pressed one. */
export async function checklistPress(
  turn: Turn,
  { verb, data, activityId }: { readonly verb: ChecklistVerb; readonly data: CardData; readonly activityId: string },
): Promise<Card> {
  const { customerId, workload } = data;
  if (customerId === undefined) {
    return customerQuestion(turn, { offered: await customersToComplete(turn, []), unknown: undefined });
  }
  if (workload === undefined) {
    return (await cardForCustomer(turn, customerId, [])).card;
  }
  const command: SaveChecklist = {
    actor: turn.actor,
    customerId,
    workload,
    answers: turn.input.kind === 'pressed' ? readAnswers(turn.input.values) : {},
    seen: data.seen,
    token: data.token ?? activityId,
  };
  switch (verb) {
    case 'checklist.open': {
      const view = await loadCompletion(turn.services.customers, command);
      return view ? currentCard(turn, view) : notFound(turn);
    }
    case 'checklist.save':
      return cardOfSaved(turn, command, await saveChecklist(turn.services, command));
    case 'checklist.submit':
      return submit(turn, command);
    case 'checklist.mail':
      return mail(turn, command, data);
    case 'checklist.reopen':
      return reopen(turn, command, data.reason);
  }
}

async function cardOfSaved(turn: Turn, { answers }: SaveChecklist, outcome: SaveChecklistOutcome): Promise<Card> {
  switch (outcome.kind) {
    case 'saved':
      return openCard(turn, outcome.view, {
        answers: storedAnswers(outcome.view),
        said: { kind: 'saved', problems: outcome.problems },
      });
    case 'stale':
      return staleCard(turn, outcome.view, answers);
    case 'submitted':
      return submittedCard(turn, outcome.view, undefined);
    case 'unknown':
      return notFound(turn);
  }
}

/** The current state, with what was entered on the old copy beside it: the user decides, nothing is lost. */
async function staleCard(turn: Turn, view: CompletionView, entered: Answers): Promise<Card> {
  const answers = storedAnswers(view);
  const { checklist } = view;
  if (!checklist) {
    // The copy is of a draft that is no more: there is nothing newer to be overwritten.
    return openCard(turn, view, { answers: { ...answers, ...entered }, said: { kind: 'opened' } });
  }
  const { by, at } = checklist;
  const mine = entriesBeyond(answers, entered);
  return openCard(turn, view, { answers, said: { kind: 'stale', by, at, timeZone: turn.timeZone, mine } });
}

async function submit(turn: Turn, command: SaveChecklist): Promise<Card> {
  const outcome = await submitChecklist(turn.services, {
    ...command,
    today: turn.today,
    wordNotes: (facts) => completionNotes(turn.language, facts),
  });
  switch (outcome.kind) {
    case 'submitted':
      return submittedCard(turn, outcome.view, outcome.notes);
    case 'refused':
      return openCard(turn, outcome.view, {
        answers: outcome.answers,
        said: { kind: 'refused', problems: outcome.problems },
      });
    case 'stale':
      return staleCard(turn, outcome.view, command.answers);
    case 'saved':
      return currentCard(turn, outcome.view);
    case 'unknown':
      return notFound(turn);
  }
}

/** A mail draft; what was entered on the checklist is saved first, so that coming back finds it. */
async function mail(turn: Turn, command: SaveChecklist, data: CardData): Promise<Card> {
  if (data.mail === undefined) {
    return noticeCard({ paragraphs: [text(turn.language, 'error.press')] });
  }
  if (Object.keys(command.answers).length === 0) {
    const view = await loadCompletion(turn.services.customers, command);
    return view ? mailOf(turn, view, { ...data, mail: data.mail }) : notFound(turn);
  }
  const outcome = await saveChecklist(turn.services, { ...command, token: `${command.token}:mail` });
  return outcome.kind === 'submitted' || (outcome.kind === 'saved' && outcome.problems.length === 0)
    ? mailOf(turn, outcome.view, { ...data, mail: data.mail })
    : cardOfSaved(turn, command, outcome);
}

const mailOf = async (
  { language }: Turn,
  view: CompletionView,
  { mail: kind, mailLanguage }: CardData & { readonly mail: CompletionMail },
): Promise<Card> =>
  mailCard(language, kind, {
    customer: view.customer,
    workload: view.workload.workload,
    facts: view.facts,
    answers: storedAnswers(view),
    mailLanguage,
  });

async function reopen(turn: Turn, command: SaveChecklist, reason: string | undefined): Promise<Card> {
  const { language } = turn;
  const outcome = await reopenChecklist(turn.services, {
    ...command,
    reason: reason ?? '',
    wordNote: (words) =>
      text(language, 'checklist.reopen.note', {
        workload: text(language, `workload.${command.workload}`),
        reason: words,
      }),
  });
  switch (outcome.kind) {
    case 'reopened':
      return currentCard(turn, outcome.view, { kind: 'reopened' });
    case 'refused': {
      const refusal = text(language, `checklist.reopen.${outcome.refusal}`, { max: MAX_REASON_LENGTH });
      return reopenQuestion(turn, outcome.view, { messages: reason === undefined ? [] : [refusal], reason });
    }
    case 'open':
      return currentCard(turn, outcome.view);
    case 'unknown':
      return notFound(turn);
  }
}

async function reopenQuestion(
  { language, services }: Turn,
  { customer, workload }: CompletionView,
  { messages, reason = '' }: { readonly messages: readonly string[]; readonly reason: string | undefined },
): Promise<Card> {
  const data = { ...workloadData(customer.id, workload.workload), lang: language };
  return questionCard({
    title: text(language, 'checklist.reopen.title'),
    facts: [{ label: text(language, 'fact.customer'), value: subjectOf(language, customer, workload) }],
    messages,
    prompt: text(language, 'checklist.reopen.text'),
    hint: '',
    choices: [],
    date: undefined,
    freeText: {
      label: text(language, 'checklist.reopen.reason'),
      missing: text(language, 'checklist.reopen.missing'),
      value: reason,
    },
    actions: [
      cardAction(
        'checklist.reopen',
        text(language, 'checklist.reopen'),
        { ...data, token: services.newToken() },
        { inputs: 'auto', style: 'positive' },
      ),
      cardAction('checklist.open', text(language, 'action.cancel'), data),
    ],
  });
}
