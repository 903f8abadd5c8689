import type { Customer, Reminder, Workload } from '../domain/records';
import { planReminder } from '../domain/reminders/reminder';
import type { Clock } from '../ports/clock';
import type { CustomerFile } from '../ports/customers';
import type { Schedules } from './schedules';

/** What every use case needs that commits a change of a customer. */
export interface Planning {
  readonly clock: Clock;
  readonly schedules: Schedules;
}

/**
 * The reminder rows that a commit has to put along with its changes, so that none is forgotten and none stays that
 * should not. @param after the customer and all its workloads as they will be.
 */
export async function remindersAfter(
  { clock, schedules }: Planning,
  base: CustomerFile | undefined,
  after: { readonly customer: Customer; readonly workloads: readonly Workload[] },
): Promise<Reminder[]> {
  const { customer, workloads } = after;
  const schedule = await schedules.of(customer.fm ?? '');
  const now = clock.now();
  return workloads.flatMap((workload) => {
    const reminder = base?.reminders.find((row) => row.workload === workload.workload);
    return planReminder({ customer, workload, reminder, schedule, now }) ?? [];
  });
}

/** All workloads of a customer after some of them were changed. */
export function workloadsAfter(base: CustomerFile | undefined, changed: readonly Workload[]): Workload[] {
  const byId = new Map([...(base?.workloads ?? []), ...changed].map((row) => [row.workload, row]));
  return [...byId.values()];
}
