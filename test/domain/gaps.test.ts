import { byIdleWeeks, deploymentLine, isSerialized } from '../../src/domain/gaps';
import type { Checklist, Workload } from '../../src/domain/records';
import type { WorkloadId } from '../../src/domain/vocabulary';
import { WORKLOADS } from '../../src/domain/vocabulary';
import { aCustomer, aWorkload, day, instant } from '../builders/records';

const today = day('2026-11-18');

interface Told {
  readonly start?: string;
  /** Instant at which the checklist was submitted. */
  readonly end?: string;
  readonly more?: Partial<Workload>;
}

const submitted = (workload: WorkloadId, at: string, status: Checklist['status'] = 'submitted'): Checklist => ({
  workload,
  status,
  steps: {},
  nextActionDate: undefined,
  at: instant(at),
  by: 'ana',
});

function lineOf(told: readonly Told[], timeZone = 'UTC') {
  const named = told.map((each, index) => ({ ...each, workload: WORKLOADS[index] ?? 'teams' }));
  const workloads = named.map(({ workload, start, more }) =>
    aWorkload({
      workload,
      startDate: start === undefined ? undefined : { date: day(start), precision: 'day', source: 'fm' },
      ...more,
    }),
  );
  const checklists = named.flatMap(({ workload, end }) => (end === undefined ? [] : [submitted(workload, end)]));
  return deploymentLine({ customer: aCustomer(), workloads, checklists }, { today, timeZone });
}

const first = { start: '2026-06-01', end: '2026-08-31T12:00:00Z' };

test.each([
  ['three weeks and a day later', '2026-09-22', 3],
  ['six days later', '2026-09-06', 0],
  ['seven days later', '2026-09-07', 1],
  ['on the day itself', '2026-08-31', 0],
  ['before the end: overlapping', '2026-08-01', 0],
])('idle weeks when the next starts %s (S1)', (_name, start, idle) => {
  expect(lineOf([first, { start }]).deployments.map(({ idleBefore }) => idleBefore)).toEqual([0, idle]);
});

test('what matters is the last end before, not the end of the one before', () => {
  const line = lineOf([
    { start: '2026-01-05', end: '2026-08-31T12:00:00Z' },
    { start: '2026-02-02', end: '2026-03-02T12:00:00Z' },
    { start: '2026-09-14' },
  ]);
  expect(line.deployments.map(({ idleBefore }) => idleBefore)).toEqual([0, 0, 2]);
  expect(line.deployments.map(({ weeks }) => weeks)).toEqual([34, 1, 10]);
  expect(line.idleWeeks).toBe(2);
});

test.each([
  ['under way', { start: '2026-09-01' }, 'underWay', 0],
  ['planned', { start: '2026-11-19' }, 'planned', 0],
  [
    'past enablement without a checklist',
    { start: '2026-09-01', more: { serviceStatus: 'Adoption' } },
    'endUnknown',
    undefined,
  ],
] as const)('after one that is %s', (_name, told, kind, idle) => {
  const { deployments } = lineOf([told, { start: '2027-03-01' }]);
  expect(deployments[0]?.state).toEqual({ kind });
  expect(deployments[1]?.idleBefore).toBe(idle);
});

test.each([
  ['Asia/Tokyo', '2026-09-01'],
  ['America/Los_Angeles', '2026-08-31'],
])('an end is a day of the calendar in %s', (timeZone, on) => {
  const { deployments } = lineOf([{ start: '2026-06-01', end: '2026-08-31T16:00:00Z' }], timeZone);
  expect(deployments[0]?.state).toEqual({ kind: 'ended', on: day(on) });
});

test('an end before the start date, which was never moved back, ends it on that date', () => {
  const { deployments } = lineOf([{ start: '2026-10-01', end: '2026-09-01T12:00:00Z' }]);
  expect(deployments[0]?.state).toEqual({ kind: 'ended', on: day('2026-10-01') });
});

test('a draft of a checklist ends nothing', () => {
  const checklists = [submitted('exchange-online', '2026-08-31T12:00:00Z', 'draft')];
  const workloads = [aWorkload({ startDate: { date: day('2026-06-01'), precision: 'day', source: 'fm' } })];
  const line = deploymentLine({ customer: aCustomer(), workloads, checklists }, { today, timeZone: 'UTC' });
  expect(line.deployments[0]?.state).toEqual({ kind: 'underWay' });
});

test('a customer is idle since everything ended, unless something further has a date', () => {
  expect(lineOf([first, {}]).idleSince).toBe(11);
  expect(lineOf([first, { start: '2027-01-11' }])).toMatchObject({ idleSince: 0, idleWeeks: 19 });
  expect(lineOf([{ start: '2026-06-01' }]).idleSince).toBe(0);
});

test('in order of start; without a date or not In Progress (S2) nothing is on the line, but what was completed is', () => {
  const line = lineOf([
    { start: '2027-02-01' },
    {},
    { start: '2026-12-01', more: { l1Status: 'Blocked' } },
    { ...first, more: { l1Status: 'Unknown' } },
  ]);
  expect(line.deployments.map(({ workload }) => workload)).toEqual(['teams', 'exchange-online']);
});

test('lines worth looking at, the most idle first', () => {
  const idle = lineOf([first, { start: '2026-10-05' }]);
  const overlapping = lineOf([first, { start: '2026-07-01' }]);
  expect([overlapping, idle].sort(byIdleWeeks)).toEqual([idle, overlapping]);
  expect([idle, overlapping, lineOf([first])].every(isSerialized)).toBe(true);
  expect([lineOf([{ start: '2026-10-05' }, {}]), lineOf([{}])].some(isSerialized)).toBe(false);
});
