import type { Language } from '../../domain/vocabulary';
import { overlaps, type FoldedText, type Span } from '../fold';
import { afterConjunction } from './after-conjunction';
import { beforeConjunction } from './before-conjunction';
import { beforeConsequence, behindRequest, ownClause } from './own-clause';
import { reasonExpressions, type ReasonExpressions } from './reason-words';

/** A sentence in which the rest was found: spans in the folded text. */
export interface ReasonContext {
  readonly folded: FoldedText;
  /** Customers and workloads, in order. */
  readonly names: readonly Span[];
  readonly dates: readonly Span[];
  /** Those of them that count: not the days that are withdrawn or ruled out. */
  readonly meant: readonly Span[];
  /** Whether a part of the text taken for itself holds a date: of several only the likeliest is among `dates`. */
  readonly isDated: (span: Span) => boolean;
}

/** What a way of saying why found. */
export interface Found extends Span {
  /** With the words that make it a reason ("which is why"). */
  readonly whole?: Span;
}

/** Where the reason stands. */
export interface FoundReason extends Span {
  /** With the words that make it a reason: what is left of the sentence is the request. */
  readonly whole: Span;
  /** A conjunction says that it is one. */
  readonly isStated: boolean;
}

/** The surer ways first. */
const WAYS = [
  { find: afterConjunction, isStated: true },
  { find: beforeConsequence, isStated: true },
  { find: beforeConjunction, isStated: true },
  { find: ownClause, isStated: false },
  { find: behindRequest, isStated: false },
] as const;

/**
 * Finds the words that say why, without the conjunction, the request around them and politeness.
 * With a conjunction before ("because …", "因为…") or behind ("…なので"), before what follows from it ("…, so"), or as a
 * clause of its own beside the request ("Move X to 8 December, their admin is out until then").
 * @returns the span in the folded text.
 */
export function findReason(context: ReasonContext, languages: readonly Language[]): FoundReason | undefined {
  const expressions = languages.map(reasonExpressions);
  for (const { find, isStated } of WAYS) {
    for (const language of expressions) {
      const found: Found | undefined = find(context, language);
      const trimmed = found === undefined ? undefined : trim(context, found, language);
      if (trimmed !== undefined) {
        return { ...trimmed, whole: found?.whole ?? trimmed, isStated };
      }
    }
  }
  return undefined;
}

const EDGES_AT_START = /^[\s,;:.\-–—=＝。、，；：！!（(/|]+/u;
const EDGES_AT_END = /[\s,;:.\-–—。、，；：！!）)\]/|~～…]+$/u;
const SMILEY = /\s*(?:[:;=]-?[()/|DP]|[\p{Extended_Pictographic}\ufe0f]+)\s*$/u;

function trim(context: ReasonContext, span: Span, language: ReasonExpressions): Span | undefined {
  const { text } = context.folded;
  let { start, end } = span;
  const cutStart = (expression: RegExp): void => {
    start += expression.exec(text.slice(start, end))?.[0].length ?? 0;
  };
  const cutEnd = (expression: RegExp): void => {
    const found = expression.exec(text.slice(start, end));
    end = found === null || found.index === 0 ? end : start + found.index;
  };
  [EDGES_AT_START, language.leadAtStart, EDGES_AT_START].forEach(cutStart);
  const { politeAtEnd, weakAtEnd } = language;
  [SMILEY, EDGES_AT_END, politeAtEnd, EDGES_AT_END, politeAtEnd, EDGES_AT_END, weakAtEnd, EDGES_AT_END].forEach(cutEnd);
  const ordinal = context.dates.find((date) => date.end === end + 1 && overlaps(date, { start, end }));
  end = ordinal === undefined ? end : ordinal.end;
  end += closesBracket(text, { start, end }) ? 1 : 0;
  const isQuestion = /\?(?![a-z0-9])|？/.test(text.slice(start, end)) || /^\s*[?？]/.test(text.slice(end));
  return end - start >= 2 && !isQuestion ? { start, end } : undefined;
}

/** "… is away (until May)": the bracket that ends the reason was opened in it. */
const closesBracket = (text: string, { start, end }: Span): boolean =>
  /[(（[][^()（）[\]]*$/.test(text.slice(start, end)) && /^[)）\]]/.test(text.slice(end));

/** @returns whether words are about replies and calls. */
export function mentionsContact(words: string, languages: readonly Language[]): boolean {
  return languages.some((language) => reasonExpressions(language).contact.test(words));
}
