import { fold } from './fold';
import { PLACEHOLDERS } from './pattern';
import type { Words } from './words';

/**
 * Of these strings a text holds at least one if a pattern fits it; none = nothing certain is known. Most patterns are
 * ruled out by that, and a regular expression that is never tried is never compiled: it is compiled when first tried.
 */
export type Needed = readonly string[];

const NOTHING: Needed = [];
/** Longer strings rule out hardly more. */
const ENOUGH = 4;
/** A list of more strings than this takes longer to look for than it saves. */
const MOST = 80;
const MARKS: Readonly<Record<string, string>> = {
  '{C}': PLACEHOLDERS.customer,
  '{W}': PLACEHOLDERS.workload,
  '{D}': PLACEHOLDERS.when,
  '{L}': PLACEHOLDERS.language,
};
/** An element of a pattern, see `compilePattern`: letters but one that may be missing, classes whole. */
const ELEMENT =
  /[a-z']+(?![?*{])|\(\?(?:[:=!]|<[=!])|<[a-zA-Z]+>|\{[CWDL]\}|\{\d+,?\d*\}|\[\^?\]?[^\]]*\]|\\.|[\s\S]/gu;

const LETTERS = /^[a-z']+$/;

const groups = new WeakMap<Words, Map<string, Needed>>();

/** @returns what a text needs to hold for a pattern of `words.json` to fit it. */
export function neededFor(source: string, words: Words): Needed {
  return new Reader(source.match(ELEMENT) ?? [], words).choice();
}

/** Groups stand in many patterns: each is read once, and its list is one object for all of them. */
function neededForGroup(name: string, words: Words): Needed {
  const known = groups.get(words) ?? new Map<string, Needed>();
  groups.set(words, known);
  const needed = known.get(name) ?? neededFor(words.groups[name] ?? '', words);
  known.set(name, needed);
  return needed;
}

class Reader {
  private at = 0;
  constructor(
    private readonly elements: readonly string[],
    private readonly words: Words,
  ) {}

  /** Up to the end, or behind the bracket that closes. */
  choice(): Needed {
    const found = [this.sequence()];
    while (this.elements[this.at] === '|') {
      this.at += 1;
      found.push(this.sequence());
    }
    this.at += 1;
    const [only] = found;
    const all = found.length === 1 && only ? only : [...new Set(found.flat())];
    return found.some((needed) => needed.length === 0) || all.length > MOST ? NOTHING : all;
  }

  private sequence(): Needed {
    let best = NOTHING;
    let run = '';
    const take = (needed: Needed): void => {
      best = worth(needed) > worth(best) ? needed : best;
    };
    const endRun = (): void => {
      take(run === '' ? NOTHING : [run]);
      run = '';
    };
    for (let element = this.elements[this.at]; element !== undefined; element = this.elements[this.at]) {
      if (element === '|' || element === ')') {
        break;
      }
      const letters = lettersOf(element, this.elements[this.at - 1]);
      this.at += 1;
      if (letters !== undefined && !this.isOptional()) {
        run += letters;
      } else {
        endRun();
        const needed = this.inside(element);
        take(this.isOptional() ? NOTHING : needed);
      }
    }
    endRun();
    return best;
  }

  /** What a group or a bracket needs; a lookaround holds nothing that the text must have at this place. */
  private inside(element: string): Needed {
    if (element === '(' || element.startsWith('(?')) {
      const needed = this.choice();
      return element === '(' || element === '(?:' ? needed : NOTHING;
    }
    return /^<[a-zA-Z]+>$/.test(element) ? neededForGroup(element.slice(1, -1), this.words) : NOTHING;
  }

  /** In Chinese and Japanese a star is a gap wherever it stands. */
  private isOptional(): boolean {
    const next = this.elements[this.at] ?? '';
    return next === '?' || (next === '*' && this.words.writesSpaces) || next.startsWith('{0');
  }
}

/** The letters that stand for themselves; umlauts have two spellings. */
function lettersOf(element: string, before: string | undefined): string | undefined {
  if (LETTERS.test(element)) {
    return element;
  }
  const mark = MARKS[element];
  if (mark !== undefined || element.length > 2 || element.startsWith('\\')) {
    return mark;
  }
  if (element === '？' || (element === '?' && (before === undefined || /^[|^]$/.test(before)))) {
    return '?';
  }
  return /^[\s~*?+^$(){}[\]<>.äöüÄÖÜ]$/u.test(element) ? undefined : fold(element).text;
}

/** Names and dates stand in most requests: that one is needed rules out little. */
const MARK = /[\ue000-\ue003]/;
const WORTH_OF_MARK = 2;

function worth(needed: Needed): number {
  const least = Math.min(...needed.map(worthOf));
  return needed.length === 0 ? 0 : least * MOST - needed.length;
}

function worthOf(letters: string): number {
  return MARK.test(letters) ? WORTH_OF_MARK : Math.min(ENOUGH, /^[a-z' -]*$/.test(letters) ? letters.length : ENOUGH);
}
