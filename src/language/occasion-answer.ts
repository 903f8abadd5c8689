import { text } from '../locales/catalog';
import { ALL_OCCASIONS, LANGUAGES, type Language, type Occasion, type OneWayOccasion } from '../domain/vocabulary';
import { perLanguage } from './per-language';
import { plainPhrase } from './phrases';
import { WORDS } from './words';

type Happened = Occasion | OneWayOccasion;

/** A longer message is a sentence and says more than what happened. */
const LONGEST = 60;

/** Letters and digits only: "kick-off" is "Kickoff". */
const bare = (input: string): string => plainPhrase(input).replaceAll(' ', '');

/**
 * Reads a message as the bare answer to "what happened?": the label of a choice, a part of no other label ("kickoff" for
 * "Kickoff meeting"), or how people say it shortly ("rescheduled", "verschoben", "リスケ"), with the words around such an
 * answer ("no, it was the kickoff"). Alone, these words would be a request or a question; as the answer they are neither.
 * @param language of the question: its meaning of a short word goes first.
 */
export function readOccasion(input: string, language: Language): Happened | undefined {
  const typed = bare(input);
  if (input.length > LONGEST || typed.length < (WORDS[language].writesSpaces ? 3 : 2)) {
    return undefined;
  }
  return (
    phrasesOf(language).get(typed) ??
    labelled(input, language) ??
    LANGUAGES.map((other) => phrasesOf(other).get(typed)).find((found) => found !== undefined)
  );
}

const labelsOf = perLanguage((language) =>
  ALL_OCCASIONS.map((occasion) => ({ occasion, label: plainPhrase(text(language, `occasion.${occasion}`)) })),
);

/** The one occasion whose label has all these words, each whole: "other" is not in "another date". */
function labelled(input: string, language: Language): Happened | undefined {
  const { writesSpaces } = WORDS[language];
  const typed = plainPhrase(input);
  const isPart = (label: string): boolean =>
    writesSpaces ? typed.split(' ').every((word) => label.split(' ').includes(word)) : label.includes(typed);
  const [only, ...others] = labelsOf(language).filter(({ label }) => isPart(label));
  return others.length === 0 ? only?.occasion : undefined;
}

/** Whole messages: labels and short answers, plain and in each frame. */
const phrasesOf = perLanguage((language): ReadonlyMap<string, Happened> => {
  const { occasions, occasionFrame } = WORDS[language].answers;
  const phrases = new Map<string, Happened>();
  for (const occasion of ALL_OCCASIONS) {
    for (const words of [text(language, `occasion.${occasion}`), ...occasions[occasion]]) {
      for (const frame of occasionFrame) {
        phrases.set(bare(frame.replace('#', words)), occasion);
      }
    }
  }
  return phrases;
});
