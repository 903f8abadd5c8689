import { Temporal } from 'temporal-polyfill';
import { createCorrectedClock } from '../src/corrected-clock';
import { SettableClock } from './fakes/settable-clock';

const TRUE_TIME = Temporal.Instant.from('2027-03-01T09:00:00.400Z');
const told = Math.floor(TRUE_TIME.epochMilliseconds / 1000) * 1000;
const answer = (milliseconds = 3) => ({ method: 'GET', url: '', status: 200, milliseconds, serverTime: told });

describe('the clock of an instance', () => {
  test.each([-300, -30, 30, 300])('%d seconds off, is set by storage’s own', (seconds) => {
    const { clock, observe } = createCorrectedClock(new SettableClock(TRUE_TIME.add({ seconds })));
    observe(answer());
    expect(Math.abs(clock.now().epochMilliseconds - TRUE_TIME.epochMilliseconds)).toBeLessThan(1100);
  });

  test('that is right within a second is left alone', () => {
    const { clock, observe } = createCorrectedClock(new SettableClock(TRUE_TIME));
    observe(answer());
    expect(clock.now().equals(TRUE_TIME)).toBe(true);
  });

  test('is not set by an answer that took long, told no time, or is an error', () => {
    const wrong = TRUE_TIME.add({ minutes: 5 });
    const { clock, observe } = createCorrectedClock(new SettableClock(wrong));
    observe(answer(5000));
    observe({ ...answer(), serverTime: undefined });
    observe({ ...answer(), status: 502, serverTime: 0 });
    expect(clock.now().equals(wrong)).toBe(true);
  });
});
