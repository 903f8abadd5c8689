import { Temporal } from 'temporal-polyfill';
import { afterSending, putOff } from '../domain/reminders/reminder';
import { nextSlot } from '../domain/reminders/schedule';
import type { Delivery, Digest } from '../ports/deliveries';
import type { SendResult } from '../ports/messenger';
import type { Profile } from '../ports/profiles';
import type { ReminderTask } from '../ports/reminder-queue';
import { changeProfile } from '../usecases/change-profile';
import { viewDigest } from '../usecases/view-digest';
import { afterFailure, unreachable } from './delivery-failures';
import type { DeliveryDependencies, Sending, TaskOutcome } from './dependencies';
import { DONE, idle, later } from './dependencies';
import { dueEntries } from './due-entries';
import { recordEntries } from './record-entries';
import { MOST_ITEMS, outgoing, settleEarlier, settleUnknown } from './settle';

/** How long one delivery may take from its mark to its record; others keep away until then. */
const LEASE = Temporal.Duration.from({ seconds: 30 });
/** A POST is not begun when less than this is left of the lease: it may take eight seconds itself. */
const NEEDED = Temporal.Duration.from({ seconds: 12 });
/** What one try to note the message id may take. */
const NOTING = Temporal.Duration.from({ seconds: 5 });
const NOTING_TRIES = 8;

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean => Temporal.Instant.compare(one, other) > 0;

/**
 * One pass of delivery: what is due for one FM goes out as one message with one POST, once. The order that makes it so:
 * mark "sending" under the row's ETag, POST, note the message id, record the reminders. Whoever finds a mark that is too
 * old knows how far it came (docs/reliability.md, "Reminders").
 */
export async function deliver(by: DeliveryDependencies, task: ReminderTask): Promise<TaskOutcome> {
  const now = task.at === undefined ? by.clock.now() : Temporal.Instant.from(task.at);
  const read = await by.deliveries.read(task.fm);
  const state = read.delivery ?? idle(task.fm);
  const held = heldUntil(by, state);
  if (held) {
    return later(secondsUntil(by, held));
  }
  const to = (await by.profiles.byAddress(task.fm))?.profile;
  const schedule = await by.schedules.ofProfile(to);
  const due = await dueEntries(by, task, now);
  const entries = await settleEarlier(by, { state, to, schedule, now, entries: due });
  if (entries.length === 0) {
    return DONE;
  }
  const slot = task.at === undefined ? nextSlot(schedule, now) : now;
  if (isAfter(slot, now)) {
    await recordEntries(by, entries, (reminder) => putOff(reminder, slot));
    return DONE;
  }
  if (!to?.reachable) {
    return unreachable(by, { state, version: read.version }, to ? 'notReachable' : 'unknownUser');
  }
  return send(by, { task, to, schedule, now, entries, state, version: read.version });
}

/** Until when nobody else may do anything for this FM: a delivery is under way, or Teams asked for patience. */
function heldUntil({ clock }: DeliveryDependencies, state: Delivery): Temporal.Instant | undefined {
  const until = state.phase === 'sending' ? state.leaseUntil : state.retryAt;
  return until && isAfter(until, clock.now()) ? until : undefined;
}

const secondsUntil = ({ clock }: DeliveryDependencies, until: Temporal.Instant): number =>
  Math.max(1, Math.ceil((until.epochMilliseconds - clock.now().epochMilliseconds) / 1000));

