import type { Language } from '../domain/vocabulary';

/** A Teams user as the bot knows them. Key: AAD object id. */
export interface Profile {
  readonly userId: string;
  /** Lower-case address from the Teams roster; what makes an FM an FM. */
  readonly address: string | undefined;
  /** Instant (ISO) at which the roster was last asked. */
  readonly addressCheckedAt: string | undefined;
  /** Chosen in settings. */
  readonly language: Language | undefined;
  /** Language last spoken: a proactive message uses it when none was chosen. */
  readonly lastLanguage: Language | undefined;
  /** IANA zone: chosen by the user, else the one Teams last sent. */
  readonly timeZone: string | undefined;
  readonly timeZoneChosen: boolean;
  /** ISO weekdays 1 (Monday) to 7. */
  readonly workingDays: readonly number[];
  /** Local time `HH:MM` of reminders; undefined = the deployment's. */
  readonly reminderTime: string | undefined;
  /** ISO 3166 country whose public holidays count; undefined = none. */
  readonly holidays: string | undefined;
  /** ISO date until which reminders are paused. */
  readonly pausedUntil: string | undefined;
  /** Also remind on the morning of the start date itself. */
  readonly headsUp: boolean;
  /** Where the one-to-one chat is; refreshed from every inbound activity. */
  readonly chat:
    | {
        readonly serviceUrl: string;
        readonly conversationId: string;
        readonly tenantId: string;
        readonly teamsUserId: string;
        readonly botId: string;
      }
    | undefined;
  /** False after a 403 until `installationUpdate` or a message says otherwise. */
  readonly reachable: boolean;
}

export interface VersionedProfile {
  readonly profile: Profile;
  readonly version: unknown;
}

export interface Profiles {
  /** What this process may have kept for a minute; `put` tells when that was too old. */
  get(userId: string): Promise<VersionedProfile | undefined>;
  /** As it is stored now, whichever instance wrote it. */
  readNow(userId: string): Promise<VersionedProfile | undefined>;
  /** As it is stored now. */
  byAddress(address: string): Promise<VersionedProfile | undefined>;
  /**
   * @param version what `get` returned with the profile this one was made from; undefined = must not exist yet.
   * @returns the new version, or undefined when somebody else wrote meanwhile (nothing was written).
   */
  put(profile: Profile, version: unknown): Promise<unknown>;
}
