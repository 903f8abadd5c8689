import type { CustomerChange } from '../../src/ports/customers';
import type { ChangeStartDate } from '../../src/usecases/change-start-date';
import { changeStartDate } from '../../src/usecases/change-start-date';
import { aCustomer, aWorkload, day, instant } from '../builders/records';
import { FakeCustomers } from '../fakes/fake-customers';
import { planning } from '../fakes/planning';
import { SettableClock } from '../fakes/settable-clock';

const NOW = '2026-11-20T10:00:00Z';
const clock = new SettableClock(instant(NOW));
const alex = { userId: 'alex-id', address: 'alex@example.com', lead: false };

async function contoso(): Promise<FakeCustomers> {
  const customers = new FakeCustomers();
  await customers.commit({
    customerId: 'contoso',
    base: undefined,
    customer: aCustomer(),
    workloads: [aWorkload(), aWorkload({ workload: 'teams', startDate: undefined })],
  });
  return customers;
}

const command = (changes: Partial<ChangeStartDate> = {}): ChangeStartDate => ({
  actor: alex,
  customerId: 'contoso',
  workload: 'exchange-online',
  request: {
    date: day('2026-12-08'),
    precision: 'day',
    occasion: 'customer-rescheduled',
    reason: ' they asked ',
    accepted: [],
  },
  seen: day('2026-11-25'),
  token: 'press-1',
  today: day('2026-11-20'),
  wordNote: ({ reason }) => `because ${reason}`,
  ...changes,
});

const stored = async (customers: FakeCustomers) => {
  const file = await customers.load('contoso');
  const log = await customers.readLog('contoso', 10);
  return { date: file?.workloads[0]?.startDate?.date.toString(), ...log };
};

test('date, history and note are written together, signed with the FM’s address (S9)', async () => {
  const customers = await contoso();
  const outcome = await changeStartDate({ ...planning(clock), customers }, command());
  expect(outcome).toMatchObject({ kind: 'saved', note: 'because they asked', again: false });
  const { date, notes, startDateChanges } = await stored(customers);
  expect(date).toBe('2026-12-08');
  expect(notes).toMatchObject([{ field: 'overallStatus', text: 'because they asked', by: 'alex@example.com' }]);
  expect(startDateChanges).toMatchObject([{ occasion: 'customer-rescheduled', reason: 'they asked' }]);
});

test('the same press again changes nothing and answers the same', async () => {
  const customers = await contoso();
  const first = await changeStartDate({ ...planning(clock), customers }, command());
  const second = await changeStartDate({ ...planning(clock), customers }, command());
  expect(second).toEqual({ ...first, again: true });
  expect((await stored(customers)).startDateChanges).toHaveLength(1);
});

test('the token of another action, which only forged card data brings, saves nothing and is no defect', async () => {
  const customers = await contoso();
  const base = await customers.load('contoso');
  await customers.commit({ customerId: 'contoso', base, action: { token: 'press-1', outcome: { kind: 'recorded' } } });
  const outcome = await changeStartDate({ ...planning(clock), customers }, command());
  expect(outcome).toMatchObject({ kind: 'savedBefore' });
  expect((await stored(customers)).startDateChanges).toEqual([]);
});

test('a date somebody else set meanwhile is shown, not overwritten', async () => {
  const customers = await contoso();
  const request = { ...command().request, date: day('2026-12-01'), reason: 'moved by the lead' };
  await changeStartDate({ ...planning(clock), customers }, command({ token: 'other', request }));
  const outcome = await changeStartDate({ ...planning(clock), customers }, command());
  expect(outcome).toMatchObject({ kind: 'conflict', theirs: { reason: 'moved by the lead' } });
  expect((await stored(customers)).date).toBe('2026-12-01');
});

test('a commit of something else in between is no conflict: it is tried again on fresh rows', async () => {
  const customers = await contoso();
  let interfered = false;
  const commit = customers.commit.bind(customers);
  customers.commit = async (change: CustomerChange) => {
    if (!interfered) {
      interfered = true;
      const base = await customers.load('contoso');
      await commit({ customerId: 'contoso', base, workloads: [aWorkload({ workload: 'teams', activeUsers: 99 })] });
    }
    return commit(change);
  };
  const outcome = await changeStartDate({ ...planning(clock), customers }, command());
  expect(outcome.kind).toBe('saved');
  const file = await customers.load('contoso');
  expect(file?.workloads.find(({ workload }) => workload === 'teams')?.activeUsers).toBe(99);
});

test.each([
  ['another FM', { actor: { userId: 'm', address: 'mallory@example.com', lead: false } }],
  ['a user whose address the roster did not tell', { actor: { userId: 'alex-id', address: undefined, lead: false } }],
  ['a workload the customer does not have', { workload: 'intune' as const }],
  ['a customer that does not exist', { customerId: 'nobody' }],
])('%s finds nothing', async (_name, changes) => {
  const customers = await contoso();
  expect(await changeStartDate({ ...planning(clock), customers }, command(changes))).toEqual({ kind: 'unknown' });
  expect((await stored(customers)).startDateChanges).toEqual([]);
});

test('a lead may, and signs with their own address', async () => {
  const customers = await contoso();
  const actor = { userId: 'lead-id', address: 'lead@example.com', lead: true };
  await changeStartDate({ ...planning(clock), customers }, command({ actor }));
  expect((await stored(customers)).startDateChanges).toMatchObject([{ by: 'lead@example.com' }]);
});
