import { Temporal } from 'temporal-polyfill';
import { createStorage } from '../src/adapters/storage/storage';
import { openTables } from '../src/adapters/storage/tables';
import { sweep } from '../src/reminders/sweep';
import type { Bench, Findings, Section } from './section';

/** What a sweep costs: requests with 100 due among few and among many scheduled reminders. */
export const reminders: Section = {
  name: 'reminders',
  title: 'Requests of a sweep with 100 due for 20 FMs',
  run: runReminders,
};

async function runReminders(bench: Bench): Promise<Findings> {
  const few = await requestsOfSweep(bench, 1000);
  const many = await requestsOfSweep(bench, bench.quick ? 3000 : 100_000);
  const rows = [
    { workloads: 1000, requests: few },
    { workloads: bench.quick ? 3000 : 100_000, requests: many },
  ];
  return { rows, bounds: [{ what: 'requests of a sweep, many : few', atMost: 1.1, seen: many / few }] };
}

let runs = 0;

async function requestsOfSweep({ connectionString }: Bench, workloads: number): Promise<number> {
  let requests = 0;
  runs += 1;
  const tables = openTables(
    { connectionString },
    { budget: 30_000, prefix: `s${process.pid}x${runs}`, onRequest: () => void (requests += 1) },
  );
  const clock = { now: () => Temporal.Now.instant() };
  const storage = createStorage({ tables, clock, onBackgroundError: () => undefined });
  try {
    await tables.prepare();
    await scheduleAll(storage.due, workloads);
    requests = 0;
    const queue = { put: async () => void (requests += 1), take: async () => [], length: async () => 0 };
    const report = await sweep({ ...storage, queue, clock });
    if (report.due !== 100) {
      throw new Error(`100 are due, the sweep found ${report.due}`);
    }
    return requests;
  } finally {
    await storage.close();
  }
}

/** Hints as commits write them: 100 due an hour ago, the others over the coming year. */
async function scheduleAll(due: ReturnType<typeof createStorage>['due'], workloads: number): Promise<void> {
  const writer = due as unknown as {
    write: (hints: readonly object[], deadline: { left: () => number }) => Promise<void>;
  };
  const now = Temporal.Now.instant();
  for (let start = 0; start < workloads; start += 64) {
    const hints = Array.from({ length: Math.min(64, workloads - start) }, (_unused, offset) => {
      const index = start + offset;
      const dueAt = index < 100 ? now.subtract({ hours: 1 }) : now.add({ minutes: 60 + index * 5 });
      const customerId = `c${index}`;
      return { customerId, workload: 'teams', reminderId: `${customerId}:teams`, fm: `fm${index % 20}@x.com`, dueAt };
    });
    await writer.write(hints, { left: () => 60_000 });
  }
}
