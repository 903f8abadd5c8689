import { randomUUID } from 'node:crypto';
import type { CustomerChange } from '../../ports/customers';
import { FileVersion } from './customer-file';
import {
  checklistColumns,
  CUSTOMER_ROW,
  customerColumns,
  headKey,
  reminderColumns,
  workloadColumns,
} from './customer-rows';
import { checkKey, encodeKey, hashKey } from './keys';
import { checkTransaction } from './limits';
import { contactColumns, logKey, noteColumns, startDateChangeColumns } from './log-rows';
import { textColumns } from './long-text';
import type { RowAction } from './row-batch';
import { int64, type Columns, type Row } from './row';

export const customerPartition = (customerId: string): string => checkKey(encodeKey(customerId));
const ACTION_PREFIX = '2a:';
/** Tokens come back from cards, which users can change: hashed, they are always a key. */
export const actionKey = (token: string): string => ACTION_PREFIX + hashKey(token);

const REMEMBERED_WRITERS = 8;

/** A commit as one entity group transaction, and the token by which it knows itself again. */
export interface CustomerTransaction {
  readonly writer: string;
  readonly actions: RowAction[];
}

/**
 * Builds the transaction. The customer row is part of every commit, with its ETag and a revision one higher: what a
 * commit decides may rest on any workload of the customer (C6, C12), so two commits from one base never both succeed.
 * @throws StorageLimitError when Table Storage would refuse it: nothing is written then.
 */
export function transactionFor(change: CustomerChange): CustomerTransaction {
  const writer = randomUUID();
  const version = change.base && FileVersion.of(change.base);
  const partitionKey = customerPartition(change.customerId);
  const added = addedRows(change, writer).map((row) => ({ partitionKey, ...row }));
  const replaced = headRows(change).map((row) => ({ partitionKey, ...row }));
  const guard = { partitionKey, rowKey: CUSTOMER_ROW, ...guardColumns(change, version, writer) };
  checkTransaction([guard, ...replaced, ...added]);
  const put = (row: Row, mode: 'Merge' | 'Replace'): RowAction => {
    const etag = version?.etags.get(row.rowKey);
    return etag === undefined ? ['create', row] : ['update', row, mode, { etag }];
  };
  return {
    writer,
    actions: [
      put(guard, change.customer === undefined ? 'Merge' : 'Replace'),
      ...replaced.map((row) => put(row, 'Replace')),
      ...added.map((row): RowAction => ['create', row]),
    ],
  };
}

function guardColumns(change: CustomerChange, version: FileVersion | undefined, writer: string): Columns {
  if (version === undefined && change.customer === undefined) {
    throw new TypeError('A new customer needs its customer row');
  }
  if (change.customer !== undefined && change.customer.id !== change.customerId) {
    throw new TypeError('A change is about one customer');
  }
  return {
    ...(change.customer && customerColumns(change.customer)),
    revision: int64((version?.revision ?? 0) + 1),
    writers: [writer, ...(version?.writers ?? [])].slice(0, REMEMBERED_WRITERS).join(' '),
  };
}

type KeyedColumns = Columns & { readonly rowKey: string };

function headRows(change: CustomerChange): KeyedColumns[] {
  return [
    ...(change.workloads ?? []).map((each) => ({
      rowKey: headKey('workload', each.workload),
      ...workloadColumns(each),
    })),
    ...(change.reminders ?? []).map((each) => ({
      rowKey: headKey('reminder', each.workload),
      ...reminderColumns(each),
    })),
    ...(change.checklists ?? []).map((each) => ({
      rowKey: headKey('checklist', each.workload),
      ...checklistColumns(each),
    })),
  ];
}

function addedRows(change: CustomerChange, writer: string): KeyedColumns[] {
  return [
    ...(change.notes ?? []).map((each, place) => ({
      rowKey: logKey('note', each.at, { writer, place }),
      ...noteColumns(each),
    })),
    ...(change.startDateChanges ?? []).map((each, place) => ({
      rowKey: logKey('startDateChange', each.at, { writer, place }),
      ...startDateChangeColumns(each),
    })),
    ...(change.contacts ?? []).map((each, place) => ({
      rowKey: logKey('contact', each.at, { writer, place }),
      ...contactColumns(each),
    })),
    ...actionRows(change, writer),
  ];
}

function actionRows({ action }: CustomerChange, writer: string): KeyedColumns[] {
  if (action === undefined) {
    return [];
  }
  return [
    { rowKey: actionKey(action.token), writer, ...textColumns('outcome', JSON.stringify(action.outcome ?? null)) },
  ];
}
