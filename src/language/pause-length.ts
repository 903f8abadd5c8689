import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../domain/vocabulary';
import { findDate } from './dates/find-date';
import { toOriginal, type FoldedText } from './fold';
import type { DateReading } from './understanding';
import { anyOf } from './pattern';
import { perLanguage } from './per-language';
import { WORDS } from './words';
import { matchesIn } from './matches';

const expressionOf = perLanguage((language) => anyOf(WORDS[language].pauseLength.lengths, WORDS[language]));

/**
 * A pause that is told by its length ends so long from today: "for two weeks" is no date anywhere else.
 * @returns the day after the length, `none` where there is no length, or more than one
 */
export function findPauseLength(
  folded: FoldedText,
  languages: readonly Language[],
  today: Temporal.PlainDate,
): DateReading {
  for (const language of languages) {
    const [length, ...others] = matchesIn(folded.text, expressionOf(language)).map((match) =>
      toOriginal(folded, { start: match.index, end: match.index + match[0].length }),
    );
    if (length !== undefined) {
      const said = folded.original.slice(length.start, length.end);
      const { reading } = findDate(WORDS[language].pauseLength.frame.replace('#', said), language, today);
      return others.length === 0 && reading.kind === 'date' ? reading : { kind: 'none' };
    }
  }
  return { kind: 'none' };
}
