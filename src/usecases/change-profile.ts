import type { Language } from '../domain/vocabulary';
import type { Profile, Profiles } from '../ports/profiles';

/** Changes a stored profile, again on a fresh one when somebody else was faster. @returns the profile as it is now. */
export async function changeProfile(
  profiles: Profiles,
  userId: string,
  change: (profile: Profile) => Profile,
): Promise<Profile> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const read = await profiles.get(userId);
    const before = read?.profile ?? newProfile(userId);
    const after = change(before);
    if (after === before || (await profiles.put(after, read?.version)) !== undefined) {
      return after;
    }
  }
  throw new Error(`profile of user ${userId} is changed too often to be saved`);
}

/** A user nothing is known about yet: Monday to Friday, the deployment's reminder time. */
export const newProfile = (userId: string): Profile => ({
  userId,
  address: undefined,
  addressCheckedAt: undefined,
  language: undefined,
  lastLanguage: undefined,
  timeZone: undefined,
  timeZoneChosen: false,
  workingDays: [1, 2, 3, 4, 5],
  reminderTime: undefined,
  holidays: undefined,
  pausedUntil: undefined,
  headsUp: false,
  chat: undefined,
  reachable: true,
});

/** From now on the bot speaks this language to the user, whatever language they write. */
export async function chooseLanguage(profiles: Profiles, userId: string, language: Language): Promise<void> {
  await changeProfile(profiles, userId, (profile) => ({ ...profile, language }));
}
