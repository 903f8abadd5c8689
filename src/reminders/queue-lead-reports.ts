import type { Clock } from '../ports/clock';
import type { QueueMarks } from '../ports/queue-marks';
import type { ReminderQueue } from '../ports/reminder-queue';
import { leadKey } from './deliver-lead-report';

interface Dependencies {
  readonly marks: QueueMarks;
  readonly queue: ReminderQueue;
  readonly clock: Clock;
}

/**
 * Puts a task per lead into the queue now and then, whichever instance comes first. Whether it is the hour for a report,
 * and whether today's was sent, its worker decides.
 */
export async function queueLeadReports(
  { marks, queue, clock }: Dependencies,
  { leads, everySeconds }: { readonly leads: readonly string[]; readonly everySeconds: number },
): Promise<void> {
  const now = clock.now();
  const byKey = new Map(leads.map((lead) => [leadKey(lead), lead]));
  const claimed = marks.claim([...byKey.keys()], now, async (_key, markedAt) =>
    Promise.resolve(
      markedAt === undefined || now.epochMilliseconds - markedAt.epochMilliseconds >= everySeconds * 1000,
    ),
  );
  for await (const keys of claimed) {
    await queue.putAll(keys.map((key) => ({ kind: 'lead', fm: byKey.get(key) ?? '', hints: [] })));
  }
}
