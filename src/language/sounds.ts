import { pinyinOf, romaji } from './romanise';

/**
 * How names sound, coarsely, in letters of our own: vowels a e i o u; C as in "church", S as in "ship", J as in "join",
 * T as in "thing"; l and r are one, so are s and z. Names are compared by these letters across scripts.
 */
export type Sound = string;

const LATIN_RULES: readonly (readonly [RegExp, string])[] = [
  [/ão/g, 'an'],
  [/[ãõ]/g, '$&n'],
  [/ç/g, 's'],
  [/ø/g, 'o'],
  [/ü|ue/g, 'U'],
  [/ß/g, 's'],
];
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/tsch|tch/g, 'C'],
  [/sch|sh/g, 'S'],
  [/chr/g, 'kr'],
  [/ch/g, 'C'],
  [/t(?=ures?\b)/g, 'C'],
  [/[ts](?=i(on|a)\b)/g, 'S'],
  [/ph/g, 'f'],
  [/th/g, 'T'],
  [/ck/g, 'k'],
  [/qu/g, 'kw'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/[cq]/g, 'k'],
  [/dg(?=[eiy])|g(?=[eiy])|j/g, 'J'],
  [/\bkn/g, 'n'],
  [/\bwr/g, 'r'],
  [/oo|w(?=[uU])/g, 'u'],
  [/ee|ea|ie/g, 'i'],
  [/(?<=[^aeiou])y(?![aeiou])/g, 'i'],
  [/(?<=[aeiou][^aeiou\s])e\b/g, ''],
  [/(?<=[aeiou])w(?![aeiou])/g, 'u'],
];

function plain(sound: string): Sound {
  return sound
    .replace(/[^a-zCSJTU]/g, '')
    .replace(/wu|uu/g, 'u')
    .replace(/l/g, 'r')
    .replace(/z/g, 's')
    .replace(/([^aeiou])\1+/g, '$1');
}

function rewritten(text: string, rules: readonly (readonly [RegExp, string])[]): string {
  return rules.reduce((rest, [expression, sound]) => rest.replace(expression, sound), text);
}

/** @returns how words in Latin letters sound, nasal vowels with their n. */
export function latinSound(words: string): Sound {
  const nasal = rewritten(words.normalize('NFC').toLowerCase(), LATIN_RULES);
  const bare = nasal.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  return plain(rewritten(bare, SPELLINGS));
}

/** @returns how kana sound. */
export function kanaSound(text: string): Sound {
  return plain(
    romaji(text)
      .replace(/ch/g, 'C')
      .replace(/sh/g, 'S')
      .replace(/ts(?=u)/g, 's')
      .replace(/j/g, 'J'),
  );
}

const PINYIN_STARTS: readonly (readonly [RegExp, string])[] = [
  [/^er$/, 'l'],
  [/^zh/, 'J'],
  [/^(ch|q)/, 'C'],
  [/^(sh|x)/, 'S'],
  [/^c/, 's'],
  [/^j/, 'J'],
  [/^r/, 'J'],
  [/ng$/, 'n'],
  [/uo$/, 'o'],
];

/** @returns how a simplified Han character sounds in Mandarin, undefined for rare ones. */
export function hanSound(character: string): Sound | undefined {
  const syllable = pinyinOf(character);
  return syllable === undefined ? undefined : plain(rewritten(syllable, PINYIN_STARTS));
}

const VOWELS = 'aeiouU';
const FAR_VOWELS = 0.25;
const NEAR_VOWELS = 0.12;
const OTHER = 1;
const LOST: Readonly<Record<string, number>> = { r: 0.15, w: 0.15, y: 0.08, h: 0.3, n: 0.6, ...vowelCosts(0.07) };
const NEAR: readonly (readonly [string, number])[] = [
  ['Uu Ui Uy', 0.05],
  ['ei ou oa ae', NEAR_VOWELS],
  ['bv pb vf yi wu uw iy Sh Ts CJ Ss JS sS Js', 0.15],
  ['fh kg td wv fw CS mn fb Td Cs kh JC tT JC nm', 0.3],
  ['Ct Jt Jg Jd Jk Ck pf vw dJ tC wo yu ti gJ', 0.35],
];
const CODES = 128;
/** What it costs to hear one letter for another, by both codes. */
const REPLACED = new Float64Array(CODES * CODES).fill(OTHER);
/** What it costs to hear nothing for a letter, or a letter for nothing. */
const DROPPED = new Float64Array(CODES).fill(OTHER);

function setCost(a: string, b: string, cost: number): void {
  REPLACED[a.charCodeAt(0) * CODES + b.charCodeAt(0)] = cost;
  REPLACED[b.charCodeAt(0) * CODES + a.charCodeAt(0)] = cost;
}

for (const one of VOWELS) {
  for (const other of VOWELS) {
    setCost(one, other, FAR_VOWELS);
  }
}
for (const [pairs, cost] of NEAR) {
  for (const pair of pairs.split(' ')) {
    setCost(pair.charAt(0), pair.charAt(1), cost);
  }
}
for (let code = 0; code < CODES; code += 1) {
  REPLACED[code * CODES + code] = 0;
}
for (const [letter, cost] of Object.entries(LOST)) {
  DROPPED[letter.charCodeAt(0)] = cost;
}

function vowelCosts(cost: number): Record<string, number> {
  return Object.fromEntries(Array.from(VOWELS, (vowel) => [vowel, cost]));
}

const replacing = (a: number, b: number): number => REPLACED[a * CODES + b] ?? OTHER;
const dropping = (letter: number): number => DROPPED[letter] ?? OTHER;

/** The first vowel is heard in every script. */
const FIRST_VOWEL = 5;
/** How much is forgiven a consonant. */
const FORGIVEN = 0.18;

/** @returns the consonants of a sound, of which a name needs two to be told from others. */
export function consonantsIn(sound: Sound): number {
  let count = 0;
  for (const letter of sound) {
    count += 'aeiouUwy'.includes(letter) ? 0 : 1;
  }
  return count;
}

/**
 * How differently two names sound: 0 = alike, 1 = too differently to be one name. Wrong consonants count, vowels little,
 * since every script hears and inserts its own; in the first syllable they count double.
 */
export function soundDifference(name: Sound, heard: Sound): number {
  const limit = (FORGIVEN * (consonantsIn(name) + consonantsIn(heard))) / 2;
  let above = [0];
  for (let column = 1; column <= heard.length; column += 1) {
    above.push((above[column - 1] ?? 0) + dropping(heard.charCodeAt(column - 1)));
  }
  for (let row = 1; row <= name.length; row += 1) {
    const letter = name.charCodeAt(row - 1);
    const current = [(above[0] ?? 0) + dropping(letter)];
    let best = current[0] ?? 0;
    for (let column = 1; column <= heard.length; column += 1) {
      const other = heard.charCodeAt(column - 1);
      const weight = row <= 2 && column <= 2 ? 2 : 1;
      const cost = Math.min(
        (above[column - 1] ?? 0) + weight * replacing(letter, other),
        (above[column] ?? 0) + dropping(letter) * (row <= 2 && column <= 2 ? FIRST_VOWEL : 1),
        (current[column - 1] ?? 0) + dropping(other),
      );
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) {
      return 1;
    }
    above = current;
  }
  return Math.min(1, (above[heard.length] ?? OTHER) / limit);
}
