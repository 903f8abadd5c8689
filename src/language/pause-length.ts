import { Temporal } from 'temporal-polyfill';
import type { Language } from '../domain/vocabulary';
import { findDate } from './dates/find-date';
import { toOriginal, type FoldedText } from './fold';
import type { DateReading } from './understanding';
import { anyOf } from './pattern';
import { perLanguage } from './per-language';
import { WORDS, type PauseEnd } from './words';
import { matchesIn } from './matches';

/** What a pause may last until the end of, and the first day after it. */
const ENDS = {
  day: (today) => today.add({ days: 1 }),
  week: (today) => today.add({ days: 8 - today.dayOfWeek }),
  month: (today) => today.add({ months: 1 }).with({ day: 1 }),
  year: (today) => today.add({ years: 1 }).with({ month: 1, day: 1 }),
  christmas: (today) => {
    const day = today.with({ month: 12, day: 27 });
    return Temporal.PlainDate.compare(day, today) > 0 ? day : day.add({ years: 1 });
  },
} satisfies Record<PauseEnd, (today: Temporal.PlainDate) => Temporal.PlainDate>;

const endsOf = perLanguage((language) =>
  (Object.keys(ENDS) as PauseEnd[]).map((end) => ({
    dayAfter: ENDS[end],
    expression: anyOf(WORDS[language].pauseLength.ends[end], WORDS[language], 'u'),
  })),
);

/**
 * When a pause ends that is asked for: the day named, what it lasts to the end of ("for the rest of the week", "until after
 * Christmas"), or how long it is. The latter two are dates nowhere else.
 */
export function findPauseEnd(
  { folded, languages }: { readonly folded: FoldedText; readonly languages: readonly Language[] },
  named: DateReading,
  today: Temporal.PlainDate,
): DateReading {
  if (named.kind === 'date') {
    return named;
  }
  const ends = languages.flatMap(endsOf).filter(({ expression }) => expression.test(folded.text));
  const [day, ...others] = new Set(ends.map(({ dayAfter }) => dayAfter(today).toString()));
  if (day !== undefined && others.length === 0) {
    return { kind: 'date', date: Temporal.PlainDate.from(day), precision: 'day' };
  }
  return named.kind === 'none' ? findPauseLength(folded, languages, today) : named;
}

const expressionOf = perLanguage((language) => anyOf(WORDS[language].pauseLength.lengths, WORDS[language]));

/**
 * A pause that is told by its length ends so long from today: "for two weeks" is no date anywhere else.
 * @returns the day after the length, `none` where there is no length, or more than one
 */
function findPauseLength(folded: FoldedText, languages: readonly Language[], today: Temporal.PlainDate): DateReading {
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
