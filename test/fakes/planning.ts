import { Temporal } from 'temporal-polyfill';
import type { Planning } from '../../src/usecases/plan-reminders';
import { createSchedules } from '../../src/usecases/schedules';
import { FakeProfiles } from './fake-profiles';
import { SettableClock } from './settable-clock';

/** What commits need to plan reminders: a standing clock, and nobody's profile. */
export function planning(clock = new SettableClock(Temporal.Instant.from('2026-11-16T08:00:00Z'))): Planning & {
  readonly clock: SettableClock;
  readonly profiles: FakeProfiles;
} {
  const profiles = new FakeProfiles();
  const holidays = { of: async () => Promise.resolve(() => false) };
  const defaults = { timeZone: 'UTC', localTime: '09:00' };
  return { clock, profiles, schedules: createSchedules({ profiles, holidays, clock, defaults }) };
}
