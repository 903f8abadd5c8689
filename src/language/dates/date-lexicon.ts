import { WordBook } from '../prefix-tree';

/** What a word may mean: `month` 3, `unit` week, `rel` 1 … `weak` = also an everyday word, needs company. */
export interface WordReading {
  readonly kind: string;
  readonly value: string;
  readonly number: number;
  readonly weak: boolean;
  /** Pattern elements this reading answers to. */
  readonly keys: readonly string[];
}

/** Alternatives per token; more than one token when one word says two things ("来週" = next + week). */
export type WordMeaning = readonly (readonly WordReading[])[];

/** The shape of `src/locales/<lang>/dates.json`; explained in `docs/dates.md`. */
export interface DateLocale {
  /** `kind:value` (several = several tokens, `~` = weak) → spellings; `{a,b}` spells several at once. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Rule → patterns that this language adds to the common ones, and prefers. */
  readonly patterns: Readonly<Record<string, readonly string[]>>;
  /** Orders of numeric dates, most likely first; two orders are both asked about. */
  readonly numericOrders: { readonly full: readonly string[]; readonly short: readonly string[] };
  /** What stands directly behind digits to make them an ordinal; `strong` ones are a day even without a preposition. */
  readonly ordinalSuffixes: { readonly strong: readonly string[]; readonly weak: readonly string[] };
  /** Characters that write numbers, with their value; empty for alphabets. */
  readonly numerals: Readonly<Record<string, number>>;
  /** Whether "next" may stand behind its noun ("semana que vem"). */
  readonly offsetsBehind: boolean;
  /** Whether nouns are capitalised, so that "der 5. Versuch" is seen to be no day. */
  readonly capitalNouns: boolean;
  /** Real words that are one letter away from a date word. */
  readonly notTypos: readonly string[];
}

interface FuzzyWord {
  readonly word: string;
  readonly meaning: WordMeaning;
}

export interface DateLexicon {
  readonly words: WordBook<readonly WordReading[], WordMeaning>;
  /** Words long enough to be recognised with one slip, by first letter. */
  readonly fuzzy: (initial: string) => readonly FuzzyWord[];
  readonly notTypos: ReadonlySet<string>;
}

const FUZZY_MIN_LENGTH: Readonly<Record<string, number>> = { month: 6, weekday: 6, drel: 6, coming: 8, unit: 5 };

export function reading(kind: string, value: string | number, weak = false): WordReading {
  const keys = [kind, `${kind}=${value}`];
  return {
    kind,
    value: String(value),
    number: Number(value),
    weak,
    keys: weak ? keys : [...keys, ...keys.map((key) => `${key}!`)],
  };
}

function parseReading(text: string): WordReading {
  const weak = text.startsWith('~');
  const [kind = '', value = ''] = text.slice(weak ? 1 : 0).split(':');
  return reading(kind, value, weak);
}

/** "montag{,s}" → "montag", "montags". */
function expandBraces(text: string): readonly string[] {
  if (!text.includes('{')) {
    return [text];
  }
  const match = /^([^{]*)\{([^}]*)\}(.*)$/.exec(text);
  if (!match) {
    return [text];
  }
  const [, before = '', inside = '', after = ''] = match;
  return inside.split(',').flatMap((choice) => expandBraces(before + choice + after));
}

/** A word of one token that is known already gets one more reading; every other meaning replaces the one before. */
function addMeaning(known: WordMeaning | undefined, meaning: readonly WordReading[]): WordMeaning {
  const [only] = meaning;
  const readings = known?.[0];
  return meaning.length === 1 && only && readings ? [[...readings, only]] : meaning.map((single) => [single]);
}

function fuzzyMinimum(meaning: readonly WordReading[]): number {
  const [only] = meaning;
  return meaning.length === 1 && only && !only.weak ? (FUZZY_MIN_LENGTH[only.kind] ?? Infinity) : Infinity;
}

/** Begins with two letters that fold to themselves, as all the words that it spells. */
const PLAIN_BEGINNING = /^[a-z\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]{2}/;

/** Compiles the words of one language. `foldWord` = the folding that the sentences get. */
export function buildLexicon(locale: DateLocale, foldWord: (word: string) => string): DateLexicon {
  const spelled = (spelling: string): readonly string[] => expandBraces(spelling).map(foldWord);
  const words = new WordBook<readonly WordReading[], WordMeaning>(addMeaning, spelled);
  const fuzzy: FuzzySource[] = [];
  for (const [key, spellings] of Object.entries(locale.words)) {
    const meaning = key.split(' ').map(parseReading);
    const least = fuzzyMinimum(meaning);
    if (least < Infinity) {
      fuzzy.push({ meaning, least, words: () => spellings.flatMap(spelled) });
    }
    for (const spelling of spellings) {
      const isPlain = PLAIN_BEGINNING.test(spelling);
      (isPlain ? [spelling] : spelled(spelling)).forEach((word) => {
        words.add(word, meaning);
      });
    }
  }
  return { words, fuzzy: fuzzyWords(fuzzy), notTypos: new Set(locale.notTypos.map(foldWord)) };
}

interface FuzzySource {
  readonly meaning: readonly WordReading[];
  /** Shorter words are too near to others. */
  readonly least: number;
  readonly words: () => readonly string[];
}

/** By first letter; listed when the first word is looked for. */
function fuzzyWords(sources: readonly FuzzySource[]): DateLexicon['fuzzy'] {
  let known: Map<string, FuzzyWord[]> | undefined;
  return (initial) => (known ??= listed(sources)).get(initial) ?? [];
}

function listed(sources: readonly FuzzySource[]): Map<string, FuzzyWord[]> {
  const byInitial = new Map<string, FuzzyWord[]>();
  for (const { meaning, least, words } of sources) {
    for (const word of words().filter((each) => each.length >= least && /^[a-z]+$/.test(each))) {
      const known = byInitial.get(word.charAt(0)) ?? [];
      known.push({ word, meaning: meaning.map((single) => [single]) });
      byInitial.set(word.charAt(0), known);
    }
  }
  return byInitial;
}

/** Whether `typed` is `word` with one letter missing, added, wrong, or two neighbours swapped. */
export function isOneSlip(typed: string, word: string): boolean {
  let start = 0;
  while (start < typed.length && start < word.length && typed[start] === word[start]) {
    start += 1;
  }
  const a = typed.slice(start);
  const b = word.slice(start);
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}
