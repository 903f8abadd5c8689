import type { Reminder } from '../../../src/domain/records';
import { itemState, tryingUntil } from '../../../src/domain/reminders/item-state';
import { aCustomer, aSchedule, aWorkload, day, instant } from '../../builders/records';

const tried = aWorkload({
  startDate: { date: day('2026-11-20'), precision: 'day', source: 'gateway' },
  lastContact: { kind: 'attempt', at: instant('2026-11-23T10:00:00Z') },
});
const reminder = (changes: Partial<Reminder> = {}): Reminder => ({
  id: 'contoso:exchange-online',
  workload: tried.workload,
  fm: aCustomer().fm ?? '',
  dueAt: instant('2026-11-26T08:00:00Z'),
  forDate: day('2026-11-20'),
  kind: 'chase',
  attempt: 1,
  ignored: 0,
  status: 'scheduled',
  sentAt: instant('2026-11-23T08:00:00Z'),
  againAt: undefined,
  ...changes,
});
const asked = {
  forDate: day('2026-11-20'),
  at: instant('2026-11-23T08:00:00Z'),
  fm: aCustomer().fm ?? '',
  schedule: aSchedule(),
};

test('an attempt recorded tells the day of the next question', () => {
  expect(itemState(asked, aCustomer(), { workload: tried, reminder: reminder() })).toEqual({
    kind: 'trying',
    againAt: instant('2026-11-26T08:00:00Z'),
  });
});

test.each([
  ['a pause that ends later', { pausedUntil: day('2026-12-24') }, '2026-12-24T08:00:00Z'],
  ['a pause that ends on a weekend', { pausedUntil: day('2026-12-26') }, '2026-12-28T08:00:00Z'],
  ['a pause that ends before', { pausedUntil: day('2026-11-25') }, '2026-11-26T08:00:00Z'],
  ['a pause, reminders coming as soon as due', { pausedUntil: day('2026-12-26'), time: 'now' }, '2026-12-25T23:00:00Z'],
])('%s counts', (_, changes, expected) => {
  expect(tryingUntil(aSchedule(changes), reminder())).toEqual({ kind: 'trying', againAt: instant(expected) });
});

test('an older card shows as open again what was asked about once more since', () => {
  const again = reminder({ status: 'sent', sentAt: instant('2026-11-26T08:00:00Z') });
  expect(itemState(asked, aCustomer(), { workload: tried, reminder: again })).toMatchObject({
    kind: 'open',
    attempt: 1,
  });
});
