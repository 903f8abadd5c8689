import type { Temporal } from 'temporal-polyfill';
import type { ItemView } from '../domain/reminders/item-state';
import { afterSending, putOff, SUGGEST_AFTER } from '../domain/reminders/reminder';
import type { Schedule } from '../domain/reminders/schedule';
import { askAgainAt, AT_ONCE } from '../domain/reminders/schedule';
import type { Delivery, Digest } from '../ports/deliveries';
import type { OutgoingDigest } from '../ports/messenger';
import type { Profile } from '../ports/profiles';
import type { DeliveryDependencies, Sending, TaskOutcome } from './dependencies';
import { DONE } from './dependencies';
import type { DueEntry } from './due-entries';
import { recordEntries } from './record-entries';

/** Items of one card; the rest is behind "show more". */
export const MOST_ITEMS = 10;

interface Earlier {
  readonly state: Delivery;
  readonly to: Profile | undefined;
  readonly schedule: Schedule;
  readonly now: Temporal.Instant;
  readonly entries: readonly DueEntry[];
}

/**
 * Finishes what an instance that died had begun. @returns what is still to be sent.
 * - The message id is known: it was sent, and only its record is missing.
 * - It is not: see `settleUnknown`. With reminders "as soon as due" there is no later hour to wait for: it is sent again.
 */
export async function settleEarlier(by: DeliveryDependencies, earlier: Earlier): Promise<readonly DueEntry[]> {
  const { state, entries, schedule, now, to } = earlier;
  const { digestId, at } = state;
  if (digestId === undefined || at === undefined || state.phase === 'idle' || entries.length === 0) {
    return entries;
  }
  const digest = await by.deliveries.digest(state.fm, digestId);
  const theirs = entries.filter((entry) => digest?.items.some((item) => isItem(item, entry)));
  if (!digest || theirs.length === 0) {
    return entries;
  }
  const rest = entries.filter((entry) => !theirs.includes(entry));
  if (state.phase === 'sent') {
    await recordEntries(by, theirs, (reminder) => afterSending(reminder, at, schedule));
    return rest;
  }
  by.events.unknown('crash', digestId);
  const known = to && (await updateKnown(by, { state, to, schedule, digest, entries: theirs }));
  if (!known && schedule.time === AT_ONCE) {
    return entries;
  }
  await recordEntries(by, theirs, (reminder) =>
    known ? afterSending(reminder, now, schedule) : putOff(reminder, askAgainAt(schedule, now, 1)),
  );
  return rest;
}

const isItem = (item: Digest['items'][number], { customerId, workload, dueAt }: DueEntry): boolean =>
  item.customerId === customerId && item.workload === workload.workload && item.dueAt.equals(dueAt);

/** Puts the digest into the last message whose id is known: what may happen twice shows it once. */
async function updateKnown(
  by: DeliveryDependencies,
  sent: Pick<Sending, 'state' | 'to' | 'schedule' | 'entries'> & { digest: Digest },
): Promise<boolean> {
  const { messageId } = sent.state;
  if (messageId === undefined) {
    return false;
  }
  const result = await by.messenger.updateDigest(messageId, outgoing(sent, MOST_ITEMS));
  return result.kind === 'sent';
}

/**
 * Teams did not say what became of the POST (502, 504, connection lost). Sending again could say it twice, so it is not:
 * a known message is updated, else the reminders are asked about on the next working day as if for the first time.
 */
export async function settleUnknown(by: DeliveryDependencies, sending: Sending, digest: Digest): Promise<TaskOutcome> {
  const { state, version, entries, schedule, now } = sending;
  by.events.unknown('noAnswer', digest.id);
  const known = await updateKnown(by, { ...sending, digest });
  await recordEntries(by, entries, (reminder) =>
    known ? afterSending(reminder, now, schedule) : putOff(reminder, askAgainAt(schedule, now, 1)),
  );
  await by.deliveries.put({ ...state, phase: 'idle', leaseUntil: undefined }, version);
  return DONE;
}

/** The digest as the messenger is to show it, fresh. */
export function outgoing(
  { to, digest, entries, schedule }: Pick<Sending, 'to' | 'entries' | 'schedule'> & { digest: Digest },
  most: number,
): OutgoingDigest {
  const items = digest.items.flatMap((item): ItemView[] => {
    const entry = entries.find((each) => isItem(item, each));
    const attempt = entry?.reminder.attempt ?? 0;
    const state = { kind: 'open', attempt, suggestUnresponsive: attempt >= SUGGEST_AFTER } as const;
    return entry ? [{ ...item, state }] : [];
  });
  return { to, digest, items, timeZone: schedule.timeZone, most };
}
