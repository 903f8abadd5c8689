import { cardAction, choice } from '../cards/actions';
import type { ChecklistMessage } from '../cards/checklist';
import { checklistCard } from '../cards/checklist';
import { sheetCard } from '../cards/checklist-sheet';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import { isOpen } from '../domain/checklist/completion';
import type { Answers } from '../domain/checklist/steps';
import type { Note } from '../domain/records';
import type { WorkloadId } from '../domain/vocabulary';
import type { CustomerName, Understanding } from '../language/understanding';
import { text } from '../locales/catalog';
import type { CustomerSummary } from '../ports/customer-index';
import type { CustomerFile } from '../ports/customers';
import type { CompletionView } from '../usecases/completion-view';
import { seenOf, storedAnswers, viewOf } from '../usecases/completion-view';
import { lookUpCustomer } from '../usecases/look-up-customer';
import type { ConversationState } from './conversation-state';
import { touched } from './conversation-state';
import { MAX_CHOICES, offeredCustomers } from './start-date-question';
import type { Turn } from './turn';

/** "Complete Contoso Exchange": what is missing is asked for by buttons, and may be typed. */
export async function completeEngagement(turn: Turn, state: ConversationState): Promise<void> {
  if (turn.input.kind !== 'said') {
    return;
  }
  const { understanding } = turn.input;
  const customerId = namedCustomer(understanding, state);
  if (customerId === undefined) {
    const { customers, unknownCustomer } = understanding;
    const offered = await customersToComplete(turn, customers);
    const choices = offeredCustomers(offered).map((customer) => ({ customer }));
    keep(turn, state, { awaitingCustomerFor: 'complete-engagement', offered: choices });
    await turn.show(await customerQuestion(turn, { offered, unknown: unknownCustomer }));
    return;
  }
  const { card, asking } = await cardForCustomer(turn, customerId, understanding.workloads);
  const choices = asking?.map((workload) => ({ workload }));
  keep(turn, state, choices ? { completing: customerId, offered: choices } : {});
  await turn.show(card);
}

/** The one customer that is named, else the one whose workload was asked for. */
function namedCustomer({ customers }: Understanding, { completing }: ConversationState): string | undefined {
  const [named, ...others] = customers;
  return named ? (others.length === 0 ? named.customerId : undefined) : completing;
}

/** What was asked for before is answered or given up; the state is written only if that changes it. */
function keep(
  turn: Turn,
  state: ConversationState,
  {
    awaitingCustomerFor,
    completing,
    offered,
  }: Partial<Pick<ConversationState, 'awaitingCustomerFor' | 'completing' | 'offered'>>,
): void {
  if (state.awaitingCustomerFor !== awaitingCustomerFor || state.completing !== completing) {
    const asking = { ...state, awaitingCustomerFor, completing, offered, language: turn.language };
    turn.state.set(touched(asking, turn.services.clock.now()));
  }
}

/** The checklist, where it is clear of which workload; else the question, `asking` for one of these. */
export async function cardForCustomer(
  turn: Turn,
  customerId: string,
  named: readonly WorkloadId[],
): Promise<{ card: Card; asking: readonly WorkloadId[] | undefined }> {
  const file = await lookUpCustomer(turn.services.customers, turn.actor, customerId);
  if (!file) {
    return { card: await notFound(turn), asking: undefined };
  }
  const [chosen, ...others] = candidates(file, named);
  const view = chosen !== undefined && others.length === 0 ? viewOf(file, chosen) : undefined;
  return view
    ? { card: await currentCard(turn, view), asking: undefined }
    : { card: await workloadQuestion(turn, file, candidates(file, named)), asking: candidates(file, named) };
}

/** Workloads that may be meant: the named ones of the customer, else those still to be completed. */
function candidates({ workloads, checklists }: CustomerFile, named: readonly WorkloadId[]): WorkloadId[] {
  const meant = workloads.filter(({ workload }) => named.includes(workload));
  const open = workloads.filter((row) => isOpen(row, checklists));
  return (meant.length > 0 ? meant : open).map(({ workload }) => workload);
}

export const notFound = async ({ language }: Turn): Promise<Card> =>
  noticeCard({ paragraphs: [text(language, 'startDate.unknown')] });

/** Customers that have reached a milestone are most likely meant. */
function reachedFirst(customers: readonly CustomerSummary[]): CustomerSummary[] {
  const isDue = ({ workloads }: CustomerSummary): boolean =>
    workloads.some(({ completion }) => completion !== undefined);
  return [...customers.filter(isDue), ...customers.filter((customer) => !isDue(customer))];
}

/** Those that match what was said, else the FM's own. */
export async function customersToComplete(
  { services, actor }: Turn,
  matches: readonly CustomerName[],
): Promise<readonly CustomerName[]> {
  if (matches.length > 0 || actor.address === undefined) {
    return matches;
  }
  return reachedFirst(await services.index.ofFm(actor.address));
}

export async function customerQuestion(
  { language, actor }: Turn,
  { offered, unknown }: { readonly offered: readonly CustomerName[]; readonly unknown: string | undefined },
): Promise<Card> {
  const question = text(language, offered.length > 0 ? 'checklist.ask.customer' : 'checklist.ask.noCustomers');
  return noticeCard({
    // Who has no customers cannot mean another one; a lead can name any.
    paragraphs: [
      unknown === undefined || (offered.length === 0 && !actor.lead)
        ? question
        : text(language, 'startDate.ask.customerUnknown', { name: unknown }),
    ],
    choices: offeredCustomers(offered).map(({ customerId, name }) =>
      choice(cardAction('checklist.open', name, { customerId, lang: language })),
    ),
    footer: offered.length > MAX_CHOICES ? text(language, 'lists.customerHint') : '',
  });
}

async function workloadQuestion(
  { language }: Turn,
  { customer }: CustomerFile,
  workloads: readonly WorkloadId[],
): Promise<Card> {
  return noticeCard({
    subject: customer.name,
    paragraphs: [text(language, workloads.length > 0 ? 'checklist.ask.workload' : 'checklist.ask.none')],
    choices: workloads.map((workload) =>
      choice(
        cardAction('checklist.open', text(language, `workload.${workload}`), {
          customerId: customer.id,
          workload,
          lang: language,
        }),
      ),
    ),
  });
}

/** The completion as it stands: the checklist, or once it is submitted what to enter in FTOP. */
export async function currentCard(turn: Turn, view: CompletionView, said?: ChecklistMessage): Promise<Card> {
  return view.checklist?.status === 'submitted'
    ? submittedCard(turn, view, undefined)
    : openCard(turn, view, { answers: storedAnswers(view), said: said ?? { kind: 'opened' } });
}

export async function openCard(
  { language, services }: Turn,
  view: CompletionView,
  { answers, said }: { readonly answers: Answers; readonly said: ChecklistMessage },
): Promise<Card> {
  const { customer, workload, facts } = view;
  return checklistCard(language, {
    customer,
    workload: workload.workload,
    facts,
    answers,
    seen: seenOf(view),
    token: services.newToken(),
    said,
  });
}

/** Newest notes among which those of the completion are looked for. */
const NOTES_READ = 50;

/** @param written the notes, if they have just been written; else they are read. */
export async function submittedCard(
  { language, services, timeZone }: Turn,
  { customer, checklist, facts }: CompletionView,
  written: readonly Note[] | undefined,
): Promise<Card> {
  if (!checklist) {
    throw new Error('a submitted completion has a checklist');
  }
  const notes = written ?? (await services.customers.readLog(customer.id, NOTES_READ)).notes;
  return sheetCard(language, { customer, checklist, facts, notes, timeZone });
}
