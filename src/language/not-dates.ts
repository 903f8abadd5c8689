import type { Language } from '../domain/vocabulary';
import type { Span } from './fold';
import { anyOf } from './pattern';
import { perLanguage } from './per-language';
import { WORDS } from './words';
import { matchesIn } from './matches';

const expressionOf = perLanguage((language) => anyOf(WORDS[language].notDates, WORDS[language]));

/**
 * Words that beside a date mean something else in our sentences than in general: "start March 8" is a start on that day
 * and not the start of March, "not before 1 July" means 1 July.
 * @returns their spans in the folded text, to be hidden where dates are read.
 */
export function wordsHiddenFromDates(text: string, languages: readonly Language[]): readonly Span[] {
  return languages.flatMap((language) =>
    matchesIn(text, expressionOf(language)).map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}
