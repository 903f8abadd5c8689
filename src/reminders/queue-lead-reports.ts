import type { Clock } from '../ports/clock';
import type { Deliveries } from '../ports/deliveries';
import type { ReminderQueue } from '../ports/reminder-queue';
import { leadKey } from './deliver-lead-report';

interface Dependencies {
  readonly deliveries: Deliveries;
  readonly queue: ReminderQueue;
  readonly clock: Clock;
}

/**
 * Puts a message per lead into the queue now and then, whichever instance comes first. Whether it is the hour for a report,
 * and whether today's was sent, its worker decides.
 */
export async function queueLeadReports(
  { deliveries, queue, clock }: Dependencies,
  { leads, everySeconds }: { readonly leads: readonly string[]; readonly everySeconds: number },
): Promise<void> {
  const now = clock.now();
  for (const lead of leads) {
    const key = leadKey(lead);
    const { queuedAt, queuedVersion } = await deliveries.read(key);
    const age = queuedAt === undefined ? Infinity : (now.epochMilliseconds - queuedAt.epochMilliseconds) / 1000;
    if (age >= everySeconds && (await deliveries.markQueued(key, now, queuedVersion))) {
      await queue.put({ kind: 'lead', fm: lead, hints: [] });
    }
  }
}
