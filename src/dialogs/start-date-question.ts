import type { Card } from '../cards/render';
import type { CardAction, Choice } from '../cards/actions';
import { cardAction, choice } from '../cards/actions';
import type { Question } from '../cards/question';
import { questionCard } from '../cards/question';
import { occasionChoices } from '../cards/start-date-form';
import type { Workload } from '../domain/records';
import type { CustomerName } from '../language/understanding';
import { text } from '../locales/catalog';
import { startDateText } from '../locales/format';
import type { DraftProblem, Slot, StartDateDraft } from './start-date-draft';
import { draftDate } from './start-date-draft';

/** More buttons than this do not fit a phone; the name can be typed. */
export const MAX_CHOICES = 8;

/** The customers that get a button, without what else is known about them: they are kept in dialog state. */
export const offeredCustomers = (customers: readonly CustomerName[]): CustomerName[] =>
  customers.slice(0, MAX_CHOICES).map(({ customerId, name }) => ({ customerId, name }));

/** What the questions are made from beside the draft. */
export interface QuestionContext {
  /** The user's own customers, for the first question. */
  readonly customers: readonly CustomerName[];
  /** The chosen customer's workloads, once there is one. */
  readonly workloads: readonly Workload[];
}

/** The card that asks for one slot, showing what is settled and what was wrong with the last answer. */
export async function startDateQuestion(draft: StartDateDraft, slot: Slot, context: QuestionContext): Promise<Card> {
  const { language } = draft;
  return questionCard({
    title: text(language, 'startDate.title'),
    facts: settled(draft, context.workloads),
    messages: draft.problem ? [problemText(draft, draft.problem, context.workloads)] : [],
    date: undefined,
    freeText: undefined,
    ...questionOf(draft, slot, context),
    actions: [...nextAction(draft, slot), cardAction('dialog.cancel', text(language, 'action.cancel'), idOf(draft))],
  });
}

const idOf = ({ id, language }: StartDateDraft): Record<string, unknown> => ({ dialog: id, lang: language });

const answer = (draft: StartDateDraft, title: string, value: Readonly<Record<string, unknown>>): Choice =>
  choice(cardAction('dialog.answer', title, { dialog: draft.id, lang: draft.language, ...value }));

function nextAction(draft: StartDateDraft, slot: Slot): CardAction[] {
  const takesInput = slot === 'reason' || (slot === 'date' && draft.dayChoices.length === 0);
  return takesInput
    ? [
        cardAction(
          'dialog.answer',
          text(draft.language, 'action.next'),
          { slot, ...idOf(draft) },
          { inputs: 'auto', style: 'positive' },
        ),
      ]
    : [];
}

type Asked = Pick<Question, 'prompt' | 'hint' | 'choices'> & Partial<Pick<Question, 'date' | 'freeText'>>;

function questionOf(draft: StartDateDraft, slot: Slot, context: QuestionContext): Asked {
  const { language } = draft;
  switch (slot) {
    case 'customer':
      return askCustomer(draft, context.customers);
    case 'workload':
      return {
        prompt: text(language, 'startDate.ask.workload'),
        hint: '',
        choices: draft.workloadChoices.map((workload) =>
          answer(draft, text(language, `workload.${workload}`), { slot, workload }),
        ),
      };
    case 'date':
      return askDate(draft);
    case 'occasion':
      return {
        prompt: text(language, 'startDate.ask.occasion'),
        hint: '',
        choices: occasionChoices(language).map(({ title, value }) => answer(draft, title, { slot, occasion: value })),
      };
    case 'reason':
      return {
        prompt: text(language, 'startDate.ask.reason'),
        hint: '',
        choices: [],
        freeText: {
          label: text(language, 'startDate.reasonNext'),
          missing: text(language, 'startDate.refusal.noReason'),
        },
      };
  }
}

function askCustomer(draft: StartDateDraft, own: readonly CustomerName[]): Asked {
  const { language } = draft;
  const which = draft.customerChoices.length > 0;
  const offered = which ? draft.customerChoices : own;
  return {
    prompt: text(language, which ? 'startDate.ask.customerWhich' : 'startDate.ask.customer'),
    hint: offered.length > MAX_CHOICES || offered.length === 0 ? text(language, 'startDate.ask.customerHint') : '',
    choices: offered
      .slice(0, MAX_CHOICES)
      .map(({ customerId, name }) => answer(draft, name, { slot: 'customer', customerId })),
  };
}

function askDate(draft: StartDateDraft): Asked {
  const { language } = draft;
  if (draft.dayChoices.length > 0) {
    return {
      prompt: text(language, 'startDate.ask.dateWhich', { input: draft.dayInput }),
      hint: '',
      choices: draft.dayChoices.map((day) =>
        answer(draft, startDateText(language, { date: draftDate(day), precision: day.precision }), {
          slot: 'date',
          date: day.iso,
          precision: day.precision,
        }),
      ),
    };
  }
  return {
    prompt: text(language, 'startDate.ask.date'),
    hint: text(language, 'startDate.ask.dateHint'),
    choices: [],
    date: {
      label: text(language, 'startDate.newDate'),
      missing: text(language, 'startDate.error.dateMissing'),
    },
  };
}

function settled(draft: StartDateDraft, workloads: readonly Workload[]): { label: string; value: string }[] {
  const { language, customer, workload } = draft;
  const current = workloads.find((row) => row.workload === workload);
  const facts: { label: string; value: string }[] = [];
  if (customer) {
    facts.push({
      label: text(language, 'fact.customer'),
      value: workload ? `${customer.name} · ${text(language, `workload.${workload}`)}` : customer.name,
    });
  }
  if (current) {
    facts.push({ label: text(language, 'startDate.current'), value: startDateText(language, current.startDate) });
  }
  if (draft.day) {
    const day = { date: draftDate(draft.day), precision: draft.day.precision };
    facts.push({ label: text(language, 'startDate.newDate'), value: startDateText(language, day) });
  }
  return facts;
}

function problemText(draft: StartDateDraft, problem: DraftProblem, workloads: readonly Workload[]): string {
  const { language } = draft;
  const customer = draft.customer?.name ?? '';
  switch (problem.kind) {
    case 'customerUnknown':
      return text(language, 'startDate.ask.customerUnknown', { name: problem.name });
    case 'workloadMissing':
      return text(language, 'startDate.workloadMissing', {
        customer,
        workload: text(language, `workload.${problem.workload}`),
      });
    case 'workloadRefused': {
      const l1 = workloads.find(({ workload }) => workload === problem.workload)?.l1Status ?? 'Unknown';
      return text(language, 'startDate.refusal.l1NotInProgress', { l1: text(language, `l1.${l1}`) });
    }
    case 'dateImpossible':
      return text(language, 'startDate.ask.dateImpossible', { input: problem.input });
    case 'dateNotFound':
      return text(language, 'startDate.ask.dateNotFound');
    case 'notAmongChoices':
      return text(language, 'startDate.ask.notAmongChoices');
    case 'reasonMissing':
      return text(language, 'startDate.refusal.noReason');
  }
}
