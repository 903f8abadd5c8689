import type { ContactEntry, Note, StartDateChange } from '../../domain/records';
import { CONTACT_KINDS, NOTE_FIELDS, OCCASIONS, WORKLOADS } from '../../domain/vocabulary';
import { newestFirst } from './keys';
import { textColumns } from './long-text';
import type { Columns, StoredRow } from './row';
import { RowReader } from './row-reader';

/** Rows of a customer's partition that are only ever added. */
export const LOG_PREFIX = { note: '1n:', startDateChange: '1h:', contact: '1l:' } as const;

/**
 * Newest first by key, so that the newest entries are the head of one range; unique by the commit's writer token.
 * @param place of the entry among its kind in the commit; the later one counts as newer.
 */
export function logKey(
  kind: keyof typeof LOG_PREFIX,
  at: Note['at'],
  unique: { writer: string; place: number },
): string {
  return `${LOG_PREFIX[kind]}${newestFirst(at)}:${unique.writer}:${String(999 - unique.place).padStart(3, '0')}`;
}

export function noteColumns(note: Note): Columns {
  return {
    workload: note.workload,
    field: note.field,
    ...textColumns('text', note.text),
    at: note.at.toString(),
    by: note.by,
  };
}

export function noteOf(row: StoredRow): Note {
  const read = new RowReader(row);
  return {
    workload: read.oneOf('workload', WORKLOADS),
    field: read.oneOf('field', NOTE_FIELDS),
    text: read.longText('text'),
    at: read.instant('at'),
    by: read.text('by'),
  };
}

export function startDateChangeColumns(change: StartDateChange): Columns {
  return {
    workload: change.workload,
    from: change.from?.toString(),
    to: change.to.toString(),
    precision: change.precision,
    occasion: change.occasion,
    ...textColumns('reason', change.reason),
    at: change.at.toString(),
    by: change.by,
  };
}

export function startDateChangeOf(row: StoredRow): StartDateChange {
  const read = new RowReader(row);
  return {
    workload: read.oneOf('workload', WORKLOADS),
    from: read.optional('from', (column) => read.day(column)),
    to: read.day('to'),
    precision: read.oneOf('precision', ['day', 'month']),
    occasion: read.oneOf('occasion', OCCASIONS),
    reason: read.longText('reason'),
    at: read.instant('at'),
    by: read.text('by'),
  };
}

export function contactColumns(contact: ContactEntry): Columns {
  return {
    workload: contact.workload,
    kind: contact.kind,
    ...textColumns('note', contact.note),
    at: contact.at.toString(),
    by: contact.by,
  };
}

export function contactOf(row: StoredRow): ContactEntry {
  const read = new RowReader(row);
  return {
    workload: read.oneOf('workload', WORKLOADS),
    kind: read.oneOf('kind', CONTACT_KINDS),
    note: read.longText('note'),
    at: read.instant('at'),
    by: read.text('by'),
  };
}
