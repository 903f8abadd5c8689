import type { BatchCustomer } from '../domain/gateway/batch';
import type { GatewayProblem } from '../domain/gateway/columns';
import type { GatewayConflict } from '../domain/gateway/merge';
import { GATEWAY_FILE_LIMITS, readGatewayFile } from './read-gateway-file';
import type { PutDependencies } from './put-customer';
import { putCustomer } from './put-customer';

/** What an import did. */
export interface ImportReport {
  /** Customers of the file that are now as the file and FM's work say, whether they had to be written or not. */
  customers: number;
  /** The workloads of these customers in the file. */
  workloads: number;
  /** How many of these customers were so already: nothing was written for them. */
  unchanged: number;
  conflicts: GatewayConflict[];
  rejected: GatewayProblem[];
}

/** Customers written at the same time: enough to hide the latency of storage, few enough not to be throttled. */
const AT_ONCE = 8;

/**
 * Imports a Gateway CSV. Nothing is written before the file was read to its end; then a customer goes in whole or, if one
 * of its rows is bad, not at all. A second import of the same file writes nothing.
 * @throws what storage throws; what was written until then stays, and importing again completes it.
 */
export async function importCustomers(
  dependencies: PutDependencies,
  bytes: AsyncIterable<Uint8Array>,
  limits: { readonly bytes: number; readonly rows: number } = GATEWAY_FILE_LIMITS,
): Promise<ImportReport> {
  const batch = await readGatewayFile(bytes, limits);
  const report: ImportReport = { customers: 0, workloads: 0, unchanged: 0, conflicts: [], rejected: batch.problems() };
  const waiting = batch.customers();
  const worker = async (): Promise<void> => {
    for (const customer of waiting) {
      await importOne(dependencies, customer, report);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const end of ends) {
    if (end.status === 'rejected') {
      throw end.reason;
    }
  }
  return inOrder(report);
}

async function importOne(dependencies: PutDependencies, incoming: BatchCustomer, report: ImportReport): Promise<void> {
  const outcome = await putCustomer(dependencies, incoming);
  if (outcome.kind === 'busy') {
    const problem = 'was changed by others again and again during the import; import it again';
    report.rejected.push({ line: incoming.line, column: 'customerId', problem });
    return;
  }
  report.customers++;
  report.workloads += incoming.workloads.length;
  report.unchanged += outcome.kind === 'unchanged' ? 1 : 0;
  report.conflicts.push(...outcome.conflicts);
}

/** The order must not depend on which of the parallel writes came first. */
function inOrder(report: ImportReport): ImportReport {
  report.conflicts.sort((a, b) => (a.customerId < b.customerId ? -1 : a.customerId > b.customerId ? 1 : 0));
  report.rejected.sort((a, b) => a.line - b.line);
  return report;
}
