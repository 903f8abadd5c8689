import { Temporal } from 'temporal-polyfill';
import type { Customer, Reminder, StartDate, Workload } from '../records';
import type { WorkloadId } from '../vocabulary';
import { isChased, SUGGEST_AFTER } from './reminder';
import type { Schedule } from './schedule';
import { nextSlot } from './schedule';

/** What has become of a reminder that a card asked about. */
export type ItemState =
  | { readonly kind: 'open'; readonly attempt: number; readonly suggestUnresponsive: boolean }
  | { readonly kind: 'replied' }
  | { readonly kind: 'trying'; readonly againAt: Temporal.Instant }
  | { readonly kind: 'unresponsive' }
  | { readonly kind: 'moved'; readonly to: StartDate }
  | { readonly kind: 'otherFm' }
  /** No date, not In Progress, a partner's, or past enablement: nobody is chased any more. */
  | { readonly kind: 'closed' };

/** The truth about an item of a digest, however late its card is looked at. */
export function itemState(
  asked: {
    readonly forDate: Temporal.PlainDate;
    readonly at: Temporal.Instant;
    readonly fm: string;
    readonly schedule: Schedule;
  },
  customer: Customer | undefined,
  rows: { readonly workload: Workload | undefined; readonly reminder: Reminder | undefined },
): ItemState {
  const { workload, reminder } = rows;
  if (customer?.fm !== asked.fm) {
    return { kind: 'otherFm' };
  }
  if (workload?.startDate === undefined) {
    return { kind: 'closed' };
  }
  if (!workload.startDate.date.equals(asked.forDate)) {
    return { kind: 'moved', to: workload.startDate };
  }
  const { lastContact } = workload;
  if (lastContact?.kind === 'reply') {
    return { kind: 'replied' };
  }
  if (lastContact?.kind === 'unresponsive') {
    return { kind: 'unresponsive' };
  }
  if (!isChased(customer, workload) || !reminder || reminder.status === 'stopped') {
    return { kind: 'closed' };
  }
  const tried = lastContact !== undefined && Temporal.Instant.compare(lastContact.at, asked.at) > 0;
  // One that was sent since then is open again, on an older card too.
  if (tried && reminder.status === 'scheduled') {
    return tryingUntil(asked.schedule, reminder);
  }
  return { kind: 'open', attempt: reminder.attempt, suggestUnresponsive: reminder.attempt >= SUGGEST_AFTER };
}

/** An attempt was recorded; the FM is told the day on which they will really hear again, after a pause if there is one. */
export const tryingUntil = (schedule: Schedule, { dueAt }: Pick<Reminder, 'dueAt'>): SettledState => ({
  kind: 'trying',
  againAt: nextSlot(schedule, dueAt),
});

/** The state of an item that needs no answer any more. */
export type SettledState = Exclude<ItemState, { kind: 'open' }>;

/** An item of a digest as a card shows it. */
export interface ItemView {
  readonly customerId: string;
  readonly name: string;
  readonly workload: WorkloadId;
  readonly forDate: Temporal.PlainDate;
  readonly state: ItemState;
}
