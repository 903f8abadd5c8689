import { dueOffers } from '../domain/checklist/open-completions';
import { nextSlot } from '../domain/reminders/schedule';
import type { ReminderTask } from '../ports/reminder-queue';
import { recordOffersMade } from '../usecases/record-offers-made';
import type { DeliveryDependencies, TaskOutcome } from './dependencies';
import { DONE, later } from './dependencies';
import { isHeld, tellOnce } from './tell-once';

/** An FM's row for offers: apart from the row of their reminders. */
const offerKey = (address: string): string => `offer:${address}`;
/** A second import soon after the first makes one more message, not a volley. */
const APART_SECONDS = 600;
/** A queue message can be hidden for a week. */
const LONGEST_WAIT_SECONDS = 6 * 86_400;

/**
 * Asks an FM, inside their working hours, whether to complete the engagements that an import has brought to the milestone.
 * At most once: what a crash leaves unknown counts as asked. Who cannot be written to is asked at their next greeting.
 */
export async function deliverOffer(by: DeliveryDependencies, { fm: address }: ReminderTask): Promise<TaskOutcome> {
  const key = offerKey(address);
  const now = by.clock.now();
  const to = (await by.profiles.byAddress(address))?.profile;
  const due = to?.reachable && to.chat ? dueOffers(await by.index.ofFm(address)) : [];
  if (!to || due.length === 0) {
    return DONE;
  }
  const held = await by.deliveries.read(key);
  const { delivery } = held;
  const secondsAgo = (now.epochMilliseconds - (delivery?.at?.epochMilliseconds ?? -Infinity)) / 1000;
  if (isHeld(delivery, now)) {
    return later(APART_SECONDS / 10);
  }
  if (delivery?.phase === 'sending') {
    by.events.unknown('crash');
    await recordOffersMade(by, due);
    await by.deliveries.put({ ...delivery, phase: 'idle', leaseUntil: undefined }, held.version);
    return DONE;
  }
  const schedule = await by.schedules.ofProfile(to);
  const slot = (nextSlot(schedule, now).epochMilliseconds - now.epochMilliseconds) / 1000;
  const wait = Math.max(slot, delivery?.phase === 'sent' ? APART_SECONDS - secondsAgo : 0);
  if (wait > 0) {
    return later(Math.min(wait, LONGEST_WAIT_SECONDS));
  }
  return tellOnce(by, {
    key,
    held,
    send: async () => by.messenger.sendOffer(to, due),
    told: async () => recordOffersMade(by, due),
  });
}
