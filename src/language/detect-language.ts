import { LANGUAGES, type Language } from '../domain/vocabulary';
import neutral from './neutral-words.json';
import { fold } from './fold';
import { WORDS, vocabularyOf } from './words';

const CLEAR = 1;
const LEAD = 0.5;
const HAN = /\p{Script=Han}/u;
const HIRAGANA = /\p{Script=Hiragana}/gu;
const KATAKANA = /\p{Script=Katakana}{3,}/gu;
const NOT_ASCII = /[^\0-\x7f]/gu;
/** The letter of "e-mail" is no word. */
const LATIN_WORD = /(?!(?<![a-z])[a-z]-)[a-zà-ÿß]+(?:'[a-z]+)?/g;
const NEUTRAL = new Set(neutral);

const owners = wordOwners();
const letterOwners = new Map<string, Language>(
  LANGUAGES.flatMap((language) => Array.from(WORDS[language].detect.letters, (letter) => [letter, language] as const)),
);

function wordOwners(): ReadonlyMap<string, ReadonlyMap<Language, number>> {
  const found = new Map<string, Map<Language, number>>();
  const own = (word: string, language: Language, weight: number): void => {
    const languages = found.get(word) ?? new Map<Language, number>();
    languages.set(language, Math.max(weight, languages.get(language) ?? 0));
    found.set(word, languages);
  };
  for (const language of LANGUAGES) {
    const words = WORDS[language];
    if (words.writesSpaces) {
      vocabularyOf(words).forEach((word) => {
        own(word, language, 0.7);
      });
      fold(words.detect.words)
        .text.split(' ')
        .forEach((word) => {
          own(word, language, 1);
        });
    }
  }
  return found;
}

/**
 * The language of a sentence by its grammar words; customers' and products' names decide nothing.
 * @param text folded
 * @returns undefined where it is not clear: names only, numbers, words common to several languages.
 */
export function detectLanguage(text: string): Language | undefined {
  const ranked = [...languageScores(text)].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (first === undefined || first[1] < CLEAR || first[1] - (second?.[1] ?? 0) < LEAD) {
    return undefined;
  }
  return first[0];
}

/**
 * Chinese characters and nothing that tells more ("完成", "保存") are Chinese, unless Japanese is expected, which writes them too.
 * @param text folded
 */
export const writtenIn = (text: string, expected: Language | undefined): Language | undefined =>
  HAN.test(text) && (expected === undefined || WORDS[expected].writesSpaces) && languageScores(text).size === 0
    ? 'zh-Hans'
    : undefined;

/** @param text folded @returns how much in it speaks for each language; those without any sign are absent. */
export function languageScores(text: string): ReadonlyMap<Language, number> {
  const scores = new Map<Language, number>();
  const add = (language: Language, score: number): void => {
    scores.set(language, (scores.get(language) ?? 0) + score);
  };
  for (const word of text.match(LATIN_WORD) ?? []) {
    const languages = NEUTRAL.has(word) ? undefined : owners.get(word);
    languages?.forEach((weight, language) => {
      add(language, weight / languages.size);
    });
  }
  addEastAsian(text, add);
  return scores;
}

function addEastAsian(text: string, add: (language: Language, score: number) => void): void {
  const hiragana = text.match(HIRAGANA)?.length ?? 0;
  if (hiragana > 0) {
    add('ja', Math.min(8, 1 + hiragana));
  }
  const katakana = text.match(KATAKANA)?.length ?? 0;
  if (katakana > 0) {
    add('ja', Math.min(1, 0.7 * katakana));
  }
  for (const letter of text.match(NOT_ASCII) ?? []) {
    const language = letterOwners.get(letter);
    if (language !== undefined) {
      add(language, hiragana > 0 && language !== 'ja' ? 0.3 : 1);
    }
  }
}
