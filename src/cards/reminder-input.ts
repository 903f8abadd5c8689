import type { CardAction } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/reminder-input.json';

/** One value that an answer needs: a note, or a day. */
export interface ReminderInput {
  /** Customer and workload; shown literally. */
  readonly subject: string;
  readonly message?: string;
  readonly prompt: string;
  readonly ask: 'note' | 'day';
  readonly label: string;
  readonly missing: string;
  /** What was entered before, for a note. */
  readonly value?: string;
  /** YYYY-MM-DD, for a day. */
  readonly earliest?: string;
  readonly actions: readonly CardAction[];
}

interface Data extends Omit<ReminderInput, 'ask'> {
  readonly message: string;
  readonly value: string;
  readonly earliest: string;
  readonly askNote: boolean;
  readonly askDay: boolean;
}

const input = cardTemplate<Data>(template);

export async function reminderInput({ ask, ...data }: ReminderInput): Promise<Card> {
  return input.render({
    message: '',
    value: '',
    earliest: '',
    ...data,
    askNote: ask === 'note',
    askDay: ask === 'day',
  });
}
