import { Temporal } from 'temporal-polyfill';
import { todayIn } from '../../../src/adapters/teams/today';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

test('the date changes at midnight of the zone, whatever was asked before', () => {
  const seen = ['2027-03-01T22:59:59.999Z', '2027-03-01T23:00:00Z', '2027-03-01T12:00:00Z', '2027-03-03T00:00:00Z'].map(
    (time) => todayIn(at(time), 'Europe/Berlin').toString(),
  );
  expect(seen).toEqual(['2027-03-01', '2027-03-02', '2027-03-01', '2027-03-03']);
});

test('each zone has its own', () => {
  const noon = at('2027-03-01T12:00:00Z');
  expect(['UTC', 'Pacific/Kiritimati', 'Pacific/Midway'].map((zone) => todayIn(noon, zone).toString())).toEqual([
    '2027-03-01',
    '2027-03-02',
    '2027-03-01',
  ]);
});

test('days on which the clocks change, and one without a midnight, are as long as they are', () => {
  for (const zone of ['Europe/Berlin', 'America/New_York', 'America/Santiago', 'Africa/Cairo', 'Australia/Lord_Howe']) {
    for (let time = at('2026-01-01T00:10:00Z'); time.epochMilliseconds < Date.UTC(2027, 0, 1);) {
      expect([zone, todayIn(time, zone).toString()]).toEqual([
        zone,
        time.toZonedDateTimeISO(zone).toPlainDate().toString(),
      ]);
      time = time.add({ minutes: 170 });
    }
  }
});
