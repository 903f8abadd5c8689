import type { Clock } from '../../ports/clock';
import type { Profile, Profiles, VersionedProfile } from '../../ports/profiles';
import { BoundedMap } from '../bounded-map';
import { hashKey } from './keys';
import { textColumns } from './long-text';
import { RowReader } from './row-reader';
import type { StoredRow } from './row';
import type { Table } from './table';

export const PROFILE_ROW = 'profile';
const ADDRESS_ROW = 'address';
/** `get` sees another instance's changes after this many milliseconds at the latest. */
const FRESH_FOR = 60_000;
/** Characters: some thousand people. Those who have not been asked for within a minute go first. */
const MOST_KEPT = 4_000_000;
/** The same for addresses, with what an entry takes beside its texts. */
const MOST_ADDRESSES = 2_000_000;
const ENTRY = 150;

interface Kept {
  readonly found: VersionedProfile;
  readonly until: number;
}

/** Profiles, a row per user, kept in the process for a minute; an address finds its user through a hint row. */
export class ProfilesTable implements Profiles {
  private readonly kept = new BoundedMap<string, Kept>(MOST_KEPT);
  /** Whose an address was when it was last looked up; the profile itself tells whether it still is. */
  private readonly users = new BoundedMap<string, string>(MOST_ADDRESSES);

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async get(userId: string): Promise<VersionedProfile | undefined> {
    const kept = this.kept.get(userId);
    if (kept !== undefined && kept.until > this.clock.now().epochMilliseconds) {
      return kept.found;
    }
    return this.readNow(userId);
  }

  async readNow(userId: string): Promise<VersionedProfile | undefined> {
    const row = await this.table.get(hashKey(userId), PROFILE_ROW);
    return row && this.keep(profileOf(row), row.etag);
  }

  async byAddress(address: string): Promise<VersionedProfile | undefined> {
    const known = this.users.get(address);
    const kept = known === undefined ? undefined : await this.readNow(known);
    if (kept?.profile.address === address) {
      return kept;
    }
    const hint = await this.table.get(addressKey(address), ADDRESS_ROW);
    const userId = hint && new RowReader(hint).text('userId');
    const found = userId === undefined ? undefined : await this.readNow(userId);
    if (userId === undefined || found?.profile.address !== address) {
      return undefined;
    }
    this.users.set(address, userId, ENTRY + address.length + userId.length);
    return found;
  }

  async put(profile: Profile, version: unknown): Promise<unknown> {
    if (version !== undefined && typeof version !== 'string') {
      throw new TypeError('The version of a profile comes from get()');
    }
    const known = this.kept.get(profile.userId)?.found.profile.address;
    this.kept.delete(profile.userId);
    if (profile.address !== undefined && profile.address !== known) {
      const hint = { partitionKey: addressKey(profile.address), rowKey: ADDRESS_ROW, userId: profile.userId };
      await this.table.upsert(hint, 'Replace');
    }
    const row = { partitionKey: hashKey(profile.userId), rowKey: PROFILE_ROW, ...columnsOf(profile) };
    const etag = await this.table.put(row, version);
    return etag === undefined ? undefined : this.keep(profile, etag).version;
  }

  private keep(profile: Profile, etag: string): VersionedProfile {
    const found = { profile, version: etag };
    const now = this.clock.now().epochMilliseconds;
    const until = now + FRESH_FOR;
    this.kept.forgetOldestWhile((each) => each.until <= now);
    this.kept.set(profile.userId, { found, until }, JSON.stringify(profile).length);
    return found;
  }
}

export const addressKey = (address: string): string => `address:${hashKey(address)}`;

function columnsOf(profile: Profile) {
  return { userId: profile.userId, address: profile.address, ...textColumns('profile', JSON.stringify(profile)) };
}

/** JSON leaves out what is undefined. */
type Stored = Partial<Profile> & Pick<Profile, 'userId' | 'timeZoneChosen' | 'workingDays' | 'headsUp' | 'reachable'>;

/** With the absent ones listed in place: V8 would give each copy of a list kept elsewhere a hidden class of its own. */
export const profileOf = (row: StoredRow): Profile => ({
  address: undefined,
  addressCheckedAt: undefined,
  language: undefined,
  lastLanguage: undefined,
  timeZone: undefined,
  reminderTime: undefined,
  holidays: undefined,
  pausedUntil: undefined,
  chat: undefined,
  ...(new RowReader(row).json('profile') as Stored),
});
