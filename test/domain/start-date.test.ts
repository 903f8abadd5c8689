import type { StartDateRequest } from '../../src/domain/start-date';
import { decideStartDate, MAX_REASON_LENGTH } from '../../src/domain/start-date';
import type { Workload } from '../../src/domain/records';
import { L1_STATUSES } from '../../src/domain/vocabulary';
import { aWorkload, day } from '../builders/records';

const today = day('2026-11-20');
const request = (changes: Partial<StartDateRequest> = {}): StartDateRequest => ({
  date: day('2026-12-08'),
  precision: 'day',
  occasion: 'customer-rescheduled',
  reason: 'their admin is out until then',
  accepted: [],
  ...changes,
});

describe('a start date is refused', () => {
  const refused: [string, Partial<Workload>, Partial<StartDateRequest>, string][] = [
    ['when the first e-mail is meant (S5)', {}, { occasion: 'first-email' }, 'oneWayContact'],
    ['when a voicemail is meant (S5)', {}, { occasion: 'voicemail' }, 'oneWayContact'],
    ['without an occasion', {}, { occasion: undefined }, 'noOccasion'],
    ['without a reason (S9)', {}, { reason: '   ' }, 'noReason'],
    ['with an emoji for a reason (S9)', {}, { reason: '🎉🎉' }, 'noReason'],
    ['with a reason that no note holds', {}, { reason: 'x'.repeat(MAX_REASON_LENGTH + 1) }, 'reasonTooLong'],
    ['when it is the date already', {}, { date: day('2026-11-25') }, 'sameDate'],
  ];
  test.each(refused)('%s', (_name, workload, asked, refusal) => {
    expect(decideStartDate(aWorkload(workload), request(asked), today)).toEqual({ kind: 'refused', refusal });
  });

  test.each(L1_STATUSES.filter((status) => status !== 'InProgress'))('when L1 is %s (S2)', (l1Status) => {
    expect(decideStartDate(aWorkload({ l1Status }), request(), today)).toEqual({
      kind: 'refused',
      refusal: 'l1NotInProgress',
    });
  });
});

describe('a start date is asked about again', () => {
  const kickoffDate = day('2026-12-07');
  const warned: [string, Partial<Workload>, Partial<StartDateRequest>, string[]][] = [
    ['after the kickoff (S4)', { kickoffDate }, {}, ['afterKickoff']],
    ['more than 18 months away', {}, { date: day('2028-05-22') }, ['farFuture']],
    ['more than 90 days past', {}, { date: day('2026-08-21') }, ['longPast']],
    ['on a Saturday', {}, { date: day('2026-12-05') }, ['weekend']],
    ['on a Sunday after the kickoff', { kickoffDate }, { date: day('2026-12-13') }, ['afterKickoff', 'weekend']],
  ];
  test.each(warned)('%s', (_name, workload, asked, warnings) => {
    expect(decideStartDate(aWorkload(workload), request(asked), today)).toEqual({ kind: 'warned', warnings });
  });

  const accepted: [string, Partial<Workload>, Partial<StartDateRequest>][] = [
    ['on the day of the kickoff (S4)', { kickoffDate }, { date: kickoffDate }],
    ['exactly 18 months away', {}, { date: day('2028-05-19') }],
    ['exactly 90 days past, on a weekday', {}, { date: day('2026-08-24') }],
    ['when the warning was accepted', {}, { date: day('2026-12-05'), accepted: ['weekend'] }],
  ];
  test.each(accepted)('but not %s', (_name, workload, asked) => {
    expect(decideStartDate(aWorkload(workload), request(asked), today).kind).toBe('allowed');
  });
});

test('an estimate stands on the first of its month and is no slip of weekday (S10)', () => {
  const decision = decideStartDate(aWorkload(), request({ date: day('2027-05-20'), precision: 'month' }), today);
  expect(decision).toMatchObject({
    kind: 'allowed',
    workload: { startDate: { precision: 'month', source: 'fm' } },
  });
  expect(decision.kind === 'allowed' && decision.workload.startDate?.date.toString()).toBe('2027-05-01');
});

test('the exact day may replace an estimate of the same date', () => {
  const estimated = aWorkload({ startDate: { date: day('2027-05-03'), precision: 'month', source: 'fm' } });
  expect(decideStartDate(estimated, request({ date: day('2027-05-03') }), today).kind).toBe('allowed');
});
