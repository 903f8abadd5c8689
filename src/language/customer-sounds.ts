import { parts, withoutLegalForms } from './customer-keys';
import type { Span } from './fold';
import { consonantsIn, hanSound, kanaSound, latinSound, soundDifference, type Sound } from './sounds';
import type { CustomerName } from './understanding';
import { NAME_WORD_MEANINGS } from './words';
import transliteration from './transliteration.json';
import { matchesIn } from './matches';

/** A place in a text that sounds like a customer's name. */
export interface SoundMatch extends Span {
  readonly score: number;
  readonly keys: readonly { readonly customer: CustomerName }[];
}

interface SoundKey {
  readonly sound: Sound;
  readonly consonants: number;
  readonly strength: number;
  readonly customer: CustomerName;
}

type SoundIndex = ReadonlyMap<string, readonly SoundKey[]>;

const WHOLE = 66;
const PART = 56;
const FIRST_WORD = 50;
/** A Latin name was heard by most; one that is written in kana itself is usually also typed so. */
const NOT_LATIN = 6;
/** What the difference in sound may cost. */
const DIFFERENCE = 8;
/** Two names whose scores differ by less are equally meant: a script's spelling is no proof. */
const TOO_CLOSE = 3;
const MOST_CONSONANTS_MORE = 3;
const MOST_HEARD = 60;
const LONGEST_KATAKANA = 40;
const LONGEST_HAN = 9;
const MOST_SEGMENTS = 4;

const KATAKANA = /[\p{Script=Katakana}ー]+/gu;
const KANA = /^[\p{Script=Katakana}\p{Script=Hiragana}ー・]+$/u;
const HAN = /^\p{Script=Han}+$/u;
const JOINT = /^[\s・=＝\-.]?$/u;
/** Characters that Chinese spells foreign names with: other text sounds like a name only by chance. */
const FOREIGN_NAME = new RegExp(`[${transliteration.characters}]{2,}`, 'gu');

/** Words of names in katakana, the longest first. */
const TRANSLATED = [...NAME_WORD_MEANINGS.keys()].filter((word) => KANA.test(word)).sort((a, b) => b.length - a.length);

const indexes = new WeakMap<readonly CustomerName[], SoundIndex>();

/**
 * Finds names by their sound where a text writes them in another script: "ファブリカム", "法布里卡姆".
 * @param text folded, Han characters simplified
 */
export function namesBySound(text: string, candidates: readonly CustomerName[]): readonly SoundMatch[] {
  const heard = [...katakanaNames(text), ...hanNames(text)].slice(0, MOST_HEARD);
  if (heard.length === 0) {
    return [];
  }
  const index = soundIndex(candidates);
  return heard.flatMap((name) => matchOf(name, index) ?? []);
}

interface Heard extends Span {
  readonly sound: Sound;
}

function katakanaNames(text: string): Heard[] {
  const segments = matchesIn(text, KATAKANA).map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  return segments.flatMap((first, index) => {
    const names: Heard[] = stemOf(text, first);
    let { end } = first;
    for (const segment of segments.slice(index, index + MOST_SEGMENTS)) {
      if (segment !== first && !JOINT.test(text.slice(end, segment.start))) {
        break;
      }
      ({ end } = segment);
      if (end - first.start > LONGEST_KATAKANA) {
        break;
      }
      names.push({ start: first.start, end, sound: kanaSound(text.slice(first.start, end)) });
    }
    return names;
  });
}

/** "ミューラーロジスティクス": a name and, in one with it, a word that people translate. */
function stemOf(text: string, { start, end }: Span): Heard[] {
  const run = text.slice(start, end);
  const ending = TRANSLATED.find((word) => run.endsWith(word) && run.length >= word.length + 2);
  const stem = run.slice(0, run.length - (ending?.length ?? 0));
  return ending === undefined ? [] : [{ start, end: start + stem.length, sound: kanaSound(stem) }];
}

function hanNames(text: string): Heard[] {
  return matchesIn(text, FOREIGN_NAME).flatMap((match) => {
    const sounds = Array.from(match[0], (character) => hanSound(character) ?? '');
    return sounds.flatMap((_, first) =>
      sounds.slice(first + 1, first + LONGEST_HAN).map((__, more) => ({
        start: match.index + first,
        end: match.index + first + more + 2,
        sound: sounds.slice(first, first + more + 2).join(''),
      })),
    );
  });
}

function matchOf({ start, end, sound }: Heard, index: SoundIndex): SoundMatch | undefined {
  const consonants = consonantsIn(sound);
  if (consonants < 2) {
    return undefined;
  }
  const alike = (index.get(shape(sound)) ?? [])
    .map((key) => ({ key, score: scoreOf(key, { sound, consonants }) }))
    .filter((found) => found.score > 0);
  const score = Math.max(...alike.map((found) => found.score));
  const keys = alike.filter((found) => score - found.score < TOO_CLOSE).map(({ key }) => key);
  return keys.length === 0 ? undefined : { start, end, score, keys };
}

function scoreOf(key: SoundKey, heard: { readonly sound: Sound; readonly consonants: number }): number {
  const isFar = Math.abs(key.consonants - heard.consonants) > MOST_CONSONANTS_MORE;
  const difference = isFar ? 1 : soundDifference(key.sound, heard.sound);
  return difference < 1 ? key.strength - DIFFERENCE * difference : 0;
}

const KINDS = ['bpvf', 'tdTsSCJ', 'kg', 'mn'];

/** The kinds of a sound's first letter and of its first firm consonants: names of another shape are not compared. */
function shape(sound: Sound): string {
  const kinds = Array.from(sound, (letter) => KINDS.findIndex((kind) => kind.includes(letter)));
  const firm = kinds.filter((kind, at) => kind >= 0 && kind !== kinds[at - 1]);
  return `${sound.startsWith('r') ? 'r' : ''}${firm.slice(0, 2).join('')}`;
}

function soundIndex(candidates: readonly CustomerName[]): SoundIndex {
  const known = indexes.get(candidates);
  if (known !== undefined) {
    return known;
  }
  const index = new Map<string, SoundKey[]>();
  for (const key of candidates.flatMap(soundKeys)) {
    const at = shape(key.sound);
    const keys = index.get(at) ?? [];
    keys.push(key);
    index.set(at, keys);
  }
  indexes.set(candidates, index);
  return index;
}

function soundKeys(customer: CustomerName): SoundKey[] {
  const core = withoutLegalForms(customer.name.slice(0, 200).normalize('NFC').toLowerCase());
  return soundsOf(core)
    .map((each) => ({ ...each, consonants: consonantsIn(each.sound), customer }))
    .filter(({ consonants }) => consonants >= 2);
}

function soundsOf(core: string): { sound: Sound; strength: number }[] {
  const bare = core.replace(/[\s・]/g, '');
  if (KANA.test(bare)) {
    return [{ sound: kanaSound(bare), strength: WHOLE - NOT_LATIN }];
  }
  if (HAN.test(bare)) {
    return [
      { sound: Array.from(bare, (character) => hanSound(character) ?? '').join(''), strength: WHOLE - NOT_LATIN },
    ];
  }
  const words = core.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [
    { sound: latinSound(words.join(' ')), strength: WHOLE },
    ...parts(words).map((part) => ({ sound: latinSound(part.join(' ')), strength: PART })),
    { sound: words.length > 1 ? latinSound(words[0] ?? '') : '', strength: FIRST_WORD },
  ];
}
