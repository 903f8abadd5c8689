import type { Delivery } from '../ports/deliveries';
import type { SendResult } from '../ports/messenger';
import { changeProfile } from '../usecases/change-profile';
import type { DeliveryDependencies, Sending, TaskOutcome } from './dependencies';
import { DONE, later } from './dependencies';
import { recordEntries } from './record-entries';

/** Refusals of one message before its reminders are given up as dead. */
const MOST_REFUSALS = 5;
const FIRST_BACKOFF = 2;
const LONGEST_BACKOFF = 300;

/** Seconds until the next try: doubled each time, spread by a half, so that instances do not come back together. */
export const backOff = (failures: number, random: number): number =>
  Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.min(failures, 10)) * (0.75 + random / 2);

/** Teams said no, or was not reached; the reminders stay due. */
export async function afterFailure(
  by: DeliveryDependencies,
  sending: Sending,
  result: SendResult,
): Promise<TaskOutcome> {
  const { state, version } = sending;
  switch (result.kind) {
    case 'throttled': {
      const seconds = result.retryAfterSeconds ?? backOff(state.failures, by.random());
      await by.limiter.block(seconds);
      return tryAgain(by, sending, { seconds, code: 'throttled' });
    }
    case 'failed':
    case 'unknown':
      return tryAgain(by, sending, { seconds: backOff(state.failures, by.random()), code: result.code });
    case 'noConversation':
      return unreachable(by, { state, version }, 'noConversation');
    case 'unreachable':
      await changeProfile(by.profiles, sending.to.userId, (profile) => ({ ...profile, reachable: false }));
      return unreachable(by, { state, version }, result.code);
    case 'tooLarge':
      return refused(by, sending, 'tooLarge');
    case 'refused':
      return refused(by, sending, result.code);
    case 'sent':
      return DONE;
  }
}

async function tryAgain(
  by: DeliveryDependencies,
  { state, version }: Sending,
  { seconds, code }: { seconds: number; code: string },
): Promise<TaskOutcome> {
  by.events.retried(code);
  const retryAt = by.clock.now().add({ milliseconds: Math.round(seconds * 1000) });
  await by.deliveries.put({ ...stopped(state), failures: state.failures + 1, retryAt }, version);
  return later(seconds);
}

const stopped = (state: Delivery): Delivery => ({ ...state, phase: 'idle', leaseUntil: undefined });

/** Kept: the reminders stay due, the lead sees it, and the FM's return delivers them. */
export async function unreachable(
  by: DeliveryDependencies,
  { state, version }: Pick<Sending, 'state' | 'version'>,
  code: string,
): Promise<TaskOutcome> {
  if (!state.unreachable) {
    by.events.unreachable(code);
    await by.deliveries.put({ ...stopped(state), unreachable: { since: by.clock.now(), code } }, version);
  } else if (state.phase !== 'idle') {
    await by.deliveries.put(stopped(state), version);
  }
  return DONE;
}

async function refused(by: DeliveryDependencies, sending: Sending, code: string): Promise<TaskOutcome> {
  const { state, version, entries } = sending;
  if (state.failures + 1 < MOST_REFUSALS) {
    return tryAgain(by, sending, { seconds: backOff(state.failures, by.random()), code });
  }
  await recordEntries(by, entries, (reminder) => ({ ...reminder, status: 'dead', againAt: undefined }));
  by.events.dead(entries.length, code);
  await by.deliveries.put({ ...stopped(state), failures: 0, retryAt: undefined }, version);
  return DONE;
}
