/** Latin spelling variants of umlauts ("fuer" beside "für"): both forms end as the bare vowel. */
const DIGRAPHS = /([aou])e/gu;

/**
 * Brings what people type to one form: full width to half width, lower case, no diacritics, no apostrophes, one space
 * between words. Kana keep their voicing marks. @param text as typed @returns folded text, without outer spaces
 */
export function fold(text: string): string {
  return FOLDED.test(text) ? text.replace(DIGRAPHS, '$1') : foldAny(text);
}

/** Most words of the lists are in their form already: most of what loading them took. */
const FOLDED =
  /^[a-z0-9%\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]+(?: [a-z0-9%\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]+)*$/u;

function foldAny(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’`´]/gu, '')
    .normalize('NFC')
    .replace(/ß/gu, 'ss')
    .replace(DIGRAPHS, '$1')
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();
}
