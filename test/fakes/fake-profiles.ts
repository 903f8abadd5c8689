import type { Profile, Profiles, VersionedProfile } from '../../src/ports/profiles';
import { clone } from './clone';

/** Profiles in memory: copies, and a version that only the latest write has. */
export class FakeProfiles implements Profiles {
  private readonly kept = new Map<string, { profile: Profile; version: number }>();
  private writes = 0;

  async get(userId: string): Promise<VersionedProfile | undefined> {
    return clone(this.kept.get(userId));
  }

  async readNow(userId: string): Promise<VersionedProfile | undefined> {
    return this.get(userId);
  }

  async byAddress(address: string): Promise<VersionedProfile | undefined> {
    return clone([...this.kept.values()].findLast(({ profile }) => profile.address === address));
  }

  async put(profile: Profile, version: unknown): Promise<unknown> {
    if (this.kept.get(profile.userId)?.version !== version) {
      return undefined;
    }
    this.writes += 1;
    this.kept.delete(profile.userId);
    this.kept.set(profile.userId, { profile: clone(profile), version: this.writes });
    return this.writes;
  }
}
