import { Temporal } from 'temporal-polyfill';
import { EMPTY_STATE, isLeftBehind, touched } from '../../src/dialogs/conversation-state';
import { SettableClock } from '../fakes/settable-clock';

const state = { ...EMPTY_STATE, awaitingCustomerFor: 'show-notes' as const };

describe('what was left open', () => {
  const clock = new SettableClock(Temporal.Instant.from('2027-02-10T09:00:00Z'));
  const open = touched(state, clock.now());

  test('is meant by a bare answer the same working day, and not the next one', () => {
    clock.advance({ hours: 9 });
    expect(isLeftBehind(open, clock.now())).toBe(false);
    clock.advance({ hours: 15 });
    expect(isLeftBehind(open, clock.now())).toBe(true);
  });

  test('is meant again once it is touched', () => {
    expect(isLeftBehind(touched(open, clock.now()), clock.now())).toBe(false);
  });

  test('of an earlier version, which kept no instant, is still open', () => {
    expect(isLeftBehind(state, clock.now())).toBe(false);
  });
});
