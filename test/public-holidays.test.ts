import { createPublicHolidays } from '../src/public-holidays';
import { HOLIDAY_COUNTRIES } from '../src/cards/settings-form';
import { day } from './builders/records';

const holidays = createPublicHolidays();

test.each([
  ['DE', '2026-12-25', true],
  ['DE', '2026-12-26', true],
  ['DE', '2026-12-28', false],
  ['DE', '2027-03-26', true],
  ['BR', '2027-09-07', true],
  ['BR', '2027-09-08', false],
  ['JP', '2027-01-01', true],
  ['JP', '2027-05-03', true],
  ['JP', '2027-05-06', false],
  ['US', '2027-07-05', true],
  ['IN', '2027-01-26', true],
  ['GB', '2026-12-28', true],
  ['CN', '2027-10-01', true],
  ['AE', '2027-03-09', true],
  ['AE', '2027-03-11', true],
  ['AE', '2027-03-12', false],
])('in %s, %s is a public holiday: %s', async (country, date, expected) => {
  expect((await holidays.of(country))(day(date))).toBe(expected);
});

test('every country of the settings has a calendar', async () => {
  for (const country of HOLIDAY_COUNTRIES) {
    const isHoliday = await holidays.of(country);
    const days = Array.from({ length: 365 }, (_unused, index) => day('2027-01-01').add({ days: index }));
    expect([country, days.some(isHoliday)]).toEqual([country, true]);
  }
});
