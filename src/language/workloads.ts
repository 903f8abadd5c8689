import { LANGUAGES, WORKLOADS, type WorkloadId } from '../domain/vocabulary';
import { editDistance } from './edit-distance';
import { fold, overlaps, type FoldedText, type Span } from './fold';
import { continues, EAST_ASIAN, tokenize, type Token } from './tokens';
import { ORDINARY_WORDS, WORDS } from './words';

/** A place in the folded text that names a workload. */
export interface WorkloadMention extends Span {
  readonly workload: WorkloadId;
}

interface Alias {
  readonly workload: WorkloadId;
  readonly words: readonly string[];
}

const aliases = new Map<string, Alias>();
/** Those long enough to be known with a typo, by their first letter. */
const byInitial = new Map<string, (readonly [string, Alias])[]>();
/** Names written without spaces around them, longest first. */
const anywhere: { readonly text: string; readonly workload: WorkloadId }[] = [];
const SHORTEST_WITH_TYPO = 5;
const LONGEST_PARTICLE = 3;
const NOT_BEFORE = exceptions('before');
const NOT_AFTER = exceptions('after');

for (const language of LANGUAGES) {
  for (const workload of WORKLOADS) {
    for (const name of WORDS[language].workloads[workload] ?? []) {
      const text = fold(name).text;
      if (EAST_ASIAN.test(text)) {
        anywhere.push({ text, workload });
      } else {
        const words = text.split(/[\s-]+/);
        aliases.set(words.join(''), { workload, words });
      }
    }
  }
}
anywhere.sort((a, b) => b.text.length - a.text.length);

for (const [name, alias] of aliases) {
  if (name.length >= SHORTEST_WITH_TYPO) {
    const known = byInitial.get(name.charAt(0)) ?? [];
    known.push([name, alias]);
    byInitial.set(name.charAt(0), known);
  }
}

const LONGEST = Math.max(...[...aliases.values()].map(({ words }) => words.length));

function exceptions(side: 'before' | 'after'): ReadonlyMap<WorkloadId, readonly string[]> {
  return new Map(
    WORKLOADS.map((workload) => [
      workload,
      LANGUAGES.flatMap((language) => WORDS[language].notWorkload[side][workload] ?? []).map((word) => fold(word).text),
    ]),
  );
}

/**
 * Finds the workloads a text names: ids' usual names and short forms of any language, with small typos.
 * "the teams", "Teams meeting", "out of office" are none.
 * @param taken places that belong to something else (a customer's name).
 * @returns the mentions in order, spans in the folded text.
 */
export function findWorkloads(folded: FoldedText, taken: readonly Span[]): readonly WorkloadMention[] {
  const found: WorkloadMention[] = [];
  const add = (mention: WorkloadMention | undefined): void => {
    if (
      mention !== undefined &&
      ![...taken, ...found].some((span) => overlaps(span, mention)) &&
      isMeant(folded, mention)
    ) {
      found.push(mention);
    }
  };
  namesAnywhere(folded.text).forEach(add);
  const tokens = tokenize(folded.text);
  for (let index = 0; index < tokens.length; index += 1) {
    add(longestAt(folded.text, tokens, index));
  }
  return found.sort((a, b) => a.start - b.start);
}

function namesAnywhere(text: string): WorkloadMention[] {
  return anywhere.flatMap(({ text: name, workload }) => {
    const start = text.indexOf(name);
    return start < 0 ? [] : [{ start, end: start + name.length, workload }];
  });
}

function longestAt(text: string, tokens: readonly Token[], first: number): WorkloadMention | undefined {
  let found: WorkloadMention | undefined;
  let joined = '';
  for (let last = first; last < Math.min(tokens.length, first + LONGEST); last += 1) {
    const token = tokens[last];
    if (token === undefined || (last > first && !continues(text, tokens, last - 1))) {
      break;
    }
    joined += token.text;
    const alias = aliases.get(joined) ?? (last === first ? nearAlias(joined) : undefined);
    if (alias !== undefined) {
      found = { start: tokens[first]?.start ?? 0, end: token.end, workload: alias.workload };
    }
  }
  return found;
}

function nearAlias(word: string): Alias | undefined {
  if (word.length < SHORTEST_WITH_TYPO || ORDINARY_WORDS.has(word) || EAST_ASIAN.test(word)) {
    return undefined;
  }
  for (const [name, alias] of byInitial.get(word.charAt(0)) ?? []) {
    const limit = name.length >= 9 ? 2 : 1;
    if (isNear(word, name, limit)) {
      return alias;
    }
  }
  return undefined;
}

/** In a short name only two swapped letters are believed: "taems" is Teams, "items" and "terms" are not. */
function isNear(word: string, name: string, limit: number): boolean {
  const sameLetters =
    name.length > 5 || (word.length === name.length && [...word].sort().join() === [...name].sort().join());
  return sameLetters && editDistance(word, name, limit) <= limit;
}

const LETTERS_AT_END = /[a-z']+\s+$/;

function isMeant(folded: FoldedText, mention: WorkloadMention): boolean {
  const before = folded.text.slice(Math.max(0, mention.start - 20), mention.start);
  const after = folded.text.slice(mention.end, mention.end + 20).replace(/^[\s-]+/, '');
  const written = folded.original.charAt(folded.at[mention.start] ?? 0);
  const isCapital = written !== written.toLowerCase();
  const isOneWord = !/\s/.test(folded.text.slice(mention.start, mention.end));
  // "A equipe entra em férias" holds a verb, "Entra ID P1 em janeiro" none.
  const follows = (NOT_AFTER.get(mention.workload) ?? []).some(
    (word) => (isOneWord || word.length > LONGEST_PARTICLE) && startsWithWord(after, word),
  );
  const precedes =
    !isCapital &&
    isOneWord &&
    LETTERS_AT_END.test(before) &&
    (NOT_BEFORE.get(mention.workload) ?? []).some((word) => ` ${before.trimEnd()}`.endsWith(` ${word}`));
  return !follows && !precedes;
}

function startsWithWord(text: string, word: string): boolean {
  return text.startsWith(word) && !/^[a-z]/.test(text.slice(word.length));
}
