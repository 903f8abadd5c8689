import { Temporal } from 'temporal-polyfill';
import type { Language } from '../domain/vocabulary';
import { LANGUAGES } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import type { CardAction } from './actions';
import { cardAction } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/settings.json';

/** What stands in the settings form. */
export interface SettingsEntry {
  /** `auto` or a language. */
  readonly spoken: string;
  /** `auto` or an IANA zone. */
  readonly timeZone: string;
  readonly otherZone: string;
  /** ISO weekdays, comma separated. */
  readonly workingDays: string;
  readonly reminderTime: string;
  /** `none` or a country. */
  readonly holidays: string;
  readonly headsUp: boolean;
  readonly pausedUntil: string;
}

export const AUTO = 'auto';
export const NO_HOLIDAYS = 'none';

/** Zones with most FMs, west to east; any other one is typed. */
const ZONES = [
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/Mexico_City',
  'America/New_York',
  'America/Bogota',
  'America/Sao_Paulo',
  'UTC',
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Berlin',
  'Europe/Paris',
  'Europe/Warsaw',
  'Africa/Johannesburg',
  'Africa/Cairo',
  'Europe/Istanbul',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Asia/Singapore',
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Seoul',
  'Asia/Tokyo',
  'Australia/Perth',
  'Australia/Sydney',
  'Pacific/Auckland',
] as const;

export const HOLIDAY_COUNTRIES = [
  ...[
    'AE',
    'AR',
    'AT',
    'AU',
    'BE',
    'BR',
    'CA',
    'CH',
    'CL',
    'CN',
    'CO',
    'CR',
    'CZ',
    'DE',
    'DK',
    'EG',
    'ES',
    'FI',
    'FR',
    'GB',
  ],
  ...[
    'GR',
    'HK',
    'HU',
    'ID',
    'IE',
    'IL',
    'IT',
    'JP',
    'KR',
    'MX',
    'MY',
    'NL',
    'NO',
    'NZ',
    'PE',
    'PH',
    'PL',
    'PT',
    'RO',
    'SE',
  ],
  ...['SG', 'TH', 'TR', 'TW', 'UA', 'US', 'VN', 'ZA'],
] as const;

interface Choices {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

interface Data {
  readonly title: string;
  readonly messages: readonly { readonly text: string }[];
  readonly language: Choices;
  readonly zone: Choices;
  readonly otherZone: string;
  readonly otherZoneValue: string;
  readonly days: Choices;
  readonly noDays: string;
  readonly time: string;
  readonly timeValue: string;
  readonly timeMissing: string;
  readonly holidays: Choices;
  readonly headsUp: string;
  readonly headsUpLabel: string;
  readonly headsUpValue: string;
  readonly paused: string;
  readonly pausedValue: string;
  readonly actions: readonly CardAction[];
}

const form = cardTemplate<Data>(template);

/** Language, zone, working days and hours, holidays, heads-up and pause, as they are or as they were entered. */
export async function settingsForm(
  language: Language,
  entry: SettingsEntry,
  { messages, teamsZone }: { readonly messages: readonly string[]; readonly teamsZone: string },
): Promise<Card> {
  return form.render({
    title: text(language, 'settings.title'),
    messages: messages.map((message) => ({ text: message })),
    language: languageChoices(language, entry.spoken),
    zone: zoneChoices(language, entry.timeZone, teamsZone),
    otherZone: text(language, 'settings.otherZone'),
    otherZoneValue: entry.otherZone,
    days: dayChoices(language, entry.workingDays),
    noDays: text(language, 'settings.noDays'),
    time: text(language, 'settings.time'),
    timeValue: entry.reminderTime,
    timeMissing: text(language, 'settings.timeMissing'),
    holidays: holidayChoices(language, entry.holidays),
    headsUp: text(language, 'checklist.yes'),
    headsUpLabel: text(language, 'settings.headsUp'),
    headsUpValue: String(entry.headsUp),
    paused: text(language, 'settings.pausedUntil'),
    pausedValue: entry.pausedUntil,
    actions: [
      cardAction(
        'settings.save',
        text(language, 'settings.save'),
        { lang: language },
        { inputs: 'auto', style: 'positive' },
      ),
    ],
  });
}

const languageChoices = (language: Language, value: string): Choices => ({
  label: text(language, 'settings.language'),
  value,
  choices: [
    { title: text(language, 'settings.languageAuto'), value: AUTO },
    ...LANGUAGES.map((each) => ({ title: text(each, `language.${each}`), value: each })),
  ],
});

function zoneChoices(language: Language, value: string, teamsZone: string): Choices {
  const zones = [...new Set([...ZONES, ...(value === AUTO ? [] : [value])])];
  return {
    label: text(language, 'settings.timeZone'),
    value,
    choices: [
      { title: text(language, 'settings.timeZoneAuto', { zone: teamsZone }), value: AUTO },
      ...zones.map((zone) => ({ title: zone.replaceAll('_', ' '), value: zone })),
    ],
  };
}

function dayChoices(language: Language, value: string): Choices {
  const names = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const monday = Temporal.PlainDate.from('2024-01-01');
  return {
    label: text(language, 'settings.workingDays'),
    value,
    choices: [0, 1, 2, 3, 4, 5, 6].map((offset) => {
      const { year, month, day } = monday.add({ days: offset });
      return { title: names.format(Date.UTC(year, month - 1, day)), value: String(offset + 1) };
    }),
  };
}

function holidayChoices(language: Language, value: string): Choices {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const countries = HOLIDAY_COUNTRIES.map((code) => ({ title: names.of(code) ?? code, value: code }));
  return {
    label: text(language, 'settings.holidays'),
    value,
    choices: [
      { title: text(language, 'settings.noHolidays'), value: NO_HOLIDAYS },
      ...countries.sort((one, other) => one.title.localeCompare(other.title, language)),
    ],
  };
}
