/** Scripts written without spaces are cut where the script changes: 株式会社コントソ has two words. */
const WORD =
  /\p{Script=Han}+|[\p{Script=Katakana}ー]+|\p{Script=Hiragana}+|(?:(?!\p{Script=Han}|\p{Script=Katakana}|\p{Script=Hiragana})[\p{Letter}\p{Number}\p{Mark}])+/gu;
/** A name with more words than this is found by its first ones. */
const MOST_WORDS = 12;

/** @returns the words of a text, folded: accents, case and width do not count. */
export function nameWords(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin}\p{Mark}*)\p{Mark}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ß/g, 'ss');
  return folded.match(WORD) ?? [];
}

/** First two folded characters of each word, by which releases before 0.2 kept names. */
export function namePrefixes(name: string): string[] {
  const prefixes = new Set(nameWords(name).map((word) => beginning(word, 2)));
  return [...prefixes].slice(0, MOST_WORDS);
}

/** @returns the first words of a name, each with the words that follow it. */
export function wordsWithFollowing(name: string): { readonly word: string; readonly following: readonly string[] }[] {
  const words = nameWords(name);
  return words.slice(0, MOST_WORDS).map((word, index) => ({ word, following: words.slice(index + 1) }));
}

export const lettersOf = (word: string): number => [...word].length;
export const beginning = (word: string, letters: number): string => [...word].slice(0, letters).join('');
export const ending = (word: string, letters: number): string => [...word].slice(-letters).join('');
export const reversed = (word: string): string => [...word].reverse().join('');
