/** All patterns of a language in one tree: shared beginnings are tried once. */
export interface PatternNode {
  /** By element: `kind`, `kind=value`, or either with `!` (not as an everyday word). */
  readonly next: Map<string, PatternNode>;
  /** Rules that a sentence may apply here, preferred first. */
  readonly rules: string[];
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

class PatternReader {
  private at = 0;
  constructor(private readonly parts: readonly string[]) {}

  /** @returns every sequence of elements that the pattern allows. */
  alternatives(): string[][] {
    const all = this.sequence();
    while (this.parts[this.at] === '|') {
      this.at += 1;
      all.push(...this.sequence());
    }
    return all;
  }

  private sequence(): string[][] {
    let all: string[][] = [[]];
    for (
      let part = this.parts[this.at];
      part !== undefined && part !== '|' && part !== ')';
      part = this.parts[this.at]
    ) {
      const choices = this.element(part);
      all = all.flatMap((before) => choices.map((choice) => [...before, ...choice]));
    }
    return all;
  }

  private element(part: string): string[][] {
    this.at += 1;
    let choices: string[][] = [[part]];
    if (part === '(') {
      choices = this.alternatives();
      this.at += 1;
    }
    if (this.parts[this.at] === '?') {
      this.at += 1;
      choices = [...choices, []];
    }
    return choices;
  }
}

function insert(root: PatternNode, sequence: readonly string[], rule: string): void {
  let node = root;
  for (const element of sequence) {
    let next = node.next.get(element);
    if (!next) {
      next = { next: new Map(), rules: [] };
      node.next.set(element, next);
    }
    node = next;
  }
  if (!node.rules.includes(rule)) {
    node.rules.push(rule);
  }
}

/**
 * Compiles patterns: elements are `kind`, `kind=value`, with `!` not as an everyday word; `( | )`, `?` and `<macro>`
 * as usual. Earlier sources are preferred. @throws on an unknown macro, so a mistake in the data stops the start.
 */
export function compilePatterns(
  sources: readonly PatternSource['patterns'][],
  macros: PatternSource['macros'],
): PatternNode {
  const root: PatternNode = { next: new Map(), rules: [] };
  for (const source of sources) {
    for (const [rule, patterns] of Object.entries(source)) {
      for (const pattern of patterns) {
        const parts = withMacros(pattern, macros).match(/[()|?]|[^\s()|?]+/g) ?? [];
        for (const sequence of new PatternReader(parts).alternatives()) {
          insert(root, sequence, rule);
        }
      }
    }
  }
  return root;
}
