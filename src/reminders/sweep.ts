import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../ports/clock';
import type { Deliveries } from '../ports/deliveries';
import type { DueIndex, DueReminder } from '../ports/due-index';
import type { ReminderQueue } from '../ports/reminder-queue';

export interface SweepDependencies {
  readonly due: DueIndex;
  readonly deliveries: Deliveries;
  readonly queue: ReminderQueue;
  readonly clock: Clock;
}

/** What one pass found. */
export interface SweepReport {
  /** Hints, not all of which need be true. */
  readonly due: number;
  readonly fms: number;
  readonly queued: number;
  /** Age in seconds of the oldest reminder that nothing holds up but us. */
  readonly backlogSeconds: number;
}

/** What is still due so long after its message may have been lost (a mark was made, and its maker died): another one is put. */
const QUEUED_MINUTES = 1;
/** FMs who cannot be reached are looked after this rarely, should the news of their return have been missed. */
const UNREACHABLE_MINUTES = 15;
/** Instances set their clocks by storage's, to about a second. */
const CLOCKS_AGREE_MS = 2000;
/** Hints in one message: some 25 KB of 64. What is over comes with the next sweep. */
const MOST_HINTS = 100;
/** FMs looked at side by side: few, so that deliveries are not held up by the sweep that finds them. */
const AT_ONCE = 4;

/**
 * One pass: due hints become one message per FM. It reads what is due and nothing else, however many workloads there
 * are. However many instances sweep at the same time, each FM is queued once.
 * @param at as if it were this instant, for an operator: then nobody is left out for being queued already.
 */
export async function sweep(by: SweepDependencies, at?: Temporal.Instant): Promise<SweepReport> {
  const now = at ?? by.clock.now();
  const groups = await dueByFm(by.due, now);
  const waiting = [...groups].values();
  const report = { due: 0, fms: groups.size, queued: 0, backlogSeconds: 0 };
  const worker = async (): Promise<void> => {
    for (const [fm, hints] of waiting) {
      report.due += hints.length;
      const { queued, held } = await queueFm(by, { fm, hints, now, at });
      report.queued += queued ? 1 : 0;
      const oldest = Math.min(...hints.map(waitingSince));
      const age = held ? 0 : (now.epochMilliseconds - oldest) / 1000;
      report.backlogSeconds = Math.max(report.backlogSeconds, age);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return report;
}

async function dueByFm(due: DueIndex, until: Temporal.Instant): Promise<Map<string, DueReminder[]>> {
  const groups = new Map<string, DueReminder[]>();
  for await (const hint of due.due(until)) {
    const known = groups.get(hint.fm);
    if (known) {
      known.push(hint);
    } else {
      groups.set(hint.fm, [hint]);
    }
  }
  return groups;
}

async function queueFm(
  { deliveries, queue, clock }: SweepDependencies,
  found: { fm: string; hints: readonly DueReminder[]; now: Temporal.Instant; at: Temporal.Instant | undefined },
): Promise<{ queued: boolean; held: boolean }> {
  const { fm, hints, now, at } = found;
  const { delivery, queuedAt, queuedVersion } = await deliveries.read(fm);
  const held = delivery?.unreachable !== undefined;
  const minutes = held ? UNREACHABLE_MINUTES : QUEUED_MINUTES;
  const isCovered = queuedAt !== undefined && hints.every((hint) => isInMessageOf(hint, queuedAt));
  const isQueued = isCovered && secondsBetween(queuedAt, now) < minutes * 60;
  const isWaiting = delivery?.retryAt !== undefined && secondsBetween(delivery.retryAt, now) < 0;
  if (at === undefined && (isQueued || isWaiting)) {
    return { queued: false, held: held || isWaiting };
  }
  if (!(await deliveries.markQueued(fm, at === undefined ? now : clock.now(), queuedVersion)) && at === undefined) {
    return { queued: false, held };
  }
  const some = hints.slice(0, MOST_HINTS).map(({ customerId, workload, reminderId, dueAt, seen }) => ({
    customerId,
    workload,
    reminderId,
    dueAt,
    ...(seen && { seen }),
  }));
  await queue.put({ kind: 'deliver', fm, hints: some, ...(at && { at: at.toString() }) });
  return { queued: true, held };
}

/** Whether the sweep that made this mark has seen the hint: it was due by then, and surely written. */
const isInMessageOf = ({ dueAt, seen }: DueReminder, queuedAt: Temporal.Instant): boolean =>
  dueAt.epochMilliseconds <= queuedAt.epochMilliseconds &&
  (seen === undefined || Date.parse(seen.writtenAt) + CLOCKS_AGREE_MS <= queuedAt.epochMilliseconds);

/** Since when it could have been sent: a date that had long passed when it was imported waits since the import. */
const waitingSince = ({ dueAt, seen }: DueReminder): number =>
  Math.max(dueAt.epochMilliseconds, seen === undefined ? 0 : Date.parse(seen.writtenAt));

const secondsBetween = (from: Temporal.Instant, to: Temporal.Instant): number =>
  (to.epochMilliseconds - from.epochMilliseconds) / 1000;
