import deConcepts from '../../locales/de/concepts.json';
import enConcepts from '../../locales/en/concepts.json';
import jaConcepts from '../../locales/ja/concepts.json';
import ptConcepts from '../../locales/pt-BR/concepts.json';
import zhConcepts from '../../locales/zh-Hans/concepts.json';
import { WordBook } from '../prefix-tree';
import { fold } from './fold';

type ConceptWords = Readonly<Record<string, readonly string[]>>;

const FILES: readonly ConceptWords[] = [enConcepts, deConcepts, ptConcepts, zhConcepts, jaConcepts];
const isLatinOrDigit = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);

/** Which concepts a word names. */
let words: WordBook<string, readonly string[]> | undefined;

/**
 * The playbook's concepts that a text names ("ESD", "Startdatum" and "开始日期" are one), each once.
 * Words of all languages count at the same time, so that mixed sentences are read as well as pure ones.
 * A word matches from the start of a Latin word, anywhere in Chinese and Japanese; one written with a final
 * space in the data matches whole words only. @param folded text as `fold` gives it
 */
export function conceptsOf(folded: string): readonly string[] {
  words ??= readWords();
  const padded = `${folded} `;
  const found = new Set<string>();
  let insideLatin = false;
  for (let start = 0; start < folded.length; start += 1) {
    const latin = isLatinOrDigit(padded.charCodeAt(start));
    if (!(latin && insideLatin)) {
      collect(words, padded, { start, found });
    }
    insideLatin = latin;
  }
  return [...found].sort();
}

function collect(
  book: WordBook<string, readonly string[]>,
  text: string,
  { start, found }: { start: number; found: Set<string> },
): void {
  const tree = book.beginningWith(text.charCodeAt(start), text.charCodeAt(start + 1));
  if (tree === undefined) {
    return;
  }
  let node: number | undefined = tree.root;
  for (let index = start; index < text.length; index += 1) {
    node = tree.next(node, text.charCodeAt(index));
    if (node === undefined) {
      return;
    }
    tree.at(node)?.forEach((concept) => found.add(concept));
  }
}

/** Begins with two letters that stay as they are when the word is folded. */
const PLAIN_BEGINNING = /^(?![aou]e)[a-z\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]{2}/;

function readWords(): WordBook<string, readonly string[]> {
  const book = new WordBook<string, readonly string[]>(
    (known = [], concept) => [...known, concept],
    (word) => [folded(word)],
  );
  for (const file of FILES) {
    for (const [concept, spellings] of Object.entries(file)) {
      for (const word of spellings) {
        book.add(PLAIN_BEGINNING.test(word) ? word : folded(word), concept);
      }
    }
  }
  return book;
}

const folded = (word: string): string => fold(word) + (word.endsWith(' ') ? ' ' : '');
