import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import { cardAction } from '../cards/actions';
import type { Card } from '../cards/render';
import type { SettingsEntry } from '../cards/settings-form';
import { AUTO, HOLIDAY_COUNTRIES, NO_HOLIDAYS, settingsForm } from '../cards/settings-form';
import { zoneNamed } from '../domain/time-zone';
import { isOneOf, LANGUAGES } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import type { Profile } from '../ports/profiles';
import { newProfile } from '../usecases/change-profile';
import type { Press } from './presses';
import { changeSettings } from './reminder-pause';
import { parseDate } from './start-date-answer';
import type { Turn } from './turn';

/** A press on the settings card: shows it, or saves what it says. */
export async function settingsPress(
  turn: Turn,
  { verb, data }: Press & { readonly verb: 'settings.open' | 'settings.save' },
): Promise<void> {
  await turn.show(verb === 'settings.open' ? await settingsCard(turn) : await save(turn, data));
}

/** The settings as they are. */
export async function settingsCard(turn: Turn): Promise<Card> {
  const { language, timeZone } = turn;
  return settingsForm(language, entryOf(await profileOf(turn), await timeOf(turn)), {
    messages: [],
    teamsZone: timeZone,
  });
}

const profileOf = async ({ services, actor }: Turn): Promise<Profile> =>
  (await services.profiles.get(actor.userId))?.profile ?? newProfile(actor.userId);

/** The hour that counts now; with reminders "as soon as due" there is none, and nine is what a change begins with. */
async function timeOf(turn: Turn): Promise<string> {
  const { time } = await turn.services.schedules.ofProfile(await profileOf(turn));
  return /^\d/.test(time) ? time : '09:00';
}

const entryOf = (profile: Profile, time: string): SettingsEntry => ({
  spoken: profile.language ?? AUTO,
  timeZone: profile.timeZoneChosen ? (profile.timeZone ?? AUTO) : AUTO,
  otherZone: '',
  workingDays: profile.workingDays.join(','),
  reminderTime: profile.reminderTime ?? time,
  holidays: profile.holidays ?? NO_HOLIDAYS,
  headsUp: profile.headsUp,
  pausedUntil: profile.pausedUntil ?? '',
});

async function save(turn: Turn, data: CardData): Promise<Card> {
  const profile = await profileOf(turn);
  const entry = { ...entryOf(profile, await timeOf(turn)), ...entered(data) };
  const asked = entry.otherZone.trim() || entry.timeZone;
  const zone = asked === AUTO ? AUTO : (zoneNamed(asked) ?? asked);
  const messages = problemsOf(turn, entry, zone);
  if (messages.length > 0) {
    return settingsForm(turn.language, entry, { messages, teamsZone: turn.timeZone });
  }
  const changed = await changeSettings(turn, (current) => applied(current, entry, zone));
  const schedule = await turn.services.schedules.ofProfile(changed);
  const language = changed.language ?? turn.language;
  const time = changed.reminderTime ?? entry.reminderTime;
  return noticeCard({
    title: text(language, 'settings.title'),
    paragraphs: [text(language, 'settings.saved', { time, zone: schedule.timeZone })],
    actions: [cardAction('settings.open', text(language, 'settings.title'), { lang: language })],
  });
}

/** What the card said; what it did not say stays as it was. */
function entered(data: CardData): Partial<SettingsEntry> {
  const { spoken, timeZone, otherZone, workingDays, reminderTime, holidays, headsUp, pausedUntil } = data;
  const all = { spoken, timeZone, otherZone, workingDays, reminderTime, holidays, headsUp, pausedUntil };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function problemsOf({ language }: Turn, entry: SettingsEntry, zone: string): string[] {
  const problems: string[] = [];
  if (zone !== AUTO && zoneNamed(zone) === undefined) {
    problems.push(text(language, 'settings.zoneUnknown', { zone }));
  }
  if (daysOf(entry).length === 0) {
    problems.push(text(language, 'settings.noDays'));
  }
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(entry.reminderTime)) {
    problems.push(text(language, 'settings.timeMissing'));
  }
  if (entry.pausedUntil.trim() !== '' && !parseDate(entry.pausedUntil)) {
    problems.push(text(language, 'reminder.pauseMissing'));
  }
  return problems;
}

const daysOf = ({ workingDays }: SettingsEntry): number[] =>
  [...new Set(workingDays.split(',').map(Number))].filter((day) => day >= 1 && day <= 7).sort();

function applied(current: Profile, entry: SettingsEntry, zone: string): Profile {
  const until = parseDate(entry.pausedUntil);
  return {
    ...current,
    language: isOneOf(LANGUAGES, entry.spoken) ? entry.spoken : undefined,
    timeZoneChosen: zone !== AUTO,
    timeZone: zone === AUTO ? current.timeZone : zone,
    workingDays: daysOf(entry),
    reminderTime: entry.reminderTime,
    holidays: isOneOf(HOLIDAY_COUNTRIES, entry.holidays) ? entry.holidays : undefined,
    headsUp: entry.headsUp,
    pausedUntil: until?.toString(),
  };
}
