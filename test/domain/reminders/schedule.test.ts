import { addWorkingDays, askAgainAt, firstDue, headsUpAt, nextSlot } from '../../../src/domain/reminders/schedule';
import { aSchedule, day, instant } from '../../builders/records';

describe('the first question about a start date (S7)', () => {
  test.each([
    ['Berlin, a Wednesday', 'Europe/Berlin', '2026-11-25', '2026-11-26T08:00:00Z'],
    ['Berlin, a Friday: Monday', 'Europe/Berlin', '2026-11-27', '2026-11-30T08:00:00Z'],
    ['Berlin, a Saturday: Monday', 'Europe/Berlin', '2026-11-28', '2026-11-30T08:00:00Z'],
    ['Berlin, before summer time ends', 'Europe/Berlin', '2026-10-22', '2026-10-23T07:00:00Z'],
    ['Berlin, over the end of summer time', 'Europe/Berlin', '2026-10-23', '2026-10-26T08:00:00Z'],
    ['Berlin, over the start of summer time', 'Europe/Berlin', '2027-03-26', '2027-03-29T07:00:00Z'],
    ['New York, over the end of summer time', 'America/New_York', '2026-10-30', '2026-11-02T14:00:00Z'],
    ['New York, over the start of summer time', 'America/New_York', '2027-03-12', '2027-03-15T13:00:00Z'],
    ['São Paulo', 'America/Sao_Paulo', '2026-11-25', '2026-11-26T12:00:00Z'],
    ['Tokyo', 'Asia/Tokyo', '2026-11-25', '2026-11-26T00:00:00Z'],
    ['Kolkata', 'Asia/Kolkata', '2026-11-25', '2026-11-26T03:30:00Z'],
    ['Lord Howe, half an hour of summer time', 'Australia/Lord_Howe', '2026-11-25', '2026-11-25T22:00:00Z'],
    ['Lord Howe, in winter', 'Australia/Lord_Howe', '2027-07-07', '2027-07-07T22:30:00Z'],
    ["year's end", 'Europe/Berlin', '2026-12-31', '2027-01-01T08:00:00Z'],
    ['a leap day', 'UTC', '2028-02-28', '2028-02-29T09:00:00Z'],
  ])('%s', (_name, timeZone, startDate, expected) => {
    expect(firstDue(aSchedule({ timeZone }), day(startDate)).toString()).toBe(expected);
  });

  test('passes over holidays, and over weekends that lie elsewhere', () => {
    const isHoliday = (on: { toString(): string }) => on.toString() === '2027-01-01';
    expect(firstDue(aSchedule({ isHoliday }), day('2026-12-31')).toString()).toBe('2027-01-04T08:00:00Z');
    const workingDays = [7, 1, 2, 3, 4];
    expect(firstDue(aSchedule({ timeZone: 'Asia/Dubai', workingDays }), day('2026-11-26')).toString()).toBe(
      '2026-11-29T05:00:00Z',
    );
  });

  test('a time that the clocks jump over is as much later; one that comes twice is the first', () => {
    const night = aSchedule({ time: '02:30', workingDays: [1, 2, 3, 4, 5, 6, 7] });
    expect(firstDue(night, day('2027-03-27')).toString()).toBe('2027-03-28T01:30:00Z');
    expect(firstDue(night, day('2026-10-24')).toString()).toBe('2026-10-25T00:30:00Z');
    const lordHowe = { ...night, timeZone: 'Australia/Lord_Howe', time: '02:15' };
    expect(firstDue(lordHowe, day('2026-10-03')).toString()).toBe('2026-10-03T15:45:00Z');
  });

  test('"now" is the day after, whatever day that is', () => {
    expect(firstDue(aSchedule({ time: 'now' }), day('2026-11-27')).toString()).toBe('2026-11-27T23:00:00Z');
  });

  test('a calendar without a working day still ends', () => {
    expect(addWorkingDays(aSchedule({ isHoliday: () => true }), day('2026-11-25'), 3).toString()).toBe('2026-11-28');
  });
});

test.each([
  [1, '2026-11-26T08:00:00Z'],
  [3, '2026-11-30T08:00:00Z'],
  [5, '2026-12-02T08:00:00Z'],
  [10, '2026-12-09T08:00:00Z'],
])('asked again in %d working days', (days, expected) => {
  expect(askAgainAt(aSchedule(), instant('2026-11-25T10:00:00Z'), days).toString()).toBe(expected);
});

test('what day it is, is told by the FM’s own calendar', () => {
  const tokyo = aSchedule({ timeZone: 'Asia/Tokyo' });
  expect(askAgainAt(tokyo, instant('2026-11-25T16:00:00Z'), 1).toString()).toBe('2026-11-27T00:00:00Z');
});

describe('the hour at which an FM may be written to', () => {
  test.each([
    ['in the morning: now', '2026-11-25T08:00:00Z', '2026-11-25T08:00:00Z'],
    ['in the afternoon: now', '2026-11-25T16:59:00Z', '2026-11-25T16:59:00Z'],
    ['at three in the morning: at nine', '2026-11-25T02:00:00Z', '2026-11-25T08:00:00Z'],
    ['in the evening: tomorrow', '2026-11-25T19:00:00Z', '2026-11-26T08:00:00Z'],
    ['on Friday evening: on Monday', '2026-11-27T19:00:00Z', '2026-11-30T08:00:00Z'],
    ['on a Sunday: on Monday', '2026-11-29T12:00:00Z', '2026-11-30T08:00:00Z'],
  ])('%s', (_name, now, expected) => {
    expect(nextSlot(aSchedule(), instant(now)).toString()).toBe(expected);
  });

  test('a pause lasts until its day, and on to the next working one', () => {
    const now = instant('2026-11-25T10:00:00Z');
    expect(nextSlot(aSchedule({ pausedUntil: day('2026-12-01') }), now).toString()).toBe('2026-12-01T08:00:00Z');
    expect(nextSlot(aSchedule({ pausedUntil: day('2026-12-05') }), now).toString()).toBe('2026-12-07T08:00:00Z');
    expect(nextSlot(aSchedule({ pausedUntil: day('2026-11-25') }), now).toString()).toBe(now.toString());
    expect(nextSlot(aSchedule({ time: 'now', pausedUntil: day('2026-12-05') }), now).toString()).toBe(
      '2026-12-04T23:00:00Z',
    );
  });

  test('a heads-up comes on the morning of the date itself, if that is a working day', () => {
    expect(headsUpAt(aSchedule(), day('2026-11-25'))?.toString()).toBe('2026-11-25T08:00:00Z');
    expect(headsUpAt(aSchedule(), day('2026-11-28'))).toBeUndefined();
  });
});
