/** A sentence in the form the lexicon is written in, with the way back to the original. */
export interface FoldedText {
  readonly text: string;
  /** Index in the original of each folded character, and of the end. */
  readonly origin: readonly number[];
}

/** Nobody says a date after this many characters; a pasted log must not cost time. */
const INSPECTED_CHARACTERS = 2000;
const foldedCharacters = new Map<string, string>([
  ['ß', 'ss'],
  ['’', "'"],
  ['‘', "'"],
  ['`', "'"],
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['〜', '~'],
  ['～', '~'],
  // Not a bare comma: "500、2月" is no decimal number.
  ['、', ', '],
  ['，', ', '],
  // NFKC would make a letter of it ("1º" → "1o").
  ['º', 'º'],
  ['°', 'º'],
  ['ª', 'ª'],
  ['\u00a0', ' '],
]);
const MAX_REMEMBERED = 5000;

function foldCharacter(character: string): string {
  const known = foldedCharacters.get(character);
  if (known !== undefined) {
    return known;
  }
  const folded = character
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
  if (foldedCharacters.size < MAX_REMEMBERED) {
    foldedCharacters.set(character, folded);
  }
  return folded;
}

/** Folds to itself: most words of the lists. */
const FOLDED = /^[ -@[-_a-~\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]*$/;

/** A word of a list in the form that `foldText` gives sentences. */
export function foldWord(word: string): string {
  return FOLDED.test(word) ? word : foldText(word).text;
}

/** Lower case, without accents, full-width forms as ASCII. Inspects the first 2,000 characters only. */
export function foldText(original: string): FoldedText {
  const end = Math.min(original.length, INSPECTED_CHARACTERS);
  const origin: number[] = [];
  let text = '';
  for (let index = 0; index < end; index += 1) {
    const folded = foldCharacter(original.charAt(index));
    for (let part = 0; part < folded.length; part += 1) {
      origin.push(index);
    }
    text += folded;
  }
  origin.push(end);
  return { text, origin };
}
