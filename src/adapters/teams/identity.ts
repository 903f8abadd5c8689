import type { Activity } from 'botbuilder-core';
import type { Logger } from 'pino';
import type { Actor } from '../../domain/actor';
import { zoneNamed } from '../../domain/time-zone';
import type { Clock } from '../../ports/clock';
import type { Profile, Profiles } from '../../ports/profiles';
import { changeProfile, newProfile } from '../../usecases/change-profile';

interface Place {
  readonly serviceUrl: string;
  readonly conversationId: string;
}

interface Member {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly email?: string;
  readonly userPrincipalName?: string;
}

/** Who is in a conversation, as Teams tells it. */
export interface Roster {
  getConversationMember(target: Place, userId: string): Promise<Member>;
  getConversationPagedMembers(target: Place): Promise<{ readonly members: readonly Member[] }>;
}

/** An address changes rarely; a person who left the FM role is noticed within a day. */
const ADDRESS_HOURS = 24;

interface Dependencies {
  readonly profiles: Profiles;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly leads: readonly string[];
  readonly logger: Logger;
  readonly onBack: (address: string) => Promise<void>;
}

/** Who wrote or pressed, as Teams says it: never as a card or a text says it. */
export interface User {
  readonly actor: Actor;
  readonly profile: Profile;
}

/** Whose profile an activity is about. */
export const userIdOf = ({ from }: Activity): string => from.aadObjectId ?? from.id;

/** Identifies the sender of an activity and keeps what was learned about them (address, chat, zone). */
export async function identify(dependencies: Dependencies, activity: Activity): Promise<User> {
  const { profiles, leads } = dependencies;
  const userId = userIdOf(activity);
  const stored = (await profiles.get(userId))?.profile;
  const learned = learn(stored ?? newProfile(userId), activity);
  const profile = await withAddress(dependencies, activity, learned);
  if (profile !== stored) {
    await remember(dependencies, profile);
    await welcomeBack(dependencies, stored, profile);
  }
  const { address } = profile;
  return { actor: { userId, address, lead: address !== undefined && leads.includes(address) }, profile };
}

/** Keeps what this activity taught; a profile that cannot be written now is written with the next message. */
async function remember({ profiles, logger }: Dependencies, profile: Profile): Promise<void> {
  const { address, addressCheckedAt, chat, reachable } = profile;
  try {
    await changeProfile(profiles, profile.userId, (current) => ({
      ...current,
      address,
      addressCheckedAt,
      chat,
      reachable,
      timeZone: current.timeZoneChosen ? current.timeZone : profile.timeZone,
    }));
  } catch (error) {
    logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'profile.not-kept');
  }
}

/** Whoever could not be written to before this activity gets what was kept for them. */
async function welcomeBack(
  { onBack, logger }: Dependencies,
  before: Profile | undefined,
  { address, chat, reachable }: Profile,
): Promise<void> {
  const wasAway = !before?.reachable || before.chat === undefined || before.address === undefined;
  if (!wasAway || !reachable || address === undefined || chat === undefined) {
    return;
  }
  try {
    await onBack(address);
  } catch (error) {
    // The sweep looks after unreachable people now and then, too.
    logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'reminders.not-told');
  }
}

/** What an activity says about its sender's chat and zone. @returns the same object when it says nothing new. */
function learn(profile: Profile, activity: Activity): Profile {
  const chat = chatOf(activity) ?? profile.chat;
  const zone = profile.timeZoneChosen ? profile.timeZone : (zoneOf(activity) ?? profile.timeZone);
  // Who asks in a group chat may have blocked us in their own.
  const reachable = profile.reachable || isPersonal(activity);
  const isNews =
    JSON.stringify(chat) !== JSON.stringify(profile.chat) ||
    zone !== profile.timeZone ||
    reachable !== profile.reachable;
  return isNews ? { ...profile, chat, timeZone: zone, reachable } : profile;
}

function chatOf(activity: Activity): Profile['chat'] {
  const { conversation, serviceUrl, from, recipient } = activity;
  if (!isPersonal(activity)) {
    return undefined;
  }
  const tenantId = conversation.tenantId ?? '';
  return { serviceUrl, conversationId: conversation.id, tenantId, teamsUserId: from.id, botId: recipient.id };
}

/** One-to-one chats only; Teams names the type, older clients only leave `isGroup` unset. */
export const isPersonal = ({ conversation }: Activity): boolean =>
  ((conversation.conversationType as string | undefined) ?? (conversation.isGroup ? 'groupChat' : 'personal')) ===
  'personal';

const zones = new Map<string, string | undefined>();

/**
 * The zone Teams sent, if there is one of that name: clients send it on messages only, and some not at all. Asking costs as
 * much as everything else about the sender, and there are few zones: each is asked for once.
 */
function zoneOf(activity: Activity): string | undefined {
  const zone = activity.localTimezone as string | undefined;
  if (zone === undefined || zones.has(zone)) {
    return zone === undefined ? undefined : zones.get(zone);
  }
  const known = zoneNamed(zone);
  if (zones.size < 1000) {
    zones.set(zone, known);
  }
  return known;
}

async function withAddress(
  { roster, clock, logger }: Dependencies,
  activity: Activity,
  profile: Profile,
): Promise<Profile> {
  const now = clock.now();
  if (profile.address !== undefined && profile.addressCheckedAt !== undefined) {
    const age = now.epochMilliseconds - Date.parse(profile.addressCheckedAt);
    if (age < ADDRESS_HOURS * 3_600_000) {
      return profile;
    }
  }
  try {
    const target = { serviceUrl: activity.serviceUrl, conversationId: activity.conversation.id };
    const member = await memberOf(roster, target, activity.from);
    const address = (member?.email ?? member?.userPrincipalName)?.toLowerCase();
    return { ...profile, address, addressCheckedAt: now.toString() };
  } catch (error) {
    // Known people go on with the address known; others see no customer until the roster answers.
    logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'roster.unavailable');
    return profile;
  }
}

/** Asks for the one member; where that is not known (some channels answer 404), looks among all of a one-to-one chat. */
async function memberOf(roster: Roster, target: Place, from: Activity['from']): Promise<Member | undefined> {
  try {
    return await roster.getConversationMember(target, from.id);
  } catch (error) {
    if ((error as { status?: number }).status !== 404) {
      throw error;
    }
    const { members } = await roster.getConversationPagedMembers(target);
    return members.find(({ id, aadObjectId }) => id === from.id || (aadObjectId && aadObjectId === from.aadObjectId));
  }
}
