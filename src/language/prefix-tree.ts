/** Words by their beginnings. The edges of the whole tree stand in one map: a map for each node took most of the time. */
class PrefixTree<T> {
  /** Node and UTF-16 unit, as one number, to the next node. */
  private readonly edges = new Map<number, number>();
  private readonly values: (T | undefined)[] = [undefined];

  /** The node of the empty word. */
  readonly root = 0;

  /** The node one UTF-16 unit further, undefined where no word goes on so. */
  next(node: number, code: number): number | undefined {
    return this.edges.get(node * UNITS + code);
  }

  /** What was put at the word that ends here. */
  at(node: number): T | undefined {
    return this.values[node];
  }

  /** Puts what `value` makes of what stands at `word` so far. */
  put(word: string, value: (known: T | undefined) => T): void {
    let node = this.root;
    for (let index = 0; index < word.length; index += 1) {
      const edge = node * UNITS + word.charCodeAt(index);
      let further = this.edges.get(edge);
      if (further === undefined) {
        further = this.values.push(undefined) - 1;
        this.edges.set(edge, further);
      }
      node = further;
    }
    this.values[node] = value(this.values[node]);
  }
}

const UNITS = 0x10000;

/**
 * Many words, of which a sentence meets few: they lie in lists by their first two UTF-16 units, and a list becomes a tree
 * when a text first begins a word so. Thousands of words are ready in a few milliseconds.
 */
export class WordBook<V, T> {
  private readonly lists = new Map<number, Entry<V>[]>();
  private readonly trees = new Map<number, PrefixTree<T>>();

  /**
   * @param join makes what stands at a word of what stood there and what is added, in the order of adding
   * @param spelled what an added word is as texts have it, or several such; they begin with the same two units
   */
  constructor(
    private readonly join: (known: T | undefined, added: V) => T,
    private readonly spelled: (word: string) => readonly string[],
  ) {}

  add(word: string, value: V): void {
    const key = keyOf(word.charCodeAt(0), word.charCodeAt(1));
    const list = this.lists.get(key);
    if (list === undefined) {
      this.lists.set(key, [{ word, value }]);
    } else {
      list.push({ word, value });
    }
  }

  /** The words that may stand where a text goes on with these units; undefined where none does. */
  beginningWith(first: number, second: number): PrefixTree<T> | undefined {
    const key = keyOf(first, second);
    return this.trees.get(key) ?? this.treeOf(key) ?? (key === first ? undefined : this.beginningWith(first, NONE));
  }

  /** A word of one unit is in the trees of all that go on. */
  private treeOf(key: number): PrefixTree<T> | undefined {
    const list = this.lists.get(key);
    if (list === undefined) {
      return undefined;
    }
    const tree = new PrefixTree<T>();
    const first = key & 0xffff;
    const single = key === first ? [] : (this.lists.get(first) ?? []);
    for (const { word, value } of [...single, ...list]) {
      for (const spelling of this.spelled(word)) {
        tree.put(spelling, (known) => this.join(known, value));
      }
    }
    this.trees.set(key, tree);
    return tree;
  }
}

interface Entry<V> {
  readonly word: string;
  readonly value: V;
}

/** The second unit where there is none: what `charCodeAt` gives there becomes the same. */
const NONE = 0;

const keyOf = (first: number, second: number): number => (second << 16) | first;
