import { Temporal } from 'temporal-polyfill';
import type {
  Checklist,
  ContactEntry,
  Customer,
  Note,
  Reminder,
  StartDateChange,
  Workload,
} from '../../src/domain/records';

const at = Temporal.Instant.from('2027-02-01T10:00:00.123456Z');
const day = (text: string) => Temporal.PlainDate.from(text);

export const customer = (change: Partial<Customer> = {}): Customer => ({
  id: 'CUST-1',
  name: 'Contoso Ltd',
  region: 'EMEA',
  seats: 3_000_000_000,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm: 'fm@contoso.com',
  accountManaged: true,
  accountTeam: ['one@contoso.com', 'two@contoso.com'],
  language: 'pt-BR',
  ...change,
});

export const workload = (change: Partial<Workload> = {}): Workload => ({
  workload: 'exchange-online',
  requestId: 'RFA-1',
  l1Status: 'InProgress',
  serviceStatus: 'Enablement',
  startDate: { date: day('2027-03-03'), precision: 'day', source: 'gateway' },
  kickoffDate: day('2027-03-10'),
  activeUsers: 7,
  lastContact: { kind: 'attempt', at },
  ...change,
});

/** Everything that may be absent is absent. */
export const bareWorkload = (change: Partial<Workload> = {}): Workload =>
  workload({ workload: 'teams', startDate: undefined, kickoffDate: undefined, lastContact: undefined, ...change });

export const reminder = (change: Partial<Reminder> = {}): Reminder => ({
  id: 'r-1',
  workload: 'exchange-online',
  fm: 'fm@contoso.com',
  dueAt: Temporal.Instant.from('2027-03-02T09:00:00Z'),
  attempt: 1,
  ignored: 0,
  status: 'scheduled',
  sentAt: undefined,
  forDate: day('2027-03-01'),
  kind: 'chase',
  againAt: undefined,
  ...change,
});

export const checklist = (change: Partial<Checklist> = {}): Checklist => ({
  workload: 'exchange-online',
  status: 'draft',
  steps: { milestoneNoted: 'true', nextSteps: 'Überprüfung "später" 次' },
  nextActionDate: day('2028-12-31'),
  at,
  by: 'fm@contoso.com',
  ...change,
});

export const note = (change: Partial<Note> = {}): Note => ({
  workload: 'exchange-online',
  field: 'overallStatus',
  text: 'They postponed the kickoff',
  at,
  by: 'fm@contoso.com',
  ...change,
});

export const startDateChange = (change: Partial<StartDateChange> = {}): StartDateChange => ({
  workload: 'exchange-online',
  from: day('2027-03-03'),
  to: day('2027-04-01'),
  precision: 'month',
  occasion: 'customer-rescheduled',
  reason: 'They postponed the kickoff',
  at,
  by: 'fm@contoso.com',
  ...change,
});

export const contact = (change: Partial<ContactEntry> = {}): ContactEntry => ({
  workload: 'exchange-online',
  kind: 'attempt',
  note: 'Left a voicemail',
  at,
  by: 'fm@contoso.com',
  ...change,
});
