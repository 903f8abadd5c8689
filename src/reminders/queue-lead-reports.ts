import type { Clock } from '../ports/clock';
import type { Deliveries } from '../ports/deliveries';
import type { ReminderQueue } from '../ports/reminder-queue';
import { leadKey } from './deliver-lead-report';

/** How often a lead's report is thought of; whether it is the hour for it, and whether it was sent today, its worker decides. */
const EVERY_SECONDS = 600;

interface Dependencies {
  readonly deliveries: Deliveries;
  readonly queue: ReminderQueue;
  readonly clock: Clock;
}

/** Puts a message per lead into the queue now and then, whichever instance comes first. */
export async function queueLeadReports(
  { deliveries, queue, clock }: Dependencies,
  leads: readonly string[],
): Promise<void> {
  const now = clock.now();
  for (const lead of leads) {
    const key = leadKey(lead);
    const { queuedAt, queuedVersion } = await deliveries.read(key);
    const age = queuedAt === undefined ? Infinity : (now.epochMilliseconds - queuedAt.epochMilliseconds) / 1000;
    if (age >= EVERY_SECONDS && (await deliveries.markQueued(key, now, queuedVersion))) {
      await queue.put({ kind: 'lead', fm: lead, hints: [] });
    }
  }
}
