import { MAX_REASON_LENGTH } from '../domain/start-date';
import type { CardAction, Choice } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/question.json';

interface FreeText {
  readonly label: string;
  readonly missing: string;
  /** What was entered before. */
  readonly value?: string;
}

/** One open question: answered by a button, an input or a typed sentence. */
export interface Question {
  readonly title: string;
  /** What is settled so far. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What went wrong with the last answer. */
  readonly messages: readonly string[];
  readonly prompt: string;
  readonly hint: string;
  readonly choices: readonly Choice[];
  readonly date: { readonly label: string; readonly missing: string } | undefined;
  readonly freeText: FreeText | undefined;
  readonly actions: readonly CardAction[];
}

interface Data extends Omit<Question, 'date' | 'freeText' | 'messages'> {
  readonly subject: string;
  readonly messages: readonly { readonly text: string }[];
  readonly messageStyle: string;
  readonly askDate: boolean;
  readonly dateLabel: string;
  readonly dateMissing: string;
  readonly askText: boolean;
  readonly textLabel: string;
  readonly textMissing: string;
  readonly textValue: string;
}

const question = cardTemplate<Data>(template);

/** The card of one open question of a dialog. */
export async function questionCard({ date, freeText, messages, ...data }: Question): Promise<Card> {
  return question.render({
    subject: '',
    messages: messages.map((message) => ({ text: message })),
    messageStyle: 'warning',
    askDate: date !== undefined,
    dateLabel: date?.label ?? '',
    dateMissing: date?.missing ?? '',
    askText: freeText !== undefined,
    textLabel: freeText?.label ?? '',
    textMissing: freeText?.missing ?? '',
    // Clients refuse a value longer than the input takes.
    textValue: (freeText?.value ?? '').slice(0, MAX_REASON_LENGTH),
    ...data,
  });
}
