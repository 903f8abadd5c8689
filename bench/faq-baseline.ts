import MiniSearch from 'minisearch';
import { readTrainingSet } from '../scripts/faq-index/build-index';
import { LANGUAGES } from '../src/domain/vocabulary';
import type { Language } from '../src/domain/vocabulary';
import { evalFaqLine } from '../src/language/faq/eval-faq';

/** A line of an evaluation set. */
export interface FaqEvalLine {
  readonly lang: Language;
  readonly text: string;
  readonly topic: string;
}

/** Share of lines answered right, 0 to 1, ours beside the baseline's. */
export interface FaqComparison {
  readonly language: Language;
  readonly lines: number;
  readonly ours: number;
  readonly miniSearch: number;
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;

/**
 * Our answers beside those of MiniSearch (prefix and fuzzy search) over the same training phrases of the same
 * language, `none` phrases included: the topic of the best hit counts. @param root the project's folder
 */
export function compareFaq(root: string, lines: readonly FaqEvalLine[]): readonly FaqComparison[] {
  const { phrases, nearMisses } = readTrainingSet(root);
  const all = [...phrases, ...nearMisses];
  return LANGUAGES.map((language) => {
    const search = indexOf(all.filter((phrase) => phrase.language === language));
    const own = lines.filter((line) => line.lang === language);
    const share = (topicOf: (line: FaqEvalLine) => string): number =>
      own.filter((line) => topicOf(line) === line.topic).length / (own.length || 1);
    return {
      language,
      lines: own.length,
      ours: share((line) => evalFaqLine(line).topic),
      miniSearch: share((line) => bestTopic(search, line.text)),
    };
  });
}

interface Entry {
  readonly id: number;
  readonly text: string;
  readonly topic: string;
}

function indexOf(phrases: readonly Omit<Entry, 'id'>[]): MiniSearch<Entry> {
  const search = new MiniSearch<Entry>({ fields: ['text'], storeFields: ['topic'], tokenize: tokens });
  search.addAll(phrases.map(({ text, topic }, id) => ({ id, text, topic })));
  return search;
}

function bestTopic(search: MiniSearch<Entry>, question: string): string {
  const [best] = search.search(question, { prefix: true, fuzzy: 0.2 });
  return best ? String(best.topic) : 'none';
}

/** Words; for Chinese and Japanese pairs of characters, which MiniSearch's own tokenizer lacks. */
function tokens(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => {
    const characters = [...word];
    return CJK.test(word) ? characters.slice(1).map((next, index) => `${characters[index] ?? ''}${next}`) : [word];
  });
}
