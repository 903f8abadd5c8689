import { Temporal } from 'temporal-polyfill';
import type { ReminderTask } from '../../src/ports/reminder-queue';
import type { Planning } from '../../src/usecases/plan-reminders';
import { createSchedules } from '../../src/usecases/schedules';
import { FakeProfiles } from './fake-profiles';
import { SettableClock } from './settable-clock';

/** What commits need to plan reminders: a standing clock, nobody's profile, and a queue that keeps what is put in. */
export function planning(clock = new SettableClock(Temporal.Instant.from('2026-11-16T08:00:00Z'))): Planning & {
  readonly clock: SettableClock;
  readonly profiles: FakeProfiles;
  readonly queue: { readonly tasks: ReminderTask[]; put: (task: ReminderTask) => Promise<void> };
} {
  const profiles = new FakeProfiles();
  const holidays = { of: async () => Promise.resolve(() => false) };
  const defaults = { timeZone: 'UTC', localTime: '09:00' };
  const tasks: ReminderTask[] = [];
  const queue = { tasks, put: async (task: ReminderTask) => Promise.resolve(void tasks.push(task)) };
  return { clock, profiles, queue, schedules: createSchedules({ profiles, holidays, clock, defaults }) };
}
