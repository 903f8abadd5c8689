/**
 * Words by their beginnings. The edges of the whole tree stand in one map: a map for each of thousands of nodes was most
 * of what loading the language took.
 */
export class PrefixTree<T> {
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