/** From the shared pace to the record. */
async function send(by: DeliveryDependencies, sending: Sending): Promise<TaskOutcome> {
  const chat = sending.to.chat ?? (await openChat(by, sending));
  if ('kind' in chat) {
    return afterFailure(by, sending, chat);
  }
  const wait = await by.limiter.place();
  if (wait !== undefined) {
    return later(wait);
  }
  const digest = digestOf(by, sending);
  const leaseUntil = by.clock.now().add(LEASE);
  const mark: Delivery = { ...sending.state, phase: 'sending', digestId: digest.id, at: sending.now, leaseUntil };
  const [version] = await Promise.all([by.deliveries.put(mark, sending.version), by.deliveries.putDigest(digest)]);
  if (version === undefined) {
    return later(1);
  }
  const held: Sending = { ...sending, to: { ...sending.to, chat }, state: mark, version };
  if (isAfter(by.clock.now().add(NEEDED), leaseUntil)) {
    // Frozen since the mark: somebody else may be at it by now.
    return later(1);
  }
  const result = await post(by, held, digest);
  switch (result.kind) {
    case 'sent':
      return sent(by, held, { digest, messageId: result.messageId });
    case 'unknown':
      return settleUnknown(by, held, digest);
    case 'throttled':
    case 'failed':
    case 'unreachable':
    case 'noConversation':
    case 'tooLarge':
    case 'refused':
      return afterFailure(by, held, result);
  }
}

function digestOf(by: DeliveryDependencies, { task, now, entries }: Sending): Digest {
  const items = entries.map(({ customerId, name, workload, reminder, dueAt }) => ({
    customerId,
    workload: workload.workload,
    name,
    forDate: reminder.forDate ?? workload.startDate?.date ?? now.toZonedDateTimeISO('UTC').toPlainDate(),
    dueAt,
  }));
  return { id: by.newId(), fm: task.fm, at: now, items };
}

/** Opens the chat with an FM who never wrote. */
async function openChat(
  by: DeliveryDependencies,
  { to }: Pick<Sending, 'to'>,
): Promise<NonNullable<Profile['chat']> | SendResult> {
  const chat = await by.messenger.openChat(to);
  if (!('kind' in chat)) {
    await changeProfile(by.profiles, to.userId, (profile) => ({ ...profile, chat }));
  }
  return chat;
}

/** The POST; a card that is too large is made smaller, a chat that is gone is opened again: neither was sent before. */
async function post(by: DeliveryDependencies, sending: Sending, digest: Digest): Promise<SendResult> {
  let to = sending.to;
  let most = MOST_ITEMS;
  let reopened = false;
  for (;;) {
    const result = await by.messenger.sendDigest(outgoing({ ...sending, to, digest }, most));
    if (result.kind === 'tooLarge' && most > 1) {
      most = Math.floor(most / 2);
    } else if (result.kind === 'noConversation' && !reopened) {
      const chat = await openChat(by, { to });
      if ('kind' in chat) {
        return chat;
      }
      to = { ...to, chat };
      reopened = true;
    } else {
      return result;
    }
  }
}

/**
 * As long as the lease holds: storage that is away for a moment must not leave a message without a record that Teams has
 * surely taken. A version that has changed is somebody else's, or our own earlier try.
 */
async function noteSent(
  by: DeliveryDependencies,
  done: Delivery,
  { version, leaseUntil }: Pick<Delivery, 'leaseUntil'> & { readonly version: unknown },
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await by.deliveries.put(done, version);
      return;
    } catch (error) {
      if (tries === NOTING_TRIES || !leaseUntil || isAfter(by.clock.now().add(NOTING), leaseUntil)) {
        throw error;
      }
      await by.pause(500 * tries);
    }
  }
}

async function sent(
  by: DeliveryDependencies,
  { task, state, version, entries, schedule, now, to }: Sending,
  { digest, messageId }: { digest: Digest; messageId: string },
): Promise<TaskOutcome> {
  const done: Delivery = { ...idle(state.fm), phase: 'sent', digestId: digest.id, messageId, at: now };
  await noteSent(by, done, { version, leaseUntil: state.leaseUntil });
  by.events.sent(entries.map(({ dueAt }) => by.clock.now().epochMilliseconds - dueAt.epochMilliseconds));
  const { overtaken } = await recordEntries(by, entries, (reminder) => afterSending(reminder, now, schedule));
  if (overtaken) {
    // Answered, moved or handed over while the message was on its way: the card tells the truth.
    const items = await viewDigest(by.customers, { digest, schedule });
    await by.messenger.updateDigest(messageId, { to, digest, items, timeZone: schedule.timeZone, most: MOST_ITEMS });
  }
  await by.due.forget(task.hints.map((hint) => ({ ...hint, fm: state.fm })));
  return DONE;
}
