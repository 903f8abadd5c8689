import type { OverviewCustomer } from '../../src/domain/start-date-overview';
import type { AskedTime } from '../../src/domain/team-load';
import { teamLoadOf } from '../../src/domain/team-load';
import { aWorkload, day } from '../builders/records';

const today = day('2026-11-18'); // a Wednesday
const starting = (iso: string, changes: object = {}): OverviewCustomer => ({
  customerId: iso,
  name: iso,
  deliveryChannel: 'FTC',
  workloads: [
    {
      ...aWorkload({ startDate: { date: day(iso), precision: 'day', source: 'fm' } }),
      lastContact: undefined,
      ...changes,
    },
  ],
});
const loadOf = (...customers: OverviewCustomer[]) => teamLoadOf([{ fm: 'ana', customers }], today).fms[0];
const asking = (iso: string, precision: AskedTime['precision'] = 'day'): AskedTime => ({ date: day(iso), precision });

test.each([
  ['today', '2026-11-18', 0],
  ['Sunday of this week', '2026-11-22', 0],
  ['Monday of next week', '2026-11-23', 1],
  ['the last day of the sixth week', '2026-12-27', 5],
])('a start on %s loads its calendar week', (_name, iso, week) => {
  const starts = [0, 1, 2, 3, 4, 5].map((index) => (index === week ? 1 : 0));
  expect(loadOf(starting(iso))).toEqual({ fm: 'ana', overdue: 0, starts, asked: 1 });
});

test.each([
  ['after the six weeks', starting('2026-12-28')],
  ['not In Progress (S2)', starting('2026-11-24', { l1Status: 'Unknown' })],
  ["a partner's (S11)", { ...starting('2026-11-24'), deliveryChannel: 'FRP' as const }],
  ["a partner's and past (S11)", { ...starting('2026-11-02'), deliveryChannel: 'FRP' as const }],
  ['past and given up (S8)', starting('2026-11-17', { lastContact: 'unresponsive' })],
  ['without a date', starting('2026-11-24', { startDate: undefined })],
])('no load: %s', (_name, customer) => {
  expect(loadOf(customer)).toEqual({ fm: 'ana', overdue: 0, starts: [0, 0, 0, 0, 0, 0], asked: 0 });
});

test('what passed without a reply is overdue, in no week; what the customer answered this week is a start', () => {
  expect(loadOf(starting('2026-11-16'), starting('2026-11-17', { lastContact: 'reply' }))).toMatchObject({
    overdue: 1,
    starts: [1, 0, 0, 0, 0, 0],
  });
});

describe('the weeks', () => {
  const weeks = (asked?: AskedTime) => {
    const load = teamLoadOf([], today, asked);
    return [load.weeks[0]?.toString(), load.asked.map((week) => week.toString().slice(5)).join(' ')];
  };
  const SIX = '11-16 11-23 11-30 12-07 12-14 12-21';
  test.each([
    ['begin with this one', undefined, '2026-11-16', SIX],
    ['stay where the one asked about is among them', asking('2026-12-27'), '2026-11-16', '12-21'],
    ['move to a later one', asking('2026-12-28'), '2026-12-28', '12-28'],
    [
      'of a month are all that it touches',
      asking('2026-12-01', 'month'),
      '2026-11-30',
      '11-30 12-07 12-14 12-21 12-28',
    ],
    ['of this month begin with this one', asking('2026-11-01', 'month'), '2026-11-16', '11-16 11-23 11-30'],
    ['that are past are not asked about', asking('2026-11-15'), '2026-11-16', SIX],
  ] as const)('%s', (_name, asked, first, chosen) => {
    expect(weeks(asked)).toEqual([first, chosen]);
  });
});

describe('who has most room', () => {
  const order = (asked?: AskedTime): string[] =>
    teamLoadOf(
      [
        { fm: 'nobody', customers: [] },
        { fm: 'late', customers: [starting('2026-11-02')] },
        { fm: 'december', customers: [starting('2026-12-01'), starting('2026-12-02')] },
        { fm: 'november', customers: [starting('2026-11-24')] },
        { fm: 'free', customers: [starting('2027-06-01')] },
      ],
      today,
      asked,
    ).fms.map(({ fm }) => fm);
  test('over all weeks; overdue ones count; without customers nobody is an FM', () => {
    expect(order()).toEqual(['free', 'late', 'november', 'december']);
  });
  test('in the week asked about; then over all weeks', () => {
    expect(order(asking('2026-11-26'))).toEqual(['free', 'december', 'late', 'november']);
    expect(order(asking('2026-12-03'))).toEqual(['free', 'november', 'late', 'december']);
  });
});
