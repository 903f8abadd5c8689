import type { RequestSeen } from './adapters/storage/undici-transport';
import type { Clock } from './ports/clock';

/** A slow answer says little about when the server looked at its clock. */
const SLOW = 2000;
/** The server tells whole seconds. */
const GRAIN = 1000;

/**
 * A clock set by storage's own: instances whose clocks are minutes apart agree on what is due and on whose lease is over.
 * Small differences are left alone, so that the clock does not jump for nothing. An error may come from a proxy on the
 * way, whose clock is nobody's.
 */
export function createCorrectedClock(base: Clock): { clock: Clock; observe: (seen: RequestSeen) => void } {
  let offset = 0;
  return {
    clock: {
      now: () => (offset === 0 ? base.now() : base.now().add({ milliseconds: offset })),
    },
    observe: ({ serverTime, status, milliseconds }) => {
      if (serverTime === undefined || status >= 500 || milliseconds > SLOW) {
        return;
      }
      const local = base.now().epochMilliseconds;
      const least = serverTime - local;
      const most = serverTime + GRAIN + milliseconds - local;
      if (offset < least - GRAIN || offset > most + GRAIN) {
        offset = Math.round((least + most) / 2);
        // Within the grain the own clock is as right as the server's.
        offset = Math.abs(offset) <= GRAIN ? 0 : offset;
      }
    },
  };
}
