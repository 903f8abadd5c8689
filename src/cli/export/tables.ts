import { GATEWAY_COLUMNS } from '../../domain/gateway/columns';
import type { ExportList } from '../../usecases/export-rows';
import type { Row } from './sections';

/** What stands in a cell of a table; dates are YYYY-MM-DD. */
export type Cell = string | number | boolean | null;

interface Table {
  readonly columns: readonly string[];
  /** The table rows of one row of the export: cells by column. */
  readonly rows: (row: Row) => readonly Readonly<Record<string, Cell>>[];
}

const asItIs = (...columns: string[]): Table => ({
  columns,
  rows: (row) => [Object.fromEntries(columns.map((column) => [column, toCell(row[column])]))],
});

/** The lists of the export as flat tables. Customers have one row per workload, under the names of the Gateway CSV. */
export const TABLES: Readonly<Record<ExportList, Table>> = {
  customers: { columns: [...GATEWAY_COLUMNS, 'startDatePrecision', 'startDateSource'], rows: workloadRows },
  notes: asItIs('customerId', 'workload', 'field', 'text', 'at', 'by'),
  startDateChanges: asItIs('customerId', 'workload', 'from', 'to', 'precision', 'occasion', 'reason', 'at', 'by'),
  contactLog: asItIs('customerId', 'workload', 'kind', 'note', 'at', 'by'),
  reminders: asItIs('id', 'customerId', 'workload', 'fm', 'dueAt', 'attempt', 'status', 'sentAt'),
  checklists: asItIs('customerId', 'workload', 'status', 'steps', 'nextActionDate', 'at', 'by', 'ftop'),
  faqVotes: asItIs('topic', 'helpful', 'at'),
  unansweredQuestions: asItIs('language', 'text', 'at'),
};

/** Columns that hold calendar dates. */
export const DATE_COLUMNS: ReadonlySet<string> = new Set([
  'engagementStartDate',
  'kickoffDate',
  'from',
  'to',
  'nextActionDate',
]);

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) {
    return null;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}

function workloadRows({ id, name, accountManaged, accountTeam, workloads, ...customer }: Row) {
  const shared = {
    ...customer,
    customerId: id,
    customerName: name,
    accountManaged: accountManaged === true ? 'yes' : 'no',
    accountTeam: (accountTeam as readonly string[]).join(' '),
  };
  const list = workloads as readonly Row[];
  return (list.length > 0 ? list : [{}]).map(({ startDate, ...workload }: Row) => {
    const { date, precision, source } = (startDate ?? {}) as Row;
    const dates = { engagementStartDate: date, startDatePrecision: precision, startDateSource: source };
    return Object.fromEntries(
      Object.entries({ ...shared, ...workload, ...dates }).map(([column, value]) => [column, toCell(value)]),
    );
  });
}
