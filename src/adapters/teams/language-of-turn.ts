import type { Activity } from 'botbuilder-core';
import type { ConversationState } from '../../dialogs/conversation-state';
import type { StateAccess } from '../../dialogs/turn';
import type { Language } from '../../domain/vocabulary';
import type { Profile, Profiles } from '../../ports/profiles';
import { changeProfile } from '../../usecases/change-profile';

interface Sources {
  readonly profile: Profile;
  readonly state: StateAccess;
  readonly activity: Activity;
  readonly defaultLanguage: Language;
  readonly input?: unknown;
  readonly chosen?: Language | undefined;
}

const BY_PREFIX: Readonly<Record<string, Language>> = { en: 'en', de: 'de', pt: 'pt-BR', zh: 'zh-Hans', ja: 'ja' };

/** Our language for a Teams locale (`pt-PT` reads Brazilian Portuguese, `zh-TW` simplified characters). */
export const languageOfLocale = (locale: string | undefined): Language | undefined =>
  BY_PREFIX[locale?.slice(0, 2).toLowerCase() ?? ''];

/**
 * The language of a turn whose words do not tell: the chosen one, else the pressed card's, else that of the open
 * dialog, else Teams' locale, else the one last spoken. The state is asked for messages only: a press needs none.
 */
export async function languageOfTurn(sources: Sources): Promise<Language> {
  const { profile, state, activity, defaultLanguage, input, chosen } = sources;
  if (profile.language ?? chosen) {
    return profile.language ?? chosen ?? defaultLanguage;
  }
  const open = input ? undefined : await openLanguage(state);
  return open ?? languageOfLocale(activity.locale) ?? profile.lastLanguage ?? defaultLanguage;
}

async function openLanguage(state: StateAccess): Promise<Language | undefined> {
  const open = await state.get<ConversationState>();
  return open?.dialog || open?.form || open?.awaitingCustomerFor ? (open.language ?? undefined) : undefined;
}

/** Keeps the language last spoken, for messages that answer nothing (reminders). */
export async function spokenLanguage(
  profiles: Profiles,
  profile: Profile,
  spoken: Language | undefined,
): Promise<void> {
  if (spoken !== undefined && spoken !== profile.lastLanguage) {
    await changeProfile(profiles, profile.userId, (current) => ({ ...current, lastLanguage: spoken }));
  }
}
