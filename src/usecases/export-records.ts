import type { Note } from '../domain/records';
import type { CustomerFile, CustomerLog, Customers } from '../ports/customers';
import type { Feedback } from '../ports/feedback';
import { WORKLOADS, type WorkloadId } from '../domain/vocabulary';
import type { ExportRecord } from './export-rows';
import {
  checklistRecord,
  contactRecord,
  customerRecord,
  noteRecord,
  questionRecord,
  reminderRecord,
  startDateChangeRecord,
  voteRecord,
} from './export-rows';

interface Dependencies {
  readonly customers: Customers;
  readonly feedback: Feedback;
}

/** Customers read ahead of the one being written: hides latency, bounds memory. */
const AHEAD = 8;

/**
 * Everything that is kept, customer by customer in the order of the store, each customer's own rows oldest first.
 * Each customer is read once, so its lists agree with each other; a slow reader slows the reading down.
 */
export async function* exportAll({ customers, feedback }: Dependencies): AsyncGenerator<ExportRecord> {
  for await (const records of readAhead(customers.allIds(), async (id) => recordsOf(customers, id))) {
    yield* records ?? [];
  }
  for await (const vote of feedback.votes()) {
    yield voteRecord(vote);
  }
  for await (const question of feedback.unansweredQuestions()) {
    yield questionRecord(question);
  }
}

/** Everything about one customer. @returns undefined when there is no such customer. */
export async function exportOne(
  { customers }: Pick<Dependencies, 'customers'>,
  customerId: string,
): Promise<readonly ExportRecord[] | undefined> {
  return recordsOf(customers, customerId);
}

async function recordsOf(customers: Customers, id: string): Promise<ExportRecord[] | undefined> {
  const [file, log] = await Promise.all([customers.load(id), customers.readLog(id, Infinity)]);
  return file && [...headOf(id, file, log.notes), ...logOf(id, log)];
}

const byWorkload = (a: { workload: WorkloadId }, b: { workload: WorkloadId }): number =>
  WORKLOADS.indexOf(a.workload) - WORKLOADS.indexOf(b.workload);

function headOf(
  id: string,
  { customer, workloads, reminders, checklists }: CustomerFile,
  notes: readonly Note[],
): ExportRecord[] {
  return [
    customerRecord(customer, [...workloads].sort(byWorkload)),
    ...[...reminders].sort(byWorkload).map((reminder) => reminderRecord(id, reminder)),
    ...[...checklists].sort(byWorkload).map((checklist) => checklistRecord(customer, checklist, notes)),
  ];
}

function logOf(id: string, { notes, startDateChanges, contacts }: CustomerLog): ExportRecord[] {
  return [
    ...[...notes].reverse().map((note) => noteRecord(id, note)),
    ...[...startDateChanges].reverse().map((change) => startDateChangeRecord(id, change)),
    ...[...contacts].reverse().map((entry) => contactRecord(id, entry)),
  ];
}

async function* readAhead<T>(ids: AsyncIterable<string>, read: (id: string) => Promise<T>): AsyncGenerator<T> {
  const underWay: Promise<T>[] = [];
  for await (const id of ids) {
    const reading = read(id);
    // A failure is thrown where its turn comes; until then it is not an unhandled one.
    reading.catch(() => undefined);
    underWay.push(reading);
    const first = underWay.length >= AHEAD ? underWay.shift() : undefined;
    if (first) {
      yield await first;
    }
  }
  for (const reading of underWay) {
    yield await reading;
  }
}
