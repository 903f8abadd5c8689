import { Temporal } from 'temporal-polyfill';
import type { Schedule } from '../domain/reminders/schedule';
import type { Clock } from '../ports/clock';
import type { Holidays } from '../ports/holidays';
import type { Profile, Profiles } from '../ports/profiles';

/** When each FM may be written to. */
export interface Schedules {
  /** By address; the deployment's defaults for somebody nobody knows yet. */
  of(fm: string): Promise<Schedule>;
  ofProfile(profile: Profile | undefined): Promise<Schedule>;
  /** After the FM changed their settings. */
  forget(fm: string): void;
}

interface Dependencies {
  readonly profiles: Profiles;
  readonly holidays: Holidays;
  readonly clock: Clock;
  readonly defaults: {
    readonly timeZone: string;
    /** `HH:MM`, or `now`: then the FM's own time does not count either. */
    readonly localTime: string;
  };
}

const KEPT_MS = 60_000;
const MOST_KEPT = 5000;
const NEVER = (): boolean => false;

/** Schedules from profiles, kept for a minute: an import asks for the same FM thousands of times. */
export function createSchedules(dependencies: Dependencies): Schedules {
  const kept = new Map<string, { schedule: Schedule; until: number }>();
  const ofProfile = async (profile: Profile | undefined): Promise<Schedule> => scheduleOf(dependencies, profile);
  return {
    ofProfile,
    of: async (fm) => {
      const now = dependencies.clock.now().epochMilliseconds;
      const known = kept.get(fm);
      if (known !== undefined && known.until > now) {
        return known.schedule;
      }
      const schedule = await ofProfile((await dependencies.profiles.byAddress(fm))?.profile);
      if (kept.size >= MOST_KEPT) {
        kept.clear();
      }
      kept.set(fm, { schedule, until: now + KEPT_MS });
      return schedule;
    },
    forget: (fm) => {
      kept.delete(fm);
    },
  };
}

async function scheduleOf({ defaults, holidays }: Dependencies, profile: Profile | undefined): Promise<Schedule> {
  const country = profile?.holidays;
  const workingDays = profile?.workingDays ?? [];
  return {
    timeZone: profile?.timeZone ?? defaults.timeZone,
    workingDays: workingDays.length > 0 ? workingDays : [1, 2, 3, 4, 5],
    time: defaults.localTime === 'now' ? 'now' : (profile?.reminderTime ?? defaults.localTime),
    isHoliday: country === undefined ? NEVER : await holidays.of(country),
    pausedUntil: profile?.pausedUntil === undefined ? undefined : Temporal.PlainDate.from(profile.pausedUntil),
    headsUp: profile?.headsUp ?? false,
  };
}
