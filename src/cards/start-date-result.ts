import type { ChangeFacts } from '../domain/start-date';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { startDateText } from '../locales/format';
import type { CardAction, Choice } from './actions';
import { cardAction, choice, workloadData } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import { subjectOf } from './start-date-form';
import template from './templates/start-date-result.json';

interface Data {
  readonly title: string;
  readonly subject: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly choices: readonly Choice[];
  readonly actions: readonly CardAction[];
  /** On a line of their own: three buttons in a row do not fit a phone. */
  readonly moreActions: readonly CardAction[];
}

const result = cardTemplate<Data>(template);

/** What was saved: old → new date, and the note as it was written (S9). */
export async function startDateResult(
  language: Language,
  saved: {
    readonly customerId: string;
    readonly facts: ChangeFacts;
    readonly note: string;
    /** A customer of the same sentence whose change is still to be made. */
    readonly next?: { readonly customerId: string; readonly name: string } | undefined;
    /** The reminder digest it came from: the way back. */
    readonly digest?: string | undefined;
  },
): Promise<Card> {
  const { facts, note, customerId, next, digest } = saved;
  const back = cardAction('reminder.show', text(language, 'reminder.back'), { digest, lang: language });
  const target = { ...workloadData(customerId, facts.workload), lang: language };
  return result.render({
    title: text(language, 'startDate.saved'),
    subject: subjectOf(language, { name: facts.customerName }, facts),
    facts: [
      { label: text(language, 'startDate.newDate'), value: changeText(language, facts) },
      { label: text(language, 'startDate.occasion'), value: text(language, `occasion.${facts.occasion}`) },
      { label: text(language, 'startDate.noteLabel'), value: note },
    ],
    choices: next ? [nextCustomer(language, next, facts)] : [],
    actions: [
      ...(digest === undefined ? [] : [back]),
      cardAction('startDate.open', text(language, 'startDate.changeAgain'), target),
      cardAction('history.show', text(language, 'startDate.showHistory'), target),
    ],
    moreActions: [cardAction('list.show', text(language, 'list.title'), { lang: language })],
  });
}

/** Opens the form of the next customer with what was just saved for this one. */
function nextCustomer(
  language: Language,
  { customerId, name }: { readonly customerId: string; readonly name: string },
  { workload, to, occasion, reason }: ChangeFacts,
): Choice {
  const entered = { date: to.date.toString(), precision: to.precision, occasion, reason };
  const data = { ...workloadData(customerId, workload), ...entered, lang: language };
  return choice(
    cardAction('startDate.open', text(language, 'startDate.next', { customer: name }), data, { style: 'positive' }),
  );
}

const changeText = (language: Language, facts: ChangeFacts): string =>
  text(language, 'history.change', {
    from: startDateText(language, facts.from),
    to: startDateText(language, facts.to),
  });

/** The note that goes to Overall Status Notes (S9). */
export const startDateNote = (language: Language, facts: ChangeFacts): string =>
  text(language, 'startDate.note', {
    workload: text(language, `workload.${facts.workload}`),
    from: startDateText(language, facts.from),
    to: startDateText(language, facts.to),
    occasion: text(language, `occasion.${facts.occasion}`),
    reason: facts.reason,
  });
