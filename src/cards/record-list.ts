import type { Note, StartDateChange, Workload } from '../domain/records';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { instantText, startDateText, writerText } from '../locales/format';
import type { CardAction } from './actions';
import { cardAction } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/record-list.json';

/** Characters of JSON for the entries of one page: with its frame the card stays under 28 KB in UTF-16. */
const PAGE_CHARACTERS = 11_000;
/** A longer note comes in pieces, each copyable, so that nothing of it is lost. */
const PIECE_CHARACTERS = 4_000;

interface RecordLine {
  readonly text: string;
  readonly bold?: boolean;
  readonly subtle?: boolean;
}

interface RecordEntry {
  readonly title: string;
  readonly lines: readonly RecordLine[];
  readonly copyable: readonly { readonly id: string; readonly label: string; readonly value: string }[];
}

export interface RecordListData {
  readonly title: string;
  readonly subject: string;
  readonly empty: string;
  readonly records: readonly RecordEntry[];
  /** How many of how many are shown. */
  readonly extent: string;
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

/** The template of a list of records; also what a lead is told comes in it. */
export const recordsTemplate = cardTemplate<RecordListData>(template);

export interface RecordListContext {
  readonly customerId: string;
  readonly customerName: string;
  /** Only this workload's entries are listed; for the button that shows more of them. */
  readonly workload?: WorkloadId | undefined;
  readonly timeZone: string;
  /** 0 is the page with the newest entries. */
  readonly page: number;
}

/**
 * Start-date changes of a customer, newest first: old → new, why, who, when; in full, as many as fit a card. Above them
 * the dates as they are now, of the workloads that have one (S2).
 */
export async function historyCard(
  language: Language,
  { changes, workloads }: { readonly changes: readonly StartDateChange[]; readonly workloads: readonly Workload[] },
  context: RecordListContext,
): Promise<Card> {
  const entries = changes.map((change) => ({
    title: text(language, `workload.${change.workload}`),
    lines: [
      { text: changeLine(language, change), bold: true },
      { text: text(language, `occasion.${change.occasion}`) },
      { text: change.reason },
      { text: byAt(language, change, context.timeZone), subtle: true },
    ],
    copyable: [],
  }));
  const page = pageOf(language, entries, { ...context, verb: 'history.show' });
  return recordsTemplate.render({
    title: text(language, 'history.title'),
    subject: context.customerName,
    empty: changes.length === 0 ? text(language, 'history.empty') : '',
    footer: '',
    ...page,
    records: context.page === 0 ? [...currentDates(language, workloads), ...page.records] : page.records,
  });
}

/** In one line: ten of their own would not fit beside a full page of changes. */
function currentDates(language: Language, workloads: readonly Workload[]): RecordEntry[] {
  const dated = workloads.filter(({ l1Status, startDate }) => l1Status === 'InProgress' && startDate !== undefined);
  const dates = dated.map(({ workload, startDate }) =>
    text(language, 'history.currentDate', {
      workload: text(language, `workload.${workload}`),
      start: startDateText(language, startDate),
    }),
  );
  return dates.length === 0
    ? []
    : [{ title: text(language, 'history.current'), lines: [{ text: dates.join(' · ') }], copyable: [] }];
}

/** Notes of a customer, newest first, in full, each in a field of its own so that it can be selected and copied. */
export async function notesCard(language: Language, notes: readonly Note[], context: RecordListContext): Promise<Card> {
  const entries = notes.flatMap((note, index) =>
    piecesOf(note.text).map((piece, part) => ({
      title: text(language, `workload.${note.workload}`),
      lines: [{ text: byAt(language, note, context.timeZone), subtle: true }],
      copyable: [{ id: `note${index}-${part}`, label: text(language, `notes.field.${note.field}`), value: piece }],
    })),
  );
  return recordsTemplate.render({
    title: text(language, 'notes.title'),
    subject: context.customerName,
    empty: notes.length === 0 ? text(language, 'notes.empty') : '',
    footer: notes.length > 0 ? text(language, 'notes.copyHint') : '',
    ...pageOf(language, entries, { ...context, verb: 'notes.show' }),
  });
}

const piecesOf = (long: string): readonly string[] =>
  long.match(new RegExp(`[^]{1,${PIECE_CHARACTERS}}`, 'gu')) ?? [''];

const changeLine = (language: Language, { from, to, precision }: StartDateChange): string =>
  text(language, 'history.change', {
    from: startDateText(language, from && { date: from, precision: 'day' }),
    to: startDateText(language, { date: to, precision }),
  });

const byAt = (language: Language, { by, at }: Pick<Note, 'by' | 'at'>, timeZone: string): string =>
  text(language, 'history.byAt', { by: writerText(language, by), at: instantText(language, at, timeZone) });

/** The entries of one page, how far they reach, and the button for the next; a page too far shows the last. */
function pageOf(
  language: Language,
  entries: readonly RecordEntry[],
  { verb, page, customerId, workload }: RecordListContext & { readonly verb: 'history.show' | 'notes.show' },
): Pick<RecordListData, 'records' | 'extent' | 'actions'> {
  const pages = pagesOf(entries);
  const at = Math.min(page, pages.length - 1);
  const shown = pages[at] ?? [];
  const until = pages.slice(0, at + 1).flat().length;
  const data = { customerId, ...(workload ? { workload } : {}), lang: language };
  return {
    records: shown,
    extent: pages.length > 1 ? text(language, 'list.shown', { shown: until, total: entries.length }) : '',
    actions: [
      ...(at > 0 ? [cardAction(verb, text(language, 'list.newer'), { ...data, page: at - 1 })] : []),
      ...(at < pages.length - 1 ? [cardAction(verb, text(language, 'list.more'), { ...data, page: at + 1 })] : []),
    ],
  };
}

/** What the template puts around each line and field. */
const FRAME_CHARACTERS = 350;

const sizeOf = ({ title, lines, copyable }: RecordEntry): number =>
  JSON.stringify([title, lines, copyable]).length + FRAME_CHARACTERS * (1 + lines.length + copyable.length);

function pagesOf(entries: readonly RecordEntry[]): RecordEntry[][] {
  const pages: RecordEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const size = sizeOf(entry);
    const last = pages.at(-1);
    if (last && size <= room) {
      last.push(entry);
      room -= size;
    } else {
      pages.push([entry]);
      room = PAGE_CHARACTERS - size;
    }
  }
  return pages;
}
