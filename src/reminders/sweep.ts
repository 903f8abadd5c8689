import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../ports/clock';
import type { Deliveries } from '../ports/deliveries';
import type { DueHint, DueIndex } from '../ports/due-index';
import type { QueueMarks } from '../ports/queue-marks';
import type { ReminderQueue, ReminderTask } from '../ports/reminder-queue';
import { lengthInMessage, MOST_OF_A_MESSAGE } from '../ports/reminder-queue';

export interface SweepDependencies {
  readonly due: DueIndex;
  readonly deliveries: Deliveries;
  readonly marks: QueueMarks;
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
/** What is due for longer may be held back by its FM or by Teams: only the FM's own row tells. */
const LATE_SECONDS = 300;
/** Instances set their clocks by storage's, to about a second. */
const CLOCKS_AGREE_MS = 2000;
/** Its FM's address, kind and instant. */
const ROOM_FOR_THE_TASK = 1000;

/** An FM's hints, and what the sweep has made of them. */
interface Found {
  readonly fm: string;
  readonly hints: DueHint[];
  /** Held back by Teams or by the FM; undefined = not looked. */
  held?: boolean;
}

/**
 * One pass: due hints become one task per FM. It reads what is due and nothing else, however many workloads there
 * are. However many instances sweep at the same time, each FM is queued once.
 * @param at as if it were this instant, for an operator: then nobody is left out for being queued already.
 */
export async function sweep(by: SweepDependencies, at?: Temporal.Instant): Promise<SweepReport> {
  const now = at ?? by.clock.now();
  const groups = await dueByFm(by.due, now);
  const isWanted = async (fm: string, markedAt: Temporal.Instant | undefined): Promise<boolean> => {
    const found = groups.get(fm);
    return found !== undefined && isToQueue(by, found, { now, at, markedAt });
  };
  let queued = 0;
  for await (const fms of by.marks.claim([...groups.keys()], at === undefined ? now : by.clock.now(), isWanted)) {
    await by.queue.putAll(fms.map((fm) => taskFor(fm, groups.get(fm)?.hints ?? [], at)));
    queued += fms.length;
  }
  const found = [...groups.values()];
  const waiting = found.filter(({ held }) => held !== true).map(({ hints }) => overdue(hints, now));
  const due = found.reduce((sum, { hints }) => sum + hints.length, 0);
  return { due, fms: groups.size, queued, backlogSeconds: Math.max(0, ...waiting) };
}

async function dueByFm(due: DueIndex, until: Temporal.Instant): Promise<Map<string, Found>> {
  const groups = new Map<string, Found>();
  for await (const hint of due.due(until)) {
    const known = groups.get(hint.fm);
    if (known) {
      known.hints.push(hint);
    } else {
      groups.set(hint.fm, { fm: hint.fm, hints: [hint] });
    }
  }
  return groups;
}

async function isToQueue(
  { deliveries }: SweepDependencies,
  found: Found,
  when: {
    readonly now: Temporal.Instant;
    readonly at: Temporal.Instant | undefined;
    readonly markedAt: Temporal.Instant | undefined;
  },
): Promise<boolean> {
  const { now, at, markedAt } = when;
  if (at !== undefined) {
    return true;
  }
  const covered = markedAt !== undefined && found.hints.every((hint) => isInMessageOf(hint, markedAt));
  const minutes = covered ? secondsBetween(markedAt, now) / 60 : Infinity;
  const isLate = overdue(found.hints, now) > LATE_SECONDS;
  if (!isLate && minutes < QUEUED_MINUTES) {
    return false;
  }
  if (!isLate && !covered) {
    return true;
  }
  const { delivery } = await deliveries.read(found.fm);
  const isWaiting = delivery?.retryAt !== undefined && secondsBetween(delivery.retryAt, now) < 0;
  const isUnreachable = delivery?.unreachable !== undefined;
  found.held = isWaiting || isUnreachable;
  return !isWaiting && minutes >= (isUnreachable ? UNREACHABLE_MINUTES : QUEUED_MINUTES);
}

function taskFor(fm: string, hints: readonly DueHint[], at: Temporal.Instant | undefined): ReminderTask {
  // Some hundred customers; what is over comes with the next sweep.
  let room = MOST_OF_A_MESSAGE - ROOM_FOR_THE_TASK;
  const some = hints
    .map(({ customerId, dueAt, seen }) => ({ customerId, dueAt, ...(seen && { seen }) }))
    .filter((hint) => (room -= lengthInMessage(hint)) > 0);
  return { kind: 'deliver', fm, hints: some, ...(at && { at: at.toString() }) };
}

/** Whether the sweep that made this mark has seen the hint: it was due by then, and surely written. */
const isInMessageOf = ({ dueAt, seen }: DueHint, markedAt: Temporal.Instant): boolean =>
  dueAt.epochMilliseconds <= markedAt.epochMilliseconds &&
  (seen === undefined || Date.parse(seen.writtenAt) + CLOCKS_AGREE_MS <= markedAt.epochMilliseconds);

/** For how many seconds the oldest of them could have been sent. */
const overdue = (hints: readonly DueHint[], now: Temporal.Instant): number =>
  (now.epochMilliseconds - Math.min(...hints.map(waitingSince))) / 1000;

/** Since when it could have been sent: a date that had long passed when it was imported waits since the import. */
const waitingSince = ({ dueAt, seen }: DueHint): number =>
  Math.max(dueAt.epochMilliseconds, seen === undefined ? 0 : Date.parse(seen.writtenAt));

const secondsBetween = (from: Temporal.Instant, to: Temporal.Instant): number =>
  (to.epochMilliseconds - from.epochMilliseconds) / 1000;
