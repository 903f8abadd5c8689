import { Temporal } from 'temporal-polyfill';
import { createStorage } from '../src/adapters/storage/storage';
import { openTables } from '../src/adapters/storage/tables';
import { exportAll } from '../src/usecases/export-records';
import type { Acknowledged } from './load-people';

export interface Comparison {
  readonly changes: number;
  /** Changes the bot acknowledged that the export does not have. */
  readonly lostChanges: number;
  /** When they were acknowledged. */
  readonly lostIn: readonly string[];
  /** Changes the export has and nobody was told of: answers that did not arrive. */
  readonly unheardChanges: number;
  /** Customers whose date is not the one of the last change in their history. */
  readonly wrongDates: number;
  readonly completed: number;
  readonly lostCompletions: number;
}

interface Change {
  readonly customerId: string;
  readonly to: string;
  readonly reason: string;
}

/** The export against what the bot has said is so. */
export async function compare(connectionString: string, acknowledged: Acknowledged): Promise<Comparison> {
  const tables = openTables({ connectionString }, { budget: 60_000 });
  const clock = { now: () => Temporal.Now.instant() };
  const storage = createStorage({ tables, clock, onBackgroundError: () => undefined });
  const changes: Change[] = [];
  const dates = new Map<string, string | undefined>();
  const submitted = new Set<string>();
  try {
    for await (const { list, row } of exportAll(storage)) {
      if (list === 'startDateChanges') {
        changes.push(row as unknown as Change);
      } else if (list === 'customers') {
        const { id, workloads } = row as { id: string; workloads: { startDate: { date: string } | null }[] };
        dates.set(id, workloads[0]?.startDate?.date);
      } else if (list === 'checklists' && row['status'] === 'submitted') {
        submitted.add(row['customerId'] as string);
      }
    }
  } finally {
    await storage.close();
  }
  const written = new Set(changes.map(({ customerId, to, reason }) => `${customerId} ${to} ${reason}`));
  const said = [...acknowledged.changes].flatMap(([id, own]) =>
    own.map(({ date, reason, phase }) => ({ change: `${id} ${date} ${reason}`, phase })),
  );
  const lost = said.filter(({ change }) => !written.has(change));
  const last = new Map(changes.map(({ customerId, to }) => [customerId, to]));
  return {
    changes: said.length,
    lostChanges: lost.length,
    lostIn: lost.map(({ phase }) => phase),
    unheardChanges: written.size - said.length,
    wrongDates: [...last].filter(([id, to]) => dates.get(id) !== to).length,
    completed: acknowledged.completed.size,
    lostCompletions: [...acknowledged.completed].filter((id) => !submitted.has(id)).length,
  };
}
