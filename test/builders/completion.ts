import { Temporal } from 'temporal-polyfill';
import type { Answers } from '../../src/domain/checklist/steps';
import type { Customer, Workload } from '../../src/domain/records';
import type { FakeCustomers } from '../fakes/fake-customers';

export const FM = 'ana@fasttrack.example';
export const LEAD = 'lead@fasttrack.example';
export const NOW = Temporal.Instant.from('2026-11-20T14:00:00Z');
export const TODAY = Temporal.PlainDate.from('2026-11-20');

/** An RFA customer of 2,000 seats with an account team. */
export const anRfaCustomer = (change: Partial<Customer> = {}): Customer => ({
  id: 'C-1',
  name: 'Contoso',
  region: 'EMEA',
  seats: 2000,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm: FM,
  accountManaged: true,
  accountTeam: ['atu@contoso.example'],
  language: 'de',
  ...change,
});

/** A workload at the milestone, still in enablement. */
export const anEnabledWorkload = (change: Partial<Workload> = {}): Workload => ({
  workload: 'exchange-online',
  requestId: 'RFA-1',
  l1Status: 'InProgress',
  serviceStatus: 'Enablement',
  startDate: undefined,
  kickoffDate: undefined,
  activeUsers: 150,
  lastContact: undefined,
  ...change,
});

/** Every step answered for the last workload of a request whose customer wants no more. */
export const ALL_DONE: Answers = {
  milestoneNoted: 'true',
  accountTeamKnown: 'yes',
  accountTeamMailed: 'true',
  activitiesReviewed: 'true',
  readyForMore: 'no',
  followUpMailed: 'true',
  customerStatus: 'Everybody is happy',
  task4058: 'true',
  ftopNotesUpdated: 'true',
  nextActionDateSet: 'true',
  queueMailed: 'true',
  movedToQueue: 'true',
  unassigned: 'true',
  serviceStatus: 'Adoption',
};

/** Puts a customer with these workloads into the store. */
export async function given(
  customers: FakeCustomers,
  customer: Customer,
  workloads: readonly Workload[],
): Promise<void> {
  await customers.commit({ customerId: customer.id, base: undefined, customer, workloads });
}
