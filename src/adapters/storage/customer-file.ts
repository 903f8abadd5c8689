import type { CustomerFile } from '../../ports/customers';
import { checklistOf, CUSTOMER_ROW, customerOf, HEAD_PREFIX, reminderOf, workloadOf } from './customer-rows';
import { RowReader } from './row-reader';
import type { StoredRow } from './row';

/** What a commit needs to know of the rows its base was read from. */
export class FileVersion {
  constructor(
    readonly etags: ReadonlyMap<string, string>,
    readonly revision: number,
    /** Tokens of the last commits, newest first: an ambiguous one finds itself here even if others came after it. */
    readonly writers: readonly string[],
  ) {}

  /** @throws TypeError when the base of a commit was not loaded from this store. */
  static of(file: CustomerFile): FileVersion {
    if (!(file.version instanceof FileVersion)) {
      throw new TypeError('The base of a commit must come from load()');
    }
    return file.version;
  }
}

/** @returns undefined when the customer row is not among the rows. */
export function fileOf(rows: readonly StoredRow[]): CustomerFile | undefined {
  const head = rows.find((row) => row.rowKey === CUSTOMER_ROW);
  if (head === undefined) {
    return undefined;
  }
  const ofKind = (prefix: string): StoredRow[] => rows.filter((row) => row.rowKey.startsWith(prefix));
  return {
    customer: customerOf(head),
    workloads: ofKind(HEAD_PREFIX.workload).map(workloadOf),
    reminders: ofKind(HEAD_PREFIX.reminder).map(reminderOf),
    checklists: ofKind(HEAD_PREFIX.checklist).map(checklistOf),
    version: new FileVersion(
      new Map(rows.map((row) => [row.rowKey, row.etag])),
      new RowReader(head).whole('revision'),
      writersOf(head),
    ),
  };
}

/** @returns the tokens of the customer's last commits. */
export function writersOf(customerRow: StoredRow): readonly string[] {
  return new RowReader(customerRow).text('writers').split(' ');
}
