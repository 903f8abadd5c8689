import type { Checklist, Customer, Note } from '../records';
import { QUEUES } from './completion';

/** What FTOP asks for after a completion, in its order (C10 C11 C12 C14). */
export const FTOP_FIELDS = [
  'tenant',
  'service',
  'task4058',
  'technicalEnablement',
  'engagementManagement',
  'nextActionDate',
  'queue',
  'assignedFm',
  'serviceStatus',
] as const;
export type FtopField = (typeof FTOP_FIELDS)[number];

/** One field and what to enter in it; dates as YYYY-MM-DD, statuses as in the records, `complete` and `none` as codes. */
export interface FtopEntry {
  readonly field: FtopField;
  readonly value: string;
}

/** The sheet of a submitted checklist from what was written with it; fields with nothing to enter are left out. */
export function ftopSheet(customer: Customer, checklist: Checklist, notes: readonly Note[]): FtopEntry[] {
  const { steps, nextActionDate, workload } = checklist;
  const written = notesOf(checklist, notes);
  const released = steps.unassigned === 'true';
  const values: Readonly<Record<FtopField, string>> = {
    tenant: customer.name,
    service: workload,
    task4058: 'complete',
    technicalEnablement: written.technicalEnablement,
    engagementManagement: written.engagementManagement,
    nextActionDate: nextActionDate?.toString() ?? '',
    queue: released ? QUEUES[customer.region] : '',
    assignedFm: released ? 'none' : '',
    serviceStatus: steps.serviceStatus ?? '',
  };
  return FTOP_FIELDS.map((field) => ({ field, value: values[field] })).filter(({ value }) => value !== '');
}

/** The notes that were written by the commit that submitted this checklist. */
export function notesOf(
  { workload, at }: Pick<Checklist, 'workload' | 'at'>,
  notes: readonly Note[],
): Readonly<Record<'technicalEnablement' | 'engagementManagement', string>> {
  const textIn = (field: Note['field']): string =>
    notes.find((note) => note.workload === workload && note.field === field && note.at.equals(at))?.text ?? '';
  return { technicalEnablement: textIn('technicalEnablement'), engagementManagement: textIn('engagementManagement') };
}
