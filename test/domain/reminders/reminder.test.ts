import type { Customer, Reminder, Workload } from '../../../src/domain/records';
import { replySaidBy } from '../../../src/domain/reminders/new-date';
import { afterSending, isChased, planReminder, stillTrying } from '../../../src/domain/reminders/reminder';
import type { Schedule } from '../../../src/domain/reminders/schedule';
import { aCustomer, aSchedule, aWorkload, day, instant } from '../../builders/records';

const schedule = aSchedule();
const now = instant('2026-11-20T10:00:00Z');
const at = now;
const plan = (
  customer: Customer,
  workload: Workload,
  reminder?: Reminder,
  calendar: Schedule = schedule,
): Reminder | undefined => planReminder({ customer, workload, reminder, schedule: calendar, now });

const first = (): Reminder => {
  const planned = plan(aCustomer(), aWorkload());
  if (!planned) {
    throw new Error('nothing was planned');
  }
  return planned;
};
const sent = (): Reminder => afterSending(first(), instant('2026-11-26T08:00:00Z'), schedule);

test('a workload with a date is planned for the first working day after it', () => {
  expect(first()).toMatchObject({
    id: 'contoso:exchange-online',
    fm: 'alex@example.com',
    dueAt: instant('2026-11-26T08:00:00Z'),
    attempt: 0,
    ignored: 0,
    status: 'scheduled',
    kind: 'chase',
  });
});

describe('never reminded', () => {
  const cases: [string, Customer, Workload][] = [
    ['a partner’s customer (S11)', aCustomer({ deliveryChannel: 'FRP' }), aWorkload()],
    ['a customer without FM', aCustomer({ fm: undefined }), aWorkload()],
    ['no date', aCustomer(), aWorkload({ startDate: undefined })],
    ['L1 unknown (S2)', aCustomer(), aWorkload({ l1Status: 'Unknown' })],
    ['L1 blocked (S2)', aCustomer(), aWorkload({ l1Status: 'Blocked' })],
    ['L1 no intent (S2)', aCustomer(), aWorkload({ l1Status: 'NoIntent' })],
    ['past enablement (S3)', aCustomer(), aWorkload({ serviceStatus: 'Adoption' })],
    ['replied (S7)', aCustomer(), aWorkload({ lastContact: { kind: 'reply', at } })],
    ['unresponsive (S8)', aCustomer(), aWorkload({ lastContact: { kind: 'unresponsive', at } })],
  ];
  test.each(cases)('%s', (_name, customer, workload) => {
    expect(isChased(customer, workload)).toBe(false);
    expect(plan(customer, workload)).toBeUndefined();
    const status = workload.lastContact?.kind === 'reply' ? 'answered' : 'stopped';
    expect(plan(customer, workload, first())?.status).toBe(status);
    expect(plan(customer, workload, sent())?.status).toBe(status);
    expect(plan(customer, workload, { ...first(), status: 'answered' })).toBeUndefined();
  });
});

describe('a change of the facts', () => {
  test('that touches nothing leaves the row as it is', () => {
    expect(plan(aCustomer(), aWorkload({ activeUsers: 90 }), first())).toBeUndefined();
    expect(plan(aCustomer(), aWorkload({ lastContact: { kind: 'attempt', at } }), sent())).toBeUndefined();
  });

  test('of the date starts a new chase, also after an answer', () => {
    const moved = aWorkload({ startDate: { date: day('2026-12-04'), precision: 'day', source: 'fm' } });
    for (const before of [first(), sent(), { ...sent(), status: 'answered' as const, attempt: 2 }]) {
      const dueAt = instant('2026-12-07T08:00:00Z');
      expect(plan(aCustomer(), moved, before)).toMatchObject({
        dueAt,
        attempt: 0,
        status: 'scheduled',
        againAt: undefined,
      });
    }
  });

  test('of the FM hands the reminder over, with what was tried', () => {
    const handed = plan(aCustomer({ fm: 'mia@example.com' }), aWorkload(), { ...sent(), attempt: 2 });
    expect(handed).toMatchObject({ fm: 'mia@example.com', status: 'scheduled', attempt: 2, ignored: 0 });
  });

  test('back to In Progress takes the chase up again', () => {
    expect(plan(aCustomer(), aWorkload(), { ...first(), status: 'stopped' })).toMatchObject({ status: 'scheduled' });
  });

  test('a dead one stays dead until its date or FM changes', () => {
    expect(plan(aCustomer(), aWorkload(), { ...first(), status: 'dead' })).toBeUndefined();
  });
});

