/** Scripts written without spaces are cut where the script changes: 株式会社コントソ has two words. */
const WORD =
  /\p{Script=Han}+|[\p{Script=Katakana}ー]+|\p{Script=Hiragana}+|(?:(?!\p{Script=Han}|\p{Script=Katakana}|\p{Script=Hiragana})[\p{Letter}\p{Number}\p{Mark}])+/gu;
/** A name with more words than this is found by its first ones. */
const MAX_PREFIXES = 12;

/** First two folded characters of each word: accents, case and width do not count. */
export function namePrefixes(name: string): string[] {
  const folded = name
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin}\p{Mark}*)\p{Mark}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ß/g, 'ss');
  const words = folded.match(WORD) ?? [];
  const prefixes = new Set(words.map((word) => [...word].slice(0, 2).join('')));
  return [...prefixes].slice(0, MAX_PREFIXES);
}
