import { LANGUAGES, type Language } from '../../domain/vocabulary';
import { detectLanguage } from '../detect-language';
import { fold, toOriginal } from '../fold';
import { EAST_ASIAN } from '../tokens';
import { WORDS } from '../words';
import { reasonExpressions, type ReasonExpressions } from './reason-words';
import { matchesIn } from '../matches';

/** A whole message that is a reason. */
export interface BareReason {
  /** Without conjunction and politeness. */
  readonly reason: string;
  /** Where a conjunction or a label says so: "weil der Admin krank ist", "Grund: Umzug"; "担当者が病気なので". */
  readonly stated: 'before' | 'behind' | undefined;
}

const EDGES_AT_START = /^[\s,;:.\-–—=＝。、，；：！!]+/u;
const EDGES_AT_END = /[\s,;:.\-–—。、，；：！!]+$/u;
const MOST_READ = 2000;

/**
 * Reads a message as a reason and nothing else: all of it is kept but conjunction and politeness at its edges.
 * @param language of the conversation, for words that do not tell theirs.
 * @returns undefined where there is nothing left.
 */
export function readReason(text: string, language: Language | undefined): BareReason | undefined {
  const folded = fold(text.slice(0, MOST_READ));
  for (const expressions of languagesOf(folded.text, language).map(reasonExpressions)) {
    const found = withoutConjunction(folded.text, expressions);
    if (found !== undefined) {
      const { start, end } = toOriginal(folded, found);
      return { reason: text.slice(start, end), stated: found.stated };
    }
  }
  const plain = withoutPoliteness(folded.text, 0, languagesOf(folded.text, language).map(reasonExpressions));
  const { start, end } = toOriginal(folded, plain);
  const reason = text.slice(start, end).trim();
  return /[\p{L}\p{N}]/u.test(reason) ? { reason, stated: undefined } : undefined;
}

/**
 * @returns whether a message that names nothing else reads as a statement of why: words of a clear language, no
 * question, no command, no politeness.
 */
export function isStatement(text: string): boolean {
  const folded = fold(text.slice(0, MOST_READ)).text;
  const language = detectLanguage(folded);
  if (language === undefined || /[?？]\s*$/.test(folded)) {
    return false;
  }
  const { aside, politeOnly, verbAtStart } = reasonExpressions(language);
  const words = WORDS[language].writesSpaces ? folded.trim().split(/\s+/).length : folded.length / 2;
  return words >= 2 && ![aside, politeOnly, verbAtStart].some((each) => each.test(folded));
}

/** The likeliest languages first. */
function languagesOf(folded: string, language: Language | undefined): readonly Language[] {
  const detected = detectLanguage(folded);
  const own = detected ?? language;
  const isEastAsian = EAST_ASIAN.test(folded);
  const others = LANGUAGES.filter((each) => WORDS[each].writesSpaces !== isEastAsian);
  return detected === undefined ? [...new Set([...(own === undefined ? [] : [own]), ...others])] : [detected];
}

/**
 * @returns whether a message with a conjunction behind it is its reason from the first word on, whatever it names
 * ("5月2日の展開と重なるので"): one clause that moves nothing to a day.
 */
export const isAllReason = (text: string, { stated }: BareReason): boolean =>
  stated === 'behind' && !/[、。，]|[日月週]に/u.test(text.trim().slice(0, -1));

interface Edges {
  readonly start: number;
  readonly end: number;
}

interface Stated extends Edges {
  readonly stated: 'before' | 'behind';
}

function withoutConjunction(text: string, language: ReasonExpressions): Stated | undefined {
  const first = EDGES_AT_START.exec(text)?.[0].length ?? 0;
  for (const match of matchesIn(text, language.before)) {
    if (match.index <= first && !language.not.test(text.slice(match.index))) {
      const behind = match.index + match[0].length;
      const edges = withoutPoliteness(text, behind, [language]);
      const weak = language.weakAtEnd.exec(text.slice(edges.start, edges.end));
      const end = weak === null || weak.index === 0 ? edges.end : edges.start + weak.index;
      return hasWords(text, { ...edges, end }) ? { start: edges.start, end, stated: 'before' } : undefined;
    }
  }
  const { start, end } = withoutPoliteness(text, 0, [language]);
  for (const match of matchesIn(text, language.after)) {
    const isLast = match.index + match[0].length >= end;
    if (isLast && match.index < end && match[0] !== 'で' && hasWords(text, { start, end: match.index })) {
      return { start, end: match.index, stated: 'behind' };
    }
  }
  return undefined;
}

const hasWords = (text: string, { start, end }: Edges): boolean => /\p{L}.*\p{L}/su.test(text.slice(start, end));

function withoutPoliteness(text: string, from: number, languages: readonly ReasonExpressions[]): Edges {
  const start = from + (EDGES_AT_START.exec(text.slice(from))?.[0].length ?? 0);
  let end = text.length;
  const cut = (expression: RegExp): void => {
    const found = expression.exec(text.slice(start, end));
    end = found === null || found.index === 0 ? end : start + found.index;
  };
  cut(EDGES_AT_END);
  languages.forEach(({ politeAtEnd }) => {
    cut(politeAtEnd);
    cut(EDGES_AT_END);
  });
  return { start, end };
}
