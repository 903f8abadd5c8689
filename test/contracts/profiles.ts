import type { Profile, Profiles } from '../../src/ports/profiles';

const profile = (change: Partial<Profile> = {}): Profile => ({
  userId: '8f1c0c3e-0000-0000-0000-000000000001',
  address: 'fm@contoso.com',
  addressCheckedAt: '2027-03-01T09:00:00Z',
  language: undefined,
  lastLanguage: 'ja',
  timeZone: 'Asia/Tokyo',
  timeZoneChosen: false,
  workingDays: [1, 2, 3, 4, 5],
  reminderTime: undefined,
  holidays: 'JP',
  pausedUntil: undefined,
  headsUp: false,
  chat: {
    serviceUrl: 'https://smba.trafficmanager.net/apac/',
    conversationId: `a:${'1'.repeat(700)}`,
    tenantId: 't',
    teamsUserId: '29:1',
    botId: '28:2',
  },
  reachable: true,
  ...change,
});

/** Every implementation of Profiles behaves like this. @param open gives an empty store. */
export function profilesContract(open: () => Profiles): void {
  let profiles: Profiles;
  beforeEach(() => {
    profiles = open();
  });

  test('a user nobody wrote is undefined', async () => {
    expect(await profiles.get('nobody')).toBeUndefined();
    expect(await profiles.readNow('nobody')).toBeUndefined();
    expect(await profiles.byAddress('nobody@contoso.com')).toBeUndefined();
  });

  test.each([
    profile(),
    profile({ address: undefined, chat: undefined, holidays: undefined, lastLanguage: undefined }),
  ])('a profile comes back as it was written', async (written) => {
    const version = await profiles.put(written, undefined);
    expect(await profiles.get(written.userId)).toEqual({ profile: written, version });
    expect(await profiles.readNow(written.userId)).toEqual({ profile: written, version });
  });

  test('an address finds its user, and only the one it belongs to now', async () => {
    const version = await profiles.put(profile(), undefined);
    expect((await profiles.byAddress('fm@contoso.com'))?.profile).toEqual(profile());
    await profiles.put(profile({ address: 'married@contoso.com' }), version);
    expect(await profiles.byAddress('fm@contoso.com')).toBeUndefined();
    expect((await profiles.byAddress('married@contoso.com'))?.profile.userId).toBe(profile().userId);
    await profiles.put(profile({ userId: 'other' }), undefined);
    expect((await profiles.byAddress('fm@contoso.com'))?.profile.userId).toBe('other');
  });

  test('each version can be replaced once', async () => {
    const first = await profiles.put(profile(), undefined);
    const second = await profiles.put(profile({ headsUp: true }), first);
    expect(second).toBeDefined();
    expect(await profiles.put(profile({ reachable: false }), first)).toBeUndefined();
    expect(await profiles.put(profile({ reachable: false }), undefined)).toBeUndefined();
    expect(await profiles.get(profile().userId)).toEqual({ profile: profile({ headsUp: true }), version: second });
    expect(await profiles.put(profile({ reachable: false }), second)).toBeDefined();
  });

  test('of 20 that write a new user exactly one does', async () => {
    const versions = await Promise.all(Array.from({ length: 20 }, async () => profiles.put(profile(), undefined)));
    expect(versions.filter((version) => version !== undefined)).toHaveLength(1);
  });
}
