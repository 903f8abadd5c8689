import { Temporal } from 'temporal-polyfill';
import type { Customer, Workload } from '../../src/domain/records';
import type { Schedule } from '../../src/domain/reminders/schedule';

export const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);
export const instant = (iso: string): Temporal.Instant => Temporal.Instant.from(iso);

/** A customer of Alex's; tests name only what they are about. */
export const aCustomer = (changes: Partial<Customer> = {}): Customer => ({
  id: 'contoso',
  name: 'Contoso',
  region: 'EMEA',
  seats: 2500,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm: 'alex@example.com',
  accountManaged: true,
  accountTeam: ['atu@example.com'],
  language: 'en',
  ...changes,
});

export const aWorkload = (changes: Partial<Workload> = {}): Workload => ({
  workload: 'exchange-online',
  requestId: 'RFA-1',
  l1Status: 'InProgress',
  serviceStatus: 'Enablement',
  startDate: { date: day('2026-11-25'), precision: 'day', source: 'gateway' },
  kickoffDate: undefined,
  activeUsers: 40,
  lastContact: undefined,
  ...changes,
});

/** Monday to Friday at nine in Berlin, no holidays. */
export const aSchedule = (changes: Partial<Schedule> = {}): Schedule => ({
  timeZone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  time: '09:00',
  isHoliday: () => false,
  pausedUntil: undefined,
  headsUp: false,
  ...changes,
});
