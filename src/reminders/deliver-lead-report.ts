import { IGNORED_FOR_LEAD, isChased, isLive } from '../domain/reminders/reminder';
import { nextSlot, todayOf } from '../domain/reminders/schedule';
import type { Delivery } from '../ports/deliveries';
import type { LeadReport } from '../ports/messenger';
import type { Profile } from '../ports/profiles';
import type { ReminderTask } from '../ports/reminder-queue';
import type { DeliveryDependencies, TaskOutcome } from './dependencies';
import { DONE, idle, later } from './dependencies';
import { backOff } from './delivery-failures';

const LEASE_SECONDS = 60;
/** A lead's own row: apart from the row of the same person as an FM. */
export const leadKey = (address: string): string => `lead:${address}`;

/**
 * Tells a lead, at most once a day and at their own reminder time, whose reminders are ignored and who cannot be reached.
 * Whatever is unknown about the message's fate counts as sent: tomorrow's report says it all again.
 */
export async function deliverLeadReport(by: DeliveryDependencies, { fm: address }: ReminderTask): Promise<TaskOutcome> {
  const key = leadKey(address);
  const now = by.clock.now();
  const to = (await by.profiles.byAddress(address))?.profile;
  const schedule = await by.schedules.ofProfile(to);
  const { delivery, version } = await by.deliveries.read(key);
  const toldToday = delivery?.at !== undefined && todayOf(schedule, delivery.at).equals(todayOf(schedule, now));
  const isHeld = delivery?.retryAt !== undefined && delivery.retryAt.epochMilliseconds > now.epochMilliseconds;
  if (!to?.reachable || !to.chat || toldToday || isHeld || !nextSlot(schedule, now).equals(now)) {
    return DONE;
  }
  const report = { to, timeZone: schedule.timeZone, ...(await gather(by)) };
  if (report.ignored.length === 0 && report.unreachable.length === 0) {
    return DONE;
  }
  const wait = await by.limiter.place();
  if (wait !== undefined) {
    return later(wait);
  }
  const leaseUntil = now.add({ seconds: LEASE_SECONDS });
  const mark: Delivery = { ...(delivery ?? idle(key)), phase: 'sending', at: now, leaseUntil };
  const held = await by.deliveries.put(mark, version);
  return held === undefined ? DONE : tell(by, report, { mark, version: held });
}

async function tell(
  by: DeliveryDependencies,
  report: LeadReport & { to: Profile },
  { mark, version }: { mark: Delivery; version: unknown },
): Promise<TaskOutcome> {
  const result = await by.messenger.sendLeadReport(report);
  const told: Delivery = { ...mark, phase: 'sent', leaseUntil: undefined, failures: 0, retryAt: undefined };
  switch (result.kind) {
    case 'sent':
      await by.deliveries.put({ ...told, messageId: result.messageId }, version);
      return DONE;
    case 'unknown':
      by.events.unknown('noAnswer');
      await by.deliveries.put(told, version);
      return DONE;
    case 'throttled':
      await by.limiter.block(result.retryAfterSeconds ?? backOff(mark.failures, by.random()));
      break;
    case 'failed':
    case 'unreachable':
    case 'noConversation':
    case 'tooLarge':
    case 'refused':
      break;
  }
  const seconds = backOff(mark.failures + 1, by.random());
  by.events.retried(result.kind);
  const retryAt = by.clock.now().add({ milliseconds: Math.round(seconds * 1000) });
  await by.deliveries.put({ ...told, phase: 'idle', at: undefined, failures: mark.failures + 1, retryAt }, version);
  return DONE;
}

async function gather(by: DeliveryDependencies): Promise<Pick<LeadReport, 'ignored' | 'unreachable'>> {
  const ignored: LeadReport['ignored'][number][] = [];
  for await (const escalation of by.deliveries.escalated()) {
    const file = await by.customers.load(escalation.customerId);
    const workload = file?.workloads.find((row) => row.workload === escalation.workload);
    const reminder = file?.reminders.find((row) => row.workload === escalation.workload);
    if (
      file &&
      workload &&
      reminder &&
      isLive(reminder) &&
      isChased(file.customer, workload) &&
      reminder.ignored >= IGNORED_FOR_LEAD
    ) {
      const { id: customerId, name } = file.customer;
      ignored.push({ customerId, name, fm: reminder.fm, workload: workload.workload, times: reminder.ignored });
    } else {
      await by.deliveries.forgetEscalation(escalation);
    }
  }
  const unreachable: LeadReport['unreachable'][number][] = [];
  for await (const { fm, unreachable: state } of by.deliveries.unreachable()) {
    if (state) {
      unreachable.push({ fm, since: state.since });
    }
  }
  return { ignored, unreachable };
}
