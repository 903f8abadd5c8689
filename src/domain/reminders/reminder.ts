import { Temporal } from 'temporal-polyfill';
import type { Customer, Reminder, Workload } from '../records';
import type { WorkloadId } from '../vocabulary';
import type { Schedule } from './schedule';
import { askAgainAt, firstDue, headsUpAt, todayOf } from './schedule';

/** In how many working days an FM who is still trying can be asked again (contract). */
export const AGAIN_IN = [1, 3, 5, 10] as const;
export type AgainIn = (typeof AGAIN_IN)[number];
/** A reminder nobody answered comes again after so many working days. */
export const IGNORED_AGAIN_IN = 3;
/** So many ignored ones and the lead is told. */
export const IGNORED_FOR_LEAD = 3;
/** Attempts after which *Unresponsive* is suggested: the reminder then asks about the third. */
export const SUGGEST_AFTER = 2;

/** A reminder's id names its row, so that operators can find it (contract: `reminders retry ID`). */
export const reminderId = (customerId: string, workload: WorkloadId): string => `${customerId}:${workload}`;

/** @returns the customer and workload of a reminder's id as typed by an operator. */
export function readReminderId(id: string): { customerId: string; workload: string } | undefined {
  const colon = id.lastIndexOf(':');
  return colon > 0 ? { customerId: id.slice(0, colon), workload: id.slice(colon + 1) } : undefined;
}

/**
 * Whether the FM is to be asked about this workload at all: FTC (S11), somebody assigned, In Progress (S2) with a date,
 * still in enablement (S3: past engagements are nobody's business any more), and neither replied nor given up (S7 S8).
 */
export const isChased = (customer: Pick<Customer, 'deliveryChannel' | 'fm'>, workload: Workload): boolean =>
  customer.deliveryChannel === 'FTC' &&
  customer.fm !== undefined &&
  workload.l1Status === 'InProgress' &&
  workload.serviceStatus === 'Enablement' &&
  workload.startDate !== undefined &&
  workload.lastContact?.kind !== 'reply' &&
  workload.lastContact?.kind !== 'unresponsive';

/** Whether word from the customer would be news: as `isChased`, or given up on, which a later reply ends (S8). */
export const mayReply = (customer: Pick<Customer, 'deliveryChannel' | 'fm'>, workload: Workload): boolean =>
  workload.lastContact?.kind === 'unresponsive'
    ? isChased(customer, { ...workload, lastContact: undefined })
    : isChased(customer, workload);

export const isLive = ({ status }: Pick<Reminder, 'status'>): boolean => status === 'scheduled' || status === 'sent';

/** When a live reminder is next to be sent, or undefined when it is not. */
export function nextAt({ status, dueAt, againAt }: Reminder): Temporal.Instant | undefined {
  return status === 'scheduled' ? dueAt : status === 'sent' ? againAt : undefined;
}

/** What planning looks at: the facts as they are after a change, the reminder as it was, and the FM's calendar. */
export interface PlanInput {
  readonly customer: Customer;
  readonly workload: Workload;
  readonly reminder: Reminder | undefined;
  /** Of the customer's FM. */
  readonly schedule: Schedule;
  readonly now: Temporal.Instant;
}

/**
 * The reminder as it has to be after any change of date, L1, FM, channel, contact or service status: the one place that
 * decides it, called by every commit. @returns undefined when the row is right as it is, or none is needed.
 */
export function planReminder(input: PlanInput): Reminder | undefined {
  const { customer, workload, reminder, schedule, now } = input;
  if (!isChased(customer, workload)) {
    const status = workload.lastContact?.kind === 'reply' ? 'answered' : 'stopped';
    return reminder && isLive(reminder) ? { ...reminder, status, againAt: undefined } : undefined;
  }
  const { fm, id } = customer;
  const forDate = workload.startDate?.date;
  if (fm === undefined || forDate === undefined) {
    return undefined;
  }
  const sameDate = reminder?.forDate?.equals(forDate) === true;
  if (reminder && sameDate && reminder.fm === fm && (isLive(reminder) || reminder.status === 'dead')) {
    return undefined;
  }
  const fresh = { id: reminderId(id, workload.workload), fm, forDate, ...firstAsk(schedule, forDate, now) };
  if (reminder && sameDate) {
    // Handed over, or taken up again: what was tried counts, and what was put off stays put off.
    const later = Temporal.Instant.compare(reminder.dueAt, fresh.dueAt) > 0 ? reminder.dueAt : fresh.dueAt;
    const { attempt } = reminder;
    return { ...fresh, dueAt: later, attempt, ...never, workload: workload.workload };
  }
  return { ...fresh, attempt: 0, ...never, workload: workload.workload };
}

const never = { ignored: 0, status: 'scheduled', sentAt: undefined, againAt: undefined } as const;

function firstAsk(
  schedule: Schedule,
  forDate: Temporal.PlainDate,
  now: Temporal.Instant,
): Pick<Reminder, 'dueAt' | 'kind'> {
  const headsUp = schedule.headsUp ? headsUpAt(schedule, forDate) : undefined;
  return headsUp && Temporal.Instant.compare(headsUp, now) >= 0
    ? { dueAt: headsUp, kind: 'headsUp' }
    : { dueAt: firstDue(schedule, forDate), kind: 'chase' };
}

/** The FM is still trying: one attempt more, and asked again in so many working days, never before the date has passed. */
export function stillTrying(
  reminder: Reminder,
  againIn: AgainIn,
  { schedule, now }: Pick<PlanInput, 'schedule' | 'now'>,
): Reminder {
  const again = askAgainAt(schedule, now, againIn);
  const first = reminder.forDate ? firstDue(schedule, reminder.forDate) : again;
  const dueAt = Temporal.Instant.compare(again, first) > 0 ? again : first;
  return { ...reminder, ...never, sentAt: reminder.sentAt, dueAt, attempt: reminder.attempt + 1, kind: 'chase' };
}

/**
 * The reminder once it was sent. A heads-up is followed by the chase; a chase comes again if nobody answers, and one
 * that had been sent before was ignored.
 */
export function afterSending(reminder: Reminder, sentAt: Temporal.Instant, schedule: Schedule): Reminder {
  const isEarly =
    reminder.forDate !== undefined && Temporal.PlainDate.compare(todayOf(schedule, sentAt), reminder.forDate) <= 0;
  // A heads-up that comes only after its date has passed is a chase.
  if (reminder.kind === 'headsUp' && isEarly) {
    const dueAt = firstDue(schedule, reminder.forDate);
    return { ...reminder, kind: 'chase', status: 'scheduled', dueAt, sentAt, againAt: undefined };
  }
  const ignored = reminder.status === 'sent' ? reminder.ignored + 1 : reminder.ignored;
  const againAt = askAgainAt(schedule, sentAt, IGNORED_AGAIN_IN);
  return { ...reminder, kind: 'chase', status: 'sent', sentAt, ignored, againAt };
}

/** Put off without having been sent: not the FM's hour, or nobody knows whether it arrived. */
export const putOff = (reminder: Reminder, until: Temporal.Instant): Reminder =>
  reminder.status === 'sent' ? { ...reminder, againAt: until } : { ...reminder, dueAt: until };
