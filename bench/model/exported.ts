import { exportAll } from '../../src/usecases/export-records';
import type { ExportList, ExportRecord } from '../../src/usecases/export-rows';
import type { Json } from '../../test/wire/teams-stand-in';

/** What an export says about one customer, list by list in its order. */
export type Exported = Readonly<Record<ExportList, readonly Json[]>>;

export function listsOf(records: readonly ExportRecord[]): Exported {
  const rowsOf = (list: ExportList): Json[] => records.filter((each) => each.list === list).map(({ row }) => row);
  return {
    customers: rowsOf('customers'),
    notes: rowsOf('notes'),
    startDateChanges: rowsOf('startDateChanges'),
    contactLog: rowsOf('contactLog'),
    reminders: rowsOf('reminders'),
    checklists: rowsOf('checklists'),
    faqVotes: [],
    unansweredQuestions: [],
  };
}

/** The whole export, customer by customer. */
export async function wholeExport(storage: Parameters<typeof exportAll>[0]): Promise<Map<string, Exported>> {
  const records = new Map<string, ExportRecord[]>();
  for await (const record of exportAll(storage)) {
    const id = String(record.row[record.list === 'customers' ? 'id' : 'customerId']);
    records.set(id, [...(records.get(id) ?? []), record]);
  }
  return new Map([...records].map(([id, own]) => [id, listsOf(own)]));
}

/** The longest way from a date to the working day after it, over Christmas or Easter. */
const HOLIDAYS = 6;

/** What a live reminder asks about, if it comes when it should: in the days after that date. */
export function asksAbout({ dueAt }: Json, date: string): string {
  const days = (Date.parse(String(dueAt).slice(0, 10)) - Date.parse(date)) / 86_400_000;
  return days > 0 && days <= HOLIDAYS ? date : `something else, due ${dueAt}`;
}
