import { IGNORED_FOR_LEAD, isChased, isLive } from '../domain/reminders/reminder';
import { nextSlot, todayOf } from '../domain/reminders/schedule';
import type { LeadReport } from '../ports/messenger';
import type { ReminderTask } from '../ports/reminder-queue';
import type { DeliveryDependencies, TaskOutcome } from './dependencies';
import { DONE } from './dependencies';
import { isHeld, tellOnce } from './tell-once';

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
  const held = await by.deliveries.read(key);
  const { delivery } = held;
  const toldToday = delivery?.at !== undefined && todayOf(schedule, delivery.at).equals(todayOf(schedule, now));
  if (!to?.reachable || !to.chat || toldToday || isHeld(delivery, now) || !nextSlot(schedule, now).equals(now)) {
    return DONE;
  }
  const report = { to, timeZone: schedule.timeZone, ...(await gather(by)) };
  if (report.ignored.length === 0 && report.unreachable.length === 0) {
    return DONE;
  }
  return tellOnce(by, {
    key,
    held,
    send: async () => by.messenger.sendLeadReport(report),
    told: async () => Promise.resolve(),
  });
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
