import { pinyinOf, romaji } from './romanise';
import { LEGAL_FORM_SPELLINGS, NAME_WORD_MEANINGS } from './words';

/** How people write an Asian name in Latin letters; each name as words, which may be written together. */
export interface RomanNames {
  /** With the name's own legal form ("Kontoso K.K."). */
  readonly full: readonly (readonly string[])[];
  readonly core: readonly (readonly string[])[];
  readonly parts: readonly (readonly string[])[];
}

const MOST_WORDS = 3;
const NONE: RomanNames = { full: [], core: [], parts: [] };
const KANA = /^[\p{Script=Katakana}\p{Script=Hiragana}ー・]+$/u;
const HAN = /^\p{Script=Han}+$/u;
const LATIN = /^[a-z]+$/;

/** @param name folded, Han characters simplified @param core the same without legal forms */
export function romanNames(name: string, core: string): RomanNames {
  const bare = core.replace(/[\s・]/g, '');
  if (KANA.test(bare)) {
    const spellings = latinSpellings(romaji(bare));
    return {
      full: spellings.flatMap((spelling) => withLegalForms(spelling, name)),
      core: spellings.map((s) => [s]),
      parts: [],
    };
  }
  return HAN.test(bare) ? hanNames(bare) : NONE;
}

/** "kontoso" may be spelled as the Latin name it comes from: "contoso". */
function latinSpellings(roman: string): string[] {
  return [...new Set([roman, roman.replace(/k(?=[aou])/g, 'c')])];
}

function withLegalForms(spelling: string, name: string): string[][] {
  const own = [...LEGAL_FORM_SPELLINGS.keys()].find((form) => !LATIN.test(form) && name.includes(form));
  const forms = own === undefined ? [] : (LEGAL_FORM_SPELLINGS.get(own) ?? []);
  return forms.flatMap((form) => [
    [spelling, ...wordsOf(form)],
    [...wordsOf(form), spelling],
  ]);
}

/** "kabushikikaisha" is written as two words, "kk" with dots: as many as its letters at most. */
function wordsOf(form: string): string[] {
  return LATIN.test(form) ? [form.slice(0, 1), form.slice(1)] : [form];
}

/** By syllables, with the last word also translated: "Beifeng Maoyi", "Beifeng Trading". */
function hanNames(core: string): RomanNames {
  const ending = [...NAME_WORD_MEANINGS.keys()].find(
    (word) => HAN.test(word) && core.endsWith(word) && core.length >= word.length + 2,
  );
  const stem = syllables(ending === undefined ? core : core.slice(0, -ending.length));
  if (stem.length < 2) {
    return NONE;
  }
  const meaning = ending === undefined ? undefined : NAME_WORD_MEANINGS.get(ending);
  const translations = [...NAME_WORD_MEANINGS].filter(([word, meant]) => meant === meaning && LATIN.test(word));
  return {
    full: [],
    core: [fewWords(syllables(core)), ...translations.map(([word]) => fewWords([...stem, word]))],
    parts: ending === undefined ? [] : [fewWords(stem)],
  };
}

/** Each word more that a name may have makes every text dearer to read. */
function fewWords(words: readonly string[]): string[] {
  return words.length <= MOST_WORDS
    ? [...words]
    : [...words.slice(0, MOST_WORDS - 1), words.slice(MOST_WORDS - 1).join('')];
}

function syllables(text: string): string[] {
  const read = Array.from(text, pinyinOf);
  return read.every((syllable) => syllable !== undefined) ? read : [];
}
