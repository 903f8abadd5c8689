import type { Temporal } from 'temporal-polyfill';
import { ftopSheet } from '../domain/checklist/ftop-sheet';
import type {
  Checklist,
  ContactEntry,
  Customer,
  Note,
  Reminder,
  StartDate,
  StartDateChange,
  Workload,
} from '../domain/records';
import type { FaqTopic, Language } from '../domain/vocabulary';

/** The lists of an export, in their order; names and fields are a contract with scripts of others. */
export const EXPORT_LISTS = [
  'customers',
  'notes',
  'startDateChanges',
  'contactLog',
  'reminders',
  'checklists',
  'faqVotes',
  'unansweredQuestions',
] as const;
export type ExportList = (typeof EXPORT_LISTS)[number];

type Row = Readonly<Record<string, unknown>>;

/** One row of one list, ready for JSON: dates as YYYY-MM-DD, instants as ISO 8601 UTC, nothing = null. */
export interface ExportRecord {
  readonly list: ExportList;
  readonly row: Row;
}

const record = (list: ExportList, row: Row): ExportRecord => ({ list, row });
const text = (value: Temporal.PlainDate | Temporal.Instant | undefined): string | null => value?.toString() ?? null;

export function customerRecord(customer: Customer, workloads: readonly Workload[]): ExportRecord {
  const { id, name, region, seats, motion, deliveryChannel, fm, accountManaged, accountTeam, language } = customer;
  return record('customers', {
    ...{ id, name, region, seats, motion, deliveryChannel, fm: fm ?? null, accountManaged, accountTeam, language },
    workloads: workloads.map(workloadRow),
  });
}

const workloadRow = (workload: Workload): Row => ({
  workload: workload.workload,
  requestId: workload.requestId,
  l1Status: workload.l1Status,
  serviceStatus: workload.serviceStatus,
  startDate: startDateRow(workload.startDate),
  kickoffDate: text(workload.kickoffDate),
  activeUsers: workload.activeUsers,
});

const startDateRow = (startDate: StartDate | undefined): Row | null =>
  startDate ? { date: text(startDate.date), precision: startDate.precision, source: startDate.source } : null;

export const noteRecord = (customerId: string, note: Note): ExportRecord =>
  record('notes', {
    ...{ customerId, workload: note.workload, field: note.field, text: note.text, at: text(note.at), by: note.by },
  });

export const startDateChangeRecord = (customerId: string, change: StartDateChange): ExportRecord =>
  record('startDateChanges', {
    customerId,
    workload: change.workload,
    from: text(change.from),
    to: text(change.to),
    precision: change.precision,
    occasion: change.occasion,
    reason: change.reason,
    at: text(change.at),
    by: change.by,
  });

export const contactRecord = (customerId: string, { workload, kind, note, at, by }: ContactEntry): ExportRecord =>
  record('contactLog', { customerId, workload, kind, note, at: text(at), by });

export const reminderRecord = (customerId: string, reminder: Reminder): ExportRecord =>
  record('reminders', {
    id: reminder.id,
    customerId,
    workload: reminder.workload,
    fm: reminder.fm,
    dueAt: text(reminder.dueAt),
    attempt: reminder.attempt,
    status: reminder.status,
    sentAt: text(reminder.sentAt),
  });

/** A submitted checklist also carries what to enter in FTOP, field by field in FTOP's order. */
export const checklistRecord = (customer: Customer, checklist: Checklist, notes: readonly Note[]): ExportRecord =>
  record('checklists', {
    customerId: customer.id,
    workload: checklist.workload,
    status: checklist.status,
    steps: checklist.steps,
    nextActionDate: text(checklist.nextActionDate),
    at: text(checklist.at),
    by: checklist.by,
    ...(checklist.status === 'submitted' && { ftop: ftopSheet(customer, checklist, notes) }),
  });

export const voteRecord = ({ topic, helpful, at }: { topic: FaqTopic; helpful: boolean; at: string }): ExportRecord =>
  record('faqVotes', { topic, helpful, at });

export const questionRecord = (question: { text: string; language: Language; at: string }): ExportRecord =>
  record('unansweredQuestions', { language: question.language, text: question.text, at: question.at });
