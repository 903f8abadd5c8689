import {
  LANGUAGES,
  type Intent,
  type Language,
  type Occasion,
  type OneWayOccasion,
  type WorkloadId,
} from '../domain/vocabulary';
import de from '../locales/de/words.json';
import en from '../locales/en/words.json';
import ja from '../locales/ja/words.json';
import ptBR from '../locales/pt-BR/words.json';
import zhHans from '../locales/zh-Hans/words.json';
import { fold } from './fold';

/** What a pause may last until the end of. */
export type PauseEnd = 'day' | 'week' | 'month' | 'year' | 'christmas';

/** How users say why, in one language. */
export interface ReasonWords {
  /** Conjunctions that stand before the reason. */
  readonly before: readonly string[];
  /** Conjunctions that stand behind the reason; the weak ones only end a sentence that is a reason anyway. */
  readonly after: readonly string[];
  readonly weakAfter: readonly string[];
  /** What stands between a reason and the request that follows from it ("so"). */
  readonly then: readonly string[];
  /** Words with which a request goes on behind a reason that no sign ends. */
  readonly request: readonly string[];
  /** What stands before the date that the request asks for. */
  readonly target: readonly string[];
  readonly politeness: readonly string[];
  readonly lead: readonly string[];
  /** Whether "9." is a day: its full stop ends no sentence. */
  readonly dottedOrdinals?: boolean;
  /** How a clause begins that is no reason: a contrast, a remark, another errand. */
  readonly aside: readonly string[];
  /** A kickoff that was moved: what happened, and no request. */
  readonly event: readonly string[];
  /** How words begin that belong to the request before them, no sign between: prepositions, adverbs. */
  readonly adverb: readonly string[];
  /** Words about replies and calls: with them a clause tells of the contact. */
  readonly contact: readonly string[];
  /** Words of a request that say what is wished for. */
  readonly wish: readonly string[];
  /** Looks like a conjunction and is none ("since Monday"). */
  readonly not: readonly string[];
}

/** What users type in dialogs, as whole messages. */
export interface AnswerWords {
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly save: readonly string[];
  readonly cancel: readonly string[];
  readonly both: readonly string[];
  readonly skip: readonly string[];
  /** One entry for each position, forms separated by `|`. */
  readonly ordinals: readonly string[];
  /** Phrases around an ordinal, `#` for its place. */
  readonly ordinalFrame: readonly string[];
  readonly last: readonly string[];
  /** Short answers to "what happened?", and the phrases around one, `#` for its place. */
  readonly occasions: Readonly<Record<Occasion | OneWayOccasion, readonly string[]>>;
  readonly occasionFrame: readonly string[];
  /** Phrases around what is not meant. */
  readonly denialFrame: readonly string[];
}

type PatternsByWeight = Readonly<Record<string, readonly string[]>>;
type ByWorkload = Readonly<Partial<Record<WorkloadId, readonly string[]>>>;

/** What users say in one language: the content of `src/locales/<lang>/words.json`. Patterns: see `compilePattern`. */
export interface Words {
  readonly writesSpaces: boolean;
  readonly detect: { readonly words: string; readonly letters: string };
  readonly groups: Readonly<Record<string, string>>;
  readonly asks: readonly string[];
  /** Patterns by weight; the weight's key may add conditions: `"6 ask nocustomer"`. */
  readonly intents: Readonly<Partial<Record<Intent, PatternsByWeight>>>;
  readonly workloads: ByWorkload;
  readonly notWorkload: { readonly before: ByWorkload; readonly after: ByWorkload };
  readonly doneWorkload: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Patterns with `#` where the unknown name stands. */
  readonly unknownCustomer: readonly string[];
  /** See `wordsHiddenFromDates`. */
  readonly notDates: readonly string[];
  /** How long a pause is ("two weeks"), with `#` in its place what makes it a day ("in #"), and the end of what it lasts until. */
  readonly pauseLength: {
    readonly lengths: readonly string[];
    readonly frame: string;
    readonly ends: Readonly<Record<PauseEnd, readonly string[]>>;
  };
  /** Without their full stop: those that always stand before more words, and those that a sentence may end with. */
  readonly abbreviations: { readonly within: readonly string[]; readonly atEnd: readonly string[] };
  readonly reason: ReasonWords;
  readonly occasions: Readonly<Record<Occasion | OneWayOccasion, readonly string[]>>;
  readonly answers: AnswerWords;
  readonly languages: Readonly<Record<Language, readonly string[]>>;
  readonly smallTalk: { readonly greeting: readonly string[]; readonly thanks: readonly string[] };
  /** Endings that belong to a name as it is spoken ("様"). */
  readonly honorifics: readonly string[];
  readonly legalForms: readonly string[];
  /** Legal forms that are one, in all their spellings ("株式会社", "K.K."). */
  readonly sameLegalForm: readonly (readonly string[])[];
  /** Words of names that alone do not name anybody ("Bank"). */
  readonly genericNames: readonly string[];
  /** Those that people translate when they say a name ("Woodgrove 银行"), by what they mean. */
  readonly nameWords: Readonly<Record<string, readonly string[]>>;
  /** What a person is called by: a name behind it that is only a part of a customer's is the person's ("o admin João"). */
  readonly people: readonly string[];
  /** Before such a word they say that nobody certain is meant ("a bank"). */
  readonly anyone: readonly string[];
  /** Ordinary words that no typo may turn into a name. */
  readonly ordinary: string;
}

