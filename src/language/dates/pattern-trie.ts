/** All patterns of a language in one tree: shared beginnings are tried once. */
export interface PatternNode {
  /** By element: `kind`, `kind=value`, or either with `!` (not as an everyday word). */
  readonly next: ReadonlyMap<string, PatternNode>;
  /** Rules that a sentence may apply here, preferred first. */
  readonly rules: readonly string[];
}

interface PatternSource {
  /** Names for parts of patterns, written `<name>`. */
  readonly macros: Readonly<Record<string, string>>;
  readonly patterns: Readonly<Record<string, readonly string[]>>;
}

const MAX_DEPTH = 8;

function withMacros(pattern: string, macros: Readonly<Record<string, string>>, depth = 0): string {
  if (depth > MAX_DEPTH) {
    throw new Error(`Macros nest too deep in "${pattern}"`);
  }
  return pattern.replace(/<(\w+)>/g, (_, name: string) => {
    const macro = macros[name];
    if (macro === undefined) {
      throw new Error(`Unknown macro <${name}> in "${pattern}"`);
    }
    return `(${withMacros(macro, macros, depth + 1)})`;
  });
}

/** An element, or one of several sequences (an option is a choice between itself and nothing). */
type Part = string | readonly Sequence[];
type Sequence = readonly Part[];

class PatternReader {
  private at = 0;
  constructor(private readonly parts: readonly string[]) {}

  alternatives(): Sequence[] {
    const all = [this.sequence()];
    while (this.parts[this.at] === '|') {
      this.at += 1;
      all.push(this.sequence());
    }
    return all;
  }

  private sequence(): Sequence {
    const sequence: Part[] = [];
    for (
      let part = this.parts[this.at];
      part !== undefined && part !== '|' && part !== ')';
      part = this.parts[this.at]
    ) {
      sequence.push(this.element(part));
    }
    return sequence;
  }

  private element(part: string): Part {
    this.at += 1;
    let read: Part = part;
    if (part === '(') {
      read = this.alternatives();
      this.at += 1;
    }
    if (this.parts[this.at] === '?') {
      this.at += 1;
      return [[read], []];
    }
    return read;
  }
}

/** What is left of one pattern: a sequence from `at` on, then what follows the group that it stands in. */
interface Rest {
  readonly rule: string;
  readonly sequence: Sequence;
  readonly at: number;
  readonly then: Rest | undefined;
}

/**
 * A place in the tree, made of what is left of the patterns that lead to it. Where it leads to is worked out when a
 * sentence first gets here: the whole tree has nine thousand nodes a language, of which few are ever seen.
 */
class LazyNode implements PatternNode {
  private known: PatternNode | undefined;
  constructor(private readonly rests: readonly Rest[]) {}

  get next(): ReadonlyMap<string, PatternNode> {
    return (this.known ??= expanded(this.rests)).next;
  }

  get rules(): readonly string[] {
    return (this.known ??= expanded(this.rests)).rules;
  }
}

function expanded(rests: readonly Rest[]): PatternNode {
  const behind = new Map<string, Rest[]>();
  const rules = new Set<string>();
  const follow = (rest: Rest): void => {
    const { rule, sequence, at, then } = rest;
    const part = sequence[at];
    const further = { ...rest, at: at + 1 };
    if (part === undefined) {
      if (then) {
        follow(then);
      } else {
        rules.add(rule);
      }
    } else if (typeof part === 'string') {
      const others = behind.get(part);
      if (others) {
        others.push(further);
      } else {
        behind.set(part, [further]);
      }
    } else {
      part.forEach((choice) => {
        follow({ rule, sequence: choice, at: 0, then: further });
      });
    }
  };
  rests.forEach(follow);
  return { next: new Map(Array.from(behind, ([part, left]) => [part, new LazyNode(left)])), rules: [...rules] };
}

/**
 * Reads patterns: elements are `kind`, `kind=value`, with `!` not as an everyday word; `( | )`, `?` and `<macro>` as
 * usual. @throws on an unknown macro, so a mistake in the data stops the start.
 */
export function readPatterns({ patterns, macros }: PatternSource): readonly Rest[] {
  return Object.entries(patterns).flatMap(([rule, sources]) =>
    sources.map((pattern) => {
      const parts = withMacros(pattern, macros).match(/[()|?]|[^\s()|?]+/g) ?? [];
      return { rule, sequence: [new PatternReader(parts).alternatives()], at: 0, then: undefined };
    }),
  );
}

/** Puts patterns into one tree; earlier ones are preferred. */
export function treeOf(...patterns: readonly (readonly Rest[])[]): PatternNode {
  return new LazyNode(patterns.flat());
}
