import { LANGUAGES, type Language } from '../../domain/vocabulary';
import deDates from '../../locales/de/dates.json';
import enDates from '../../locales/en/dates.json';
import jaDates from '../../locales/ja/dates.json';
import ptDates from '../../locales/pt-BR/dates.json';
import zhDates from '../../locales/zh-Hans/dates.json';
import { buildLexicon, type DateLexicon, type DateLocale } from './date-lexicon';
import { foldWord } from './fold-text';
import common from './grammar.json';
import { readPatterns, treeOf, type PatternNode } from './pattern-trie';

export interface DateGrammar {
  readonly locale: DateLocale;
  readonly lexicon: DateLexicon;
  readonly patterns: PatternNode;
}

const LOCALES: Readonly<Record<Language, DateLocale>> = {
  en: enDates,
  de: deDates,
  'pt-BR': ptDates,
  'zh-Hans': zhDates,
  ja: jaDates,
};

const COMMON = readPatterns(common);

function grammarOf(locale: DateLocale): DateGrammar {
  return {
    locale,
    lexicon: buildLexicon(locale, foldWord),
    patterns: treeOf(readPatterns({ patterns: locale.patterns, macros: common.macros }), COMMON),
  };
}

/** Compiled once, when the program starts. */
export const DATE_GRAMMARS = Object.fromEntries(
  LANGUAGES.map((language) => [language, grammarOf(LOCALES[language])]),
) as Readonly<Record<Language, DateGrammar>>;