describe('what follows a reminder', () => {
  test('ignored, it comes again after three working days, and counts', () => {
    const one = sent();
    expect(one).toMatchObject({ status: 'sent', ignored: 0, againAt: instant('2026-12-01T08:00:00Z') });
    const two = afterSending(one, instant('2026-12-01T08:00:00Z'), schedule);
    expect(two).toMatchObject({ ignored: 1, againAt: instant('2026-12-04T08:00:00Z') });
    const three = afterSending(two, instant('2026-12-04T08:00:00Z'), schedule);
    expect(afterSending(three, instant('2026-12-09T08:00:00Z'), schedule)).toMatchObject({ ignored: 3 });
  });

  test('still trying: one attempt more, nothing ignored, never before the date has passed', () => {
    const ignored = { ...sent(), ignored: 2 };
    const trying = stillTrying(ignored, 5, { schedule, now: instant('2026-11-26T10:00:00Z') });
    expect(trying).toMatchObject({
      status: 'scheduled',
      attempt: 1,
      ignored: 0,
      dueAt: instant('2026-12-03T08:00:00Z'),
    });
    const early = stillTrying(first(), 1, { schedule, now });
    expect(early).toMatchObject({ attempt: 1, dueAt: instant('2026-11-26T08:00:00Z') });
  });

  test('a heads-up is followed by the chase; one that comes too late is the chase', () => {
    const calendar = { ...schedule, headsUp: true };
    const planned = plan(aCustomer(), aWorkload(), undefined, calendar);
    expect(planned).toMatchObject({ kind: 'headsUp', dueAt: instant('2026-11-25T08:00:00Z') });
    const followed = afterSending(planned!, instant('2026-11-25T08:00:00Z'), calendar);
    expect(followed).toMatchObject({ kind: 'chase', status: 'scheduled', dueAt: instant('2026-11-26T08:00:00Z') });
    expect(afterSending(planned!, instant('2026-11-26T08:00:00Z'), calendar)).toMatchObject({
      status: 'sent',
      ignored: 0,
    });
  });
});

describe('what a new date says about the customer', () => {
  const today = day('2026-11-20');
  const on = (date: string, reply = false): Workload =>
    aWorkload({
      startDate: { date: day(date), precision: 'day', source: 'fm' },
      lastContact: reply ? { kind: 'reply', at } : undefined,
    });
  test.each([
    ['first-discussion', '2026-12-02', 'replied'],
    ['first-discussion', '2026-11-18', 'replied'],
    ['kickoff', '2026-11-19', 'replied'],
    ['kickoff', '2026-12-02', 'open'],
    ['customer-rescheduled', '2026-12-02', 'open'],
    ['customer-rescheduled', '2026-11-18', 'unchanged'],
    ['success-review', '2026-12-02', 'open'],
    [undefined, '2026-12-02', 'open'],
    [undefined, '2026-11-18', 'unchanged'],
  ] as const)('%s on %s: %s', (occasion, date, expected) => {
    expect(replySaidBy(on('2026-11-17'), on(date), { occasion, today })).toBe(expected);
  });

  test('the same date says nothing', () => {
    const same = replySaidBy(on('2026-11-17', true), on('2026-11-17', true), { occasion: undefined, today });
    expect(same).toBe('unchanged');
  });
});
