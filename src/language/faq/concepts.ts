import deConcepts from '../../locales/de/concepts.json';
import enConcepts from '../../locales/en/concepts.json';
import jaConcepts from '../../locales/ja/concepts.json';
import ptConcepts from '../../locales/pt-BR/concepts.json';
import zhConcepts from '../../locales/zh-Hans/concepts.json';
import { fold } from './fold';

type ConceptWords = Readonly<Record<string, readonly string[]>>;

interface TrieNode {
  readonly next: Map<string, TrieNode>;
  /** Concepts whose word ends here. */
  readonly concepts: Set<string>;
}

const FILES: readonly ConceptWords[] = [enConcepts, deConcepts, ptConcepts, zhConcepts, jaConcepts];
const LATIN_OR_DIGIT = /[a-z0-9]/u;

let trie: TrieNode | undefined;

/**
 * The playbook's concepts that a text names ("ESD", "Startdatum" and "开始日期" are one), each once.
 * Words of all languages count at the same time, so that mixed sentences are read as well as pure ones.
 * A word matches from the start of a Latin word, anywhere in Chinese and Japanese; one written with a final
 * space in the data matches whole words only. @param folded text as `fold` gives it
 */
export function conceptsOf(folded: string): readonly string[] {
  trie ??= buildTrie();
  const padded = `${folded} `;
  const found = new Set<string>();
  let insideLatin = false;
  for (let start = 0; start < folded.length; start += 1) {
    const latin = LATIN_OR_DIGIT.test(padded.charAt(start));
    if (!(latin && insideLatin)) {
      collect(trie, padded, { start, found });
    }
    insideLatin = latin;
  }
  return [...found].sort();
}

function collect(root: TrieNode, text: string, { start, found }: { start: number; found: Set<string> }): void {
  let node: TrieNode | undefined = root;
  for (let index = start; index < text.length; index += 1) {
    node = node.next.get(text.charAt(index));
    if (!node) {
      return;
    }
    for (const concept of node.concepts) {
      found.add(concept);
    }
  }
}

function buildTrie(): TrieNode {
  const root: TrieNode = { next: new Map(), concepts: new Set() };
  for (const file of FILES) {
    for (const [concept, words] of Object.entries(file)) {
      for (const word of words) {
        insert(root, fold(word) + (word.endsWith(' ') ? ' ' : ''), concept);
      }
    }
  }
  return root;
}

function insert(root: TrieNode, word: string, concept: string): void {
  let node = root;
  for (const character of word) {
    let child = node.next.get(character);
    if (!child) {
      child = { next: new Map(), concepts: new Set() };
      node.next.set(character, child);
    }
    node = child;
  }
  node.concepts.add(concept);
}
