import kana from './kana.json';
import pinyin from './pinyin.json';

const KANA: ReadonlyMap<string, string> = new Map(Object.entries(kana));
const FIRST_HIRAGANA = 0x3041;
const LAST_HIRAGANA = 0x3096;
const HIRAGANA_TO_KATAKANA = 0x60;

let readings: ReadonlyMap<string, string> | undefined;

/** Of GB 2312, one reading a character: made at first use, since most conversations never need it. */
function pinyinReadings(): ReadonlyMap<string, string> {
  readings ??= new Map(
    Object.entries(pinyin).flatMap(([syllable, characters]) =>
      Array.from(characters, (character) => [character, syllable] as const),
    ),
  );
  return readings;
}

function katakana(text: string): string {
  return text.replace(/[ぁ-ゖ]/g, (character) => {
    const code = character.charCodeAt(0);
    const isHiragana = code >= FIRST_HIRAGANA && code <= LAST_HIRAGANA;
    return isHiragana ? String.fromCharCode(code + HIRAGANA_TO_KATAKANA) : character;
  });
}

/** @returns the Latin letters of kana as they sound, long vowels and doubled consonants single; other signs stay. */
export function romaji(text: string): string {
  const kanaText = katakana(text);
  let result = '';
  for (let index = 0; index < kanaText.length; index += 1) {
    const pair = KANA.get(kanaText.slice(index, index + 2));
    if (pair !== undefined) {
      result += pair;
      index += 1;
    } else {
      result += KANA.get(kanaText.charAt(index)) ?? kanaText.charAt(index);
    }
  }
  return result;
}

/** @returns the Mandarin syllable of a simplified Han character without its tone, undefined for rare ones. */
export function pinyinOf(character: string): string | undefined {
  return pinyinReadings().get(character);
}
