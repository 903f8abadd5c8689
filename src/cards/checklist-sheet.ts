import { Temporal } from 'temporal-polyfill';
import type { FtopEntry } from '../domain/checklist/ftop-sheet';
import { ftopSheet } from '../domain/checklist/ftop-sheet';
import type { CompletionFacts } from '../domain/checklist/completion';
import { mailsFor } from '../domain/checklist/mails';
import { readAnswers } from '../domain/checklist/steps';
import type { Checklist, Customer, Note } from '../domain/records';
import type { Language } from '../domain/vocabulary';
import { isOneOf, SERVICE_STATUSES, WORKLOADS } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { dayText, instantText, writerText } from '../locales/format';
import type { CardAction, Choice } from './actions';
import { cardAction, choice, workloadData } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import { subjectOf } from './start-date-form';
import template from './templates/checklist-sheet.json';

/** Characters of one field: with two notes in it the card stays under 28 KB in every script. */
const SHOWN_CHARACTERS = 2400;

/** A submitted completion and what was written with it. */
export interface SubmittedCompletion {
  readonly customer: Customer;
  readonly facts: CompletionFacts;
  readonly checklist: Checklist;
  readonly notes: readonly Note[];
  readonly timeZone: string;
}

interface Data {
  readonly title: string;
  readonly subject: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly sheetTitle: string;
  readonly hint: string;
  readonly fields: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string;
    readonly multiline: boolean;
  }[];
  readonly choices: readonly Choice[];
  readonly actions: readonly CardAction[];
}

const card = cardTemplate<Data>(template);

/** The result of a completion: what to enter in FTOP, field by field in FTOP's order, each to be copied. */
export async function sheetCard(language: Language, submitted: SubmittedCompletion): Promise<Card> {
  const { customer, checklist, notes, facts, timeZone } = submitted;
  const { workload, by, at } = checklist;
  const data = { ...workloadData(customer.id, workload), lang: language };
  return card.render({
    title: text(language, 'checklist.submitted'),
    subject: subjectOf(language, customer, checklist),
    facts: [
      {
        label: text(language, 'checklist.progress', progress(checklist)),
        value: text(language, 'checklist.submittedBy', {
          by: writerText(language, by),
          at: instantText(language, at, timeZone),
        }),
      },
    ],
    sheetTitle: text(language, 'checklist.ftop.title'),
    hint: text(language, 'checklist.ftop.hint'),
    fields: ftopSheet(customer, checklist, notes).map((entry) => ({
      id: `ftop-${entry.field}`,
      label: text(language, `checklist.ftop.field.${entry.field}`),
      value: shorten(language, valueText(language, entry)),
      multiline: entry.value.includes('\n'),
    })),
    choices: mailsFor(facts, readAnswers(checklist.steps)).map((mail) =>
      choice(cardAction('checklist.mail', text(language, `checklist.mail.${mail}`), { ...data, mail })),
    ),
    actions: [cardAction('checklist.reopen', text(language, 'checklist.reopen'), data)],
  });
}

const progress = ({ steps }: Checklist): { done: number; total: number } => {
  const done = Object.values(steps).filter((answer) => answer !== '' && answer !== 'false').length;
  return { done, total: done };
};

function valueText(language: Language, { field, value }: FtopEntry): string {
  switch (field) {
    case 'service':
      return isOneOf(WORKLOADS, value) ? text(language, `workload.${value}`) : value;
    case 'task4058':
      return text(language, 'checklist.ftop.value.complete');
    case 'nextActionDate':
      return dayText(language, Temporal.PlainDate.from(value));
    case 'assignedFm':
      return text(language, 'checklist.ftop.value.none');
    case 'serviceStatus':
      return isOneOf(SERVICE_STATUSES, value) ? text(language, `serviceStatus.${value}`) : value;
    case 'tenant':
    case 'technicalEnablement':
    case 'engagementManagement':
    case 'queue':
      return value;
  }
}

const shorten = (language: Language, long: string): string =>
  long.length > SHOWN_CHARACTERS
    ? text(language, 'checklist.shortened', { text: long.slice(0, SHOWN_CHARACTERS) })
    : long;
