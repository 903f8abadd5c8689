import { type Language, type Occasion, type OneWayOccasion } from '../domain/vocabulary';
import { anyOf } from './pattern';
import { perLanguage } from './per-language';
import { WORDS } from './words';

/** In this order: the plainer word wins ("their voicemail after the kickoff was moved"). */
const ORDER: readonly (Occasion | OneWayOccasion)[] = [
  'voicemail',
  'first-email',
  'success-review',
  'serialized-deployment',
  'first-discussion',
  'customer-rescheduled',
  'kickoff',
];

const expressionsOf = perLanguage((language) => {
  const words = WORDS[language];
  return new Map(ORDER.map((occasion) => [occasion, anyOf(words.occasions[occasion], words, 'u')] as const));
});

/** @returns what the words say about why the start date is this date, undefined where they do not say it. */
export function findOccasion(masked: string, languages: readonly Language[]): Occasion | OneWayOccasion | undefined {
  for (const language of languages) {
    const text = WORDS[language].writesSpaces ? masked : masked.replace(/\s+/g, '');
    const compiled = expressionsOf(language);
    const found = ORDER.find((occasion) => compiled.get(occasion)?.test(text));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
