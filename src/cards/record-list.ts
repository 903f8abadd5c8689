import type { Note, StartDateChange } from '../domain/records';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { instantText, startDateText } from '../locales/format';
import type { CardAction } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/record-list.json';

/** Newest entries shown; the export has all of them. */
const SHOWN = 8;
/** Characters of one entry: with eight entries the card stays under 28 KB in UTF-16. */
const SHOWN_CHARACTERS = 600;

export interface RecordListData {
  readonly title: string;
  readonly subject: string;
  readonly empty: string;
  readonly records: readonly {
    readonly title: string;
    readonly lines: readonly { readonly text: string }[];
    readonly copyable: readonly { readonly id: string; readonly label: string; readonly value: string }[];
  }[];
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

/** The template of a list of records; also what a lead is told comes in it. */
export const recordsTemplate = cardTemplate<RecordListData>(template);

export interface RecordListContext {
  readonly customerName: string;
  readonly timeZone: string;
}

/** Start-date changes of a customer, newest first: old → new, why, who, when. */
export async function historyCard(
  language: Language,
  changes: readonly StartDateChange[],
  { customerName, timeZone }: RecordListContext,
): Promise<Card> {
  return recordsTemplate.render({
    title: text(language, 'history.title'),
    subject: customerName,
    empty: changes.length === 0 ? text(language, 'history.empty') : '',
    records: changes.slice(0, SHOWN).map((change) => ({
      title: text(language, `workload.${change.workload}`),
      lines: [
        { text: changeLine(language, change) },
        { text: text(language, `occasion.${change.occasion}`) },
        { text: shorten(change.reason) },
        { text: byAt(language, change, timeZone) },
      ],
      copyable: [],
    })),
    footer: countShown(language, changes.length),
    actions: [],
  });
}

const changeLine = (language: Language, { from, to, precision }: StartDateChange): string =>
  text(language, 'history.change', {
    from: startDateText(language, from && { date: from, precision: 'day' }),
    to: startDateText(language, { date: to, precision }),
  });

const byAt = (language: Language, { by, at }: Pick<Note, 'by' | 'at'>, timeZone: string): string =>
  text(language, 'history.byAt', { by, at: instantText(language, at, timeZone) });

const shorten = (long: string): string =>
  long.length > SHOWN_CHARACTERS ? `${long.slice(0, SHOWN_CHARACTERS)}…` : long;

const countShown = (language: Language, total: number): string =>
  total > SHOWN ? text(language, 'list.shown', { shown: SHOWN, total }) : '';

/** Notes of a customer, newest first, each in a field of its own so that it can be selected and copied. */
export async function notesCard(
  language: Language,
  notes: readonly Note[],
  { customerName, timeZone }: RecordListContext,
): Promise<Card> {
  return recordsTemplate.render({
    title: text(language, 'notes.title'),
    subject: customerName,
    empty: notes.length === 0 ? text(language, 'notes.empty') : '',
    records: notes.slice(0, SHOWN).map((note, index) => ({
      title: text(language, `workload.${note.workload}`),
      lines: [{ text: byAt(language, note, timeZone) }],
      copyable: [{ id: `note${index}`, label: text(language, `notes.field.${note.field}`), value: shorten(note.text) }],
    })),
    footer: notes.length > 0 ? text(language, 'notes.copyHint') : '',
    actions: [],
  });
}