/** The words of each language. */
export const WORDS: Readonly<Record<Language, Words>> = { en, de, 'pt-BR': ptBR, 'zh-Hans': zhHans, ja };

const ALL: readonly Words[] = LANGUAGES.map((language) => WORDS[language]);

function folded(text: string): string {
  return fold(text).text.trim();
}

/** Each word is folded by itself, and few need it: folding the whole text took longer than all else with the words. */
function latinWords(text: string): string[] {
  const words = [...new Set(text.match(LATIN))];
  return words.map((word) => (ASCII.test(word) ? word.toLowerCase() : folded(word))).filter((word) => word.length > 1);
}

const LATIN = /[a-z\u00c0-\u024f]+/gi;
const ASCII = /^[a-z]+$/i;

/** Legal forms in folded spelling, longest first. */
export const LEGAL_FORMS: readonly string[] = [...new Set(ALL.flatMap((words) => words.legalForms.map(folded)))].sort(
  (a, b) => b.length - a.length,
);

/** What a translatable word of names means, by the folded word of any language. */
export const NAME_WORD_MEANINGS: ReadonlyMap<string, string> = new Map(
  ALL.flatMap(({ nameWords }) =>
    Object.entries(nameWords).flatMap(([meaning, names]) => names.map((name) => [folded(name), meaning] as const)),
  ),
);

/** Words of names that alone name nobody, folded. */
export const GENERIC_NAME_WORDS: ReadonlySet<string> = new Set([
  ...ALL.flatMap((words) => words.genericNames.map(folded)),
  ...NAME_WORD_MEANINGS.keys(),
]);

/** All spellings of a legal form, by each of them, folded and without spaces. */
export const LEGAL_FORM_SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map(
  ALL.flatMap(({ sameLegalForm }) =>
    sameLegalForm.flatMap((spellings) => {
      const forms = spellings.map((spelling) => folded(spelling).replace(/[\s()/]/g, ''));
      return forms.map((form) => [form, forms] as const);
    }),
  ),
);

/** Abbreviations of all languages, folded, by whether more words must follow: people write names in any language. */
export const ABBREVIATIONS: ReadonlyMap<string, 'within' | 'atEnd'> = new Map([
  ...ALL.flatMap(({ abbreviations }) => abbreviations.atEnd.map((word) => [folded(word), 'atEnd'] as const)),
  ...ALL.flatMap(({ abbreviations }) => abbreviations.within.map((word) => [folded(word), 'within'] as const)),
]);

const vocabularies = new Map<Words, readonly string[]>();

/** @returns the words a language's own patterns and lists are made of, folded, each once; worked out once. */
export function vocabularyOf(words: Words): readonly string[] {
  const known = vocabularies.get(words) ?? readVocabulary(words);
  vocabularies.set(words, known);
  return known;
}

function readVocabulary(words: Words): readonly string[] {
  const phrases = [
    words.groups,
    words.intents,
    words.occasions,
    words.reason,
    words.answers,
    words.workloads,
    words.languages,
  ];
  return [...new Set(latinWords(`${words.detect.words} ${words.ordinary} ${JSON.stringify(phrases)}`))];
}

/** Words that are no names: no typo and no part of a name is looked for in them. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(ALL.flatMap(vocabularyOf));

/** @returns whether a word as typed is everyday speech, which names nobody unless everything else fails. */
export const isOrdinaryWord = (word: string): boolean => ORDINARY_WORDS.has(folded(word));
