import type { Customer } from '../records';
import type { WorkloadId } from '../vocabulary';
import type { CustomerColumn, GatewayColumn, GatewayProblem } from './columns';
import { CUSTOMER_COLUMNS } from './columns';
import type { GatewayCustomer, GatewayWorkload } from './records';
import type { ReadRow, RowValues } from './row';
import { customerOfRow, workloadOfRow } from './row';
import { shown } from './values';

/** Problems listed one by one; a file with more of them is not read by anybody line by line. */
const LISTED_PROBLEMS = 5000;

interface Group {
  readonly line: number;
  /** The customer columns of the first row, which every further row has to repeat. */
  readonly first: Partial<RowValues>;
  customer: Customer | undefined;
  rejected: boolean;
  readonly workloads: Map<WorkloadId, { readonly line: number; readonly workload: GatewayWorkload }>;
}

/** A customer of a file and the line on which it first stands. */
export interface BatchCustomer extends GatewayCustomer {
  readonly line: number;
}

/**
 * Collects the rows of one file into customers. Rows of a customer may stand anywhere in the file, so nothing of it
 * may be used before the last row was added: one bad row rejects the customer as a whole.
 */
export class GatewayBatch {
  private readonly groups = new Map<string, Group>();
  private readonly listed: GatewayProblem[] = [];
  private unlisted = 0;

  /** Adds a row that could be taken apart into cells. */
  addRow(line: number, { values, problems }: ReadRow): void {
    for (const { column, problem } of problems) {
      this.addProblem({ line, column, problem });
    }
    if (values.customerId === undefined) {
      return;
    }
    const group = this.groupOf(values.customerId, line, values);
    const contradictions = this.reportContradictions(group, line, values);
    if (problems.length > 0 || contradictions) {
      reject(group);
    } else if (!group.rejected) {
      this.addWorkload(group, line, values as RowValues);
    }
  }

  /** Adds a row that could not be taken apart; it rejects the customer that it seems to belong to, if any. */
  addBrokenRow(problem: GatewayProblem, customerId: string | undefined): void {
    this.addProblem(problem);
    if (customerId !== undefined) {
      reject(this.groupOf(customerId, problem.line, {}));
    }
  }

  addProblem(problem: GatewayProblem): void {
    if (this.listed.length < LISTED_PROBLEMS) {
      this.listed.push(problem);
    } else {
      this.unlisted++;
    }
  }

  /** The customers without any problem, in the order of the file. */
  *customers(): Generator<BatchCustomer> {
    for (const { customer, rejected, workloads, line } of this.groups.values()) {
      if (customer && !rejected) {
        yield { line, customer, workloads: [...workloads.values()].map(({ workload }) => workload) };
      }
    }
  }

  /** All problems by line; beyond 5,000 only their number, in one last entry. */
  problems(): GatewayProblem[] {
    const sorted = [...this.listed].sort((a, b) => a.line - b.line);
    const last = sorted.at(-1);
    if (this.unlisted > 0 && last) {
      sorted.push({ line: last.line, column: '', problem: `${this.unlisted} further problems are not listed` });
    }
    return sorted;
  }

  private groupOf(id: string, line: number, first: Partial<RowValues>): Group {
    let group = this.groups.get(id);
    if (!group) {
      group = { line, first, customer: undefined, rejected: false, workloads: new Map() };
      this.groups.set(id, group);
    }
    return group;
  }

  private reportContradictions(group: Group, line: number, values: Partial<RowValues>): boolean {
    const contradicting = CUSTOMER_COLUMNS.filter((column) => contradicts(column, group.first, values));
    for (const column of contradicting) {
      const problem = `differs from ${cell(group.first, column)} on line ${group.line}; repeat the same value on every row of the customer`;
      this.addProblem({ line, column, problem });
    }
    return contradicting.length > 0;
  }

  private addWorkload(group: Group, line: number, values: RowValues): void {
    const earlier = group.workloads.get(values.workload);
    if (earlier) {
      const problem = `${values.workload} already stands on line ${earlier.line}; write each workload of a customer once`;
      this.addProblem({ line, column: 'workload', problem });
      reject(group);
      return;
    }
    group.customer ??= customerOfRow(values);
    group.workloads.set(values.workload, { line, workload: workloadOfRow(values) });
  }
}

/** What was read of a rejected customer is not needed any more. */
function reject(group: Group): void {
  group.rejected = true;
  group.workloads.clear();
}

const asText = (value: RowValues[GatewayColumn]): string =>
  Array.isArray(value) ? value.join(' ') : String(value ?? '');

const cell = (values: Partial<RowValues>, column: CustomerColumn): string => shown(asText(values[column]));

/** A cell that could not be read contradicts nothing: it has a problem of its own. */
function contradicts(column: CustomerColumn, first: Partial<RowValues>, values: Partial<RowValues>): boolean {
  return column in first && column in values && asText(first[column]) !== asText(values[column]);
}
