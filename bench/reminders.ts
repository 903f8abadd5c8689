import { loadavg } from 'node:os';
import { Temporal } from 'temporal-polyfill';
import { DueTable } from '../src/adapters/storage/due-table';
import { Deadline } from '../src/adapters/storage/patience';
import { createStorage } from '../src/adapters/storage/storage';
import { openTables } from '../src/adapters/storage/tables';
import { TOGETHER } from '../src/ports/reminder-queue';
import { sweep } from '../src/reminders/sweep';
import type { Flow } from './reminder-flow';
import { runFlow } from './reminder-flow';
import type { Bench, Bound, Findings, Row, Section } from './section';

/** What a sweep costs however much is scheduled, and how fast a morning's reminders go out. */
export const reminders: Section = {
  name: 'reminders',
  title: 'Reminders: requests of a sweep; sends of a morning; delay at rest',
  run: runReminders,
};

/** Sends of which nothing is known but what the wall clock says depend on the machine: the load stands beside them. */
const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(1));
const BLANK = { due: '', sends: '', requests: '', 'sends/s': '', 'p50 s': '', 'p99 s': '' };
const FLOW_BLANK = { 'CPU ms/send': '', 'RSS MB': '', 'RSS 2nd half : 1st': '', load: '' };

async function runReminders(bench: Bench): Promise<Findings> {
  const many = bench.quick ? 3000 : 100_000;
  const requests = [await requestsOfSweep(bench, 1000), await requestsOfSweep(bench, many)];
  const [few = NaN, of = NaN] = requests;
  const rows: Row[] = [1000, many].map((workloads, index) => ({
    what: `sweep, 100 due for 20 FMs among ${workloads} workloads`,
    ...BLANK,
    due: 100,
    requests: requests[index] ?? NaN,
    ...FLOW_BLANK,
  }));
  const bounds: Bound[] = [{ what: 'requests of a sweep, many : few', atMost: 1.1, seen: of / few }];
  const flows = bench.quick ? [QUICK] : FLOWS;
  for (const { what, flow, boundsOf } of flows) {
    const result = await runFlow(bench, flow);
    rows.push({
      what,
      due: result.due,
      sends: result.sends,
      requests: `${result.requestsPerSend}/send`,
      'sends/s': result.sendsPerSecond,
      'p50 s': result.p50,
      'p99 s': result.p99,
      'CPU ms/send': result.cpuMsPerSend,
      'RSS MB': result.rssMb,
      'RSS 2nd half : 1st': result.growth,
      load: loadNow(),
    });
    bounds.push(...boundsOf(result), {
      what: `${what}: RSS of the second half to the first`,
      atMost: 1.1,
      seen: result.growth,
    });
  }
  return { rows, bounds };
}

interface Measured {
  readonly what: string;
  readonly flow: Flow;
  readonly boundsOf: (result: Awaited<ReturnType<typeof runFlow>>) => Bound[];
}

const MORNING = { fms: 2000, customersPerFm: 1, workloadsPerCustomer: 5, sweepSeconds: 60, spreadSeconds: 0 };
const AT_REST = { ...MORNING, fms: 200, ratePerSecond: 50, sweepSeconds: 5, spreadSeconds: 40 };

const atLeast =
  (wanted: number, what: string) =>
  (result: { readonly sendsPerSecond: number }): Bound[] => [
    { what, atMost: 1, seen: Number((wanted / result.sendsPerSecond).toFixed(2)) },
  ];

const FLOWS: readonly Measured[] = [
  {
    what: 'a morning at 50 a second',
    flow: { ...MORNING, ratePerSecond: 50 },
    boundsOf: atLeast(47, '47 a second : seen, at limit 50'),
  },
  {
    what: 'a morning without limit',
    flow: { ...MORNING, ratePerSecond: 1000 },
    boundsOf: atLeast(150, '150 a second : seen, without limit'),
  },
  {
    what: 'the same, a customer for each reminder',
    flow: { ...MORNING, customersPerFm: 5, workloadsPerCustomer: 1, ratePerSecond: 1000 },
    boundsOf: () => [],
  },
  {
    what: 'at rest',
    flow: AT_REST,
    boundsOf: ({ p99 }) => [
      { what: 'due to sent at rest, p99 in sweep intervals', atMost: 2, seen: p99 / AT_REST.sweepSeconds },
    ],
  },
];
/** Checks that all of it runs; a figure of twenty sends means nothing. */
const QUICK: Measured = {
  what: 'a few sends',
  flow: { ...MORNING, fms: 20, ratePerSecond: 1000 },
  boundsOf: () => [],
};

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
    await scheduleAll(new DueTable(tables.table.duereminders, clock), workloads);
    requests = 0;
    const putAll = async (tasks: readonly unknown[]): Promise<void> =>
      void (requests += Math.ceil(tasks.length / TOGETHER));
    const queue = { put: async () => undefined, putAll, take: async () => [], length: async () => 0 };
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
async function scheduleAll(due: DueTable, workloads: number): Promise<void> {
  const now = Temporal.Now.instant();
  const year = 365 * 24 * 60;
  const write = async (start: number): Promise<void> => {
    const hints = Array.from({ length: Math.min(AT_ONCE, workloads - start) }, (_unused, offset) => {
      const index = start + offset;
      const minutes = index < 100 ? -60 : 60 + Math.floor(((index - 100) / workloads) * year);
      const customerId = `c${index}`;
      const dueAt = now.add({ minutes });
      return { customerId, fm: `fm${index % 20}@x.com`, dueAt };
    });
    await due.write(hints, new Deadline(60_000));
  };
  for (let start = 0; start < workloads; start += AT_ONCE) {
    await write(start);
  }
}

/** So many neighbours in time share a partition, and so a transaction. */
const AT_ONCE = 1000;
