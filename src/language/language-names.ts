import { LANGUAGES, type Language } from '../domain/vocabulary';
import { fold, type FoldedText, type Span } from './fold';
import { WORDS } from './words';
import { matchesIn } from './matches';

/** A place in the folded text that names one of the bot's languages. */
export interface LanguageMention extends Span {
  readonly language: Language;
}

const names: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap((speaker) =>
    LANGUAGES.flatMap((language) =>
      WORDS[speaker].languages[language].map((name) => [fold(name).text, language] as const),
    ),
  ),
);
const NAME = new RegExp(
  [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => (/[a-z]/.test(name) ? `(?<![a-z])${name}(?![a-z])` : name))
    .join('|'),
  'gu',
);

/**
 * @returns the last language named in a text ("切换成中文", "can we continue in Japanese?"): where two are named the
 * second is the one wanted ("from German to English").
 */
export function findLanguageName(folded: FoldedText): LanguageMention | undefined {
  let found: LanguageMention | undefined;
  for (const match of matchesIn(folded.text, NAME)) {
    const language = names.get(match[0]);
    if (language !== undefined) {
      found = { start: match.index, end: match.index + match[0].length, language };
    }
  }
  return found;
}
