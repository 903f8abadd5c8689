import type { Checklist, Customer, Reminder, StartDate, Workload } from '../../domain/records';
import { REMINDER_STATUSES } from '../../domain/records';
import {
  CONTACT_KINDS,
  DELIVERY_CHANNELS,
  L1_STATUSES,
  LANGUAGES,
  REGIONS,
  SERVICE_STATUSES,
  WORKLOADS,
  type WorkloadId,
} from '../../domain/vocabulary';
import { textColumns } from './long-text';
import { int64, type Columns, type StoredRow } from './row';
import { RowReader } from './row-reader';

/**
 * Rows of a customer's partition that are replaced, and their keys. `0` = the head, which one query loads; everything
 * that only grows comes after it (`log-rows.ts`), so that a load never reads history.
 */
export const HEAD_ROWS = { from: '0', before: '1' } as const;
export const CUSTOMER_ROW = '0c';
export const HEAD_PREFIX = { workload: '0w:', checklist: '0k:', reminder: '0r:' } as const;
export const headKey = (kind: keyof typeof HEAD_PREFIX, workload: WorkloadId): string => HEAD_PREFIX[kind] + workload;

export function customerColumns(customer: Customer): Columns {
  return {
    customerId: customer.id,
    ...textColumns('name', customer.name),
    region: customer.region,
    seats: int64(customer.seats),
    motion: customer.motion,
    deliveryChannel: customer.deliveryChannel,
    fm: customer.fm,
    accountManaged: customer.accountManaged,
    ...textColumns('accountTeam', JSON.stringify(customer.accountTeam)),
    language: customer.language,
  };
}

export function customerOf(row: StoredRow): Customer {
  const read = new RowReader(row);
  return {
    id: read.text('customerId'),
    name: read.longText('name'),
    region: read.oneOf('region', REGIONS),
    seats: read.whole('seats'),
    motion: read.text('motion'),
    deliveryChannel: read.oneOf('deliveryChannel', DELIVERY_CHANNELS),
    fm: read.optional('fm', (column) => read.text(column)),
    accountManaged: read.flag('accountManaged'),
    accountTeam: read.json('accountTeam') as string[],
    language: read.oneOf('language', LANGUAGES),
  };
}

export function workloadColumns(workload: Workload): Columns {
  return {
    workload: workload.workload,
    requestId: workload.requestId,
    l1Status: workload.l1Status,
    serviceStatus: workload.serviceStatus,
    startDate: workload.startDate?.date.toString(),
    startPrecision: workload.startDate?.precision,
    startSource: workload.startDate?.source,
    kickoffDate: workload.kickoffDate?.toString(),
    activeUsers: int64(workload.activeUsers),
    lastContactKind: workload.lastContact?.kind,
    lastContactAt: workload.lastContact?.at.toString(),
    offerSince: workload.completionOffer?.since.toString(),
    offerMade: workload.completionOffer?.made,
  };
}

export function workloadOf(row: StoredRow): Workload {
  const read = new RowReader(row);
  return {
    workload: read.oneOf('workload', WORKLOADS),
    requestId: read.text('requestId'),
    l1Status: read.oneOf('l1Status', L1_STATUSES),
    serviceStatus: read.oneOf('serviceStatus', SERVICE_STATUSES),
    startDate: read.optional('startDate', () => startDateOf(read)),
    kickoffDate: read.optional('kickoffDate', (column) => read.day(column)),
    activeUsers: read.whole('activeUsers'),
    lastContact: read.optional('lastContactKind', (column) => ({
      kind: read.oneOf(column, CONTACT_KINDS),
      at: read.instant('lastContactAt'),
    })),
    completionOffer: read.optional('offerSince', (column) => ({
      since: read.instant(column),
      made: read.flag('offerMade'),
    })),
  };
}

function startDateOf(read: RowReader): StartDate {
  return {
    date: read.day('startDate'),
    precision: read.oneOf('startPrecision', ['day', 'month']),
    source: read.oneOf('startSource', ['gateway', 'fm']),
  };
}

export function reminderColumns(reminder: Reminder): Columns {
  return {
    id: reminder.id,
    workload: reminder.workload,
    fm: reminder.fm,
    dueAt: reminder.dueAt.toString(),
    attempt: int64(reminder.attempt),
    ignored: int64(reminder.ignored),
    status: reminder.status,
    sentAt: reminder.sentAt?.toString(),
    forDate: reminder.forDate?.toString(),
    kind: reminder.kind,
    againAt: reminder.againAt?.toString(),
  };
}

export function reminderOf(row: StoredRow): Reminder {
  const read = new RowReader(row);
  return {
    id: read.text('id'),
    workload: read.oneOf('workload', WORKLOADS),
    fm: read.text('fm'),
    dueAt: read.instant('dueAt'),
    attempt: read.whole('attempt'),
    ignored: read.whole('ignored'),
    status: read.oneOf('status', REMINDER_STATUSES),
    sentAt: read.optional('sentAt', (column) => read.instant(column)),
    forDate: read.optional('forDate', (column) => read.day(column)),
    kind: read.optional('kind', (column) => read.oneOf(column, ['chase', 'headsUp'])) ?? 'chase',
    againAt: read.optional('againAt', (column) => read.instant(column)),
  };
}

export function checklistColumns(checklist: Checklist): Columns {
  return {
    workload: checklist.workload,
    status: checklist.status,
    ...textColumns('steps', JSON.stringify(checklist.steps)),
    nextActionDate: checklist.nextActionDate?.toString(),
    at: checklist.at.toString(),
    by: checklist.by,
  };
}

export function checklistOf(row: StoredRow): Checklist {
  const read = new RowReader(row);
  return {
    workload: read.oneOf('workload', WORKLOADS),
    status: read.oneOf('status', ['draft', 'submitted']),
    steps: read.json('steps') as Checklist['steps'],
    nextActionDate: read.optional('nextActionDate', (column) => read.day(column)),
    at: read.instant('at'),
    by: read.text('by'),
  };
}
