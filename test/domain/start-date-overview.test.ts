import { byUrgency, overviewOf } from '../../src/domain/start-date-overview';
import { aWorkload, day } from '../builders/records';

const today = day('2026-11-18'); // a Wednesday
const listed = (iso: string | undefined, changes: object = {}) => ({
  customerId: 'contoso',
  name: 'Contoso',
  deliveryChannel: 'FTC' as const,
  workloads: [
    {
      ...aWorkload({ startDate: iso ? { date: day(iso), precision: 'day', source: 'fm' } : undefined }),
      lastContact: undefined,
      ...changes,
    },
  ],
});

test.each([
  ['yesterday', '2026-11-17', 'overdue'],
  ['today', '2026-11-18', 'thisWeek'],
  ['Sunday of this week', '2026-11-22', 'thisWeek'],
  ['Monday of next week', '2026-11-23', 'later'],
  ['no date', undefined, 'noDate'],
] as const)('%s is listed as due', (_name, iso, group) => {
  const groups = overviewOf([listed(iso)], today);
  expect(Object.entries(groups).filter(([, rows]) => rows.length > 0)).toEqual([[group, [expect.anything()]]]);
});

test.each([
  ['answered by the customer (S7)', { lastContact: 'reply' }],
  ['given up as unresponsive (S8)', { lastContact: 'unresponsive' }],
  ['not In Progress (S2)', { l1Status: 'Blocked' }],
  ['past its enablement (S3)', { serviceStatus: 'Adoption' }],
])('a past date is not overdue when %s', (_name, changes) => {
  expect(overviewOf([listed('2026-11-01', changes)], today).overdue).toEqual([]);
});

test.each([
  ['needs none', undefined, []],
  ['is listed while its date is still to come', '2026-12-08', ['later']],
])('a workload past its enablement %s', (_name, iso, groups) => {
  const rows = Object.entries(overviewOf([listed(iso, { serviceStatus: 'Migration' })], today));
  expect(rows.filter(([, listedRows]) => listedRows.length > 0).map(([group]) => group)).toEqual(groups);
});

test("a partner's customer is never overdue (S11)", () => {
  expect(overviewOf([{ ...listed('2026-11-01'), deliveryChannel: 'FRP' as const }], today).overdue).toEqual([]);
});

test('the longest overdue comes first', () => {
  const groups = overviewOf([listed('2026-11-10'), listed('2026-10-01')], today);
  expect(groups.overdue.map(({ startDate }) => startDate?.date.toString())).toEqual(['2026-10-01', '2026-11-10']);
});

test('customers come by their most urgent start date; those with none to see to come last', () => {
  const named = (customerId: string, iso: string | undefined, changes: object = {}) => ({
    ...listed(iso, changes),
    customerId,
  });
  const customers = [
    named('later', '2027-01-20'),
    named('blocked', '2026-11-10', { l1Status: 'Blocked' }),
    named('overdue', '2026-11-10'),
    named('undated', undefined),
    named('this week', '2026-11-19'),
  ];
  expect(byUrgency(customers, today).map(({ customerId }) => customerId)).toEqual([
    'overdue',
    'this week',
    'later',
    'undated',
    'blocked',
  ]);
});
