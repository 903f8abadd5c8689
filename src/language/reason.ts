import type { Language } from '../domain/vocabulary';
import { endsSentence, splitClauses, type Clause } from './clauses';
import { overlaps, type FoldedText, type Span } from './fold';
import { reasonExpressions, type ReasonExpressions } from './reason-words';

/** A sentence in which the rest was found: spans in the folded text. */
export interface ReasonContext {
  readonly folded: FoldedText;
  /** Customers and workloads. */
  readonly names: readonly Span[];
  readonly dates: readonly Span[];
}

/** Where the reason stands. */
export interface FoundReason extends Span {
  /** A conjunction says that it is one. */
  readonly isStated: boolean;
}

/**
 * Finds the words that say why, without the conjunction, the request around them and politeness.
 * With a conjunction before ("because …", "因为…") or behind ("…なので"), or as a clause of its own beside a request that
 * has a date ("Move X to 8 December, their admin is out until then").
 * @returns the span in the folded text.
 */
export function findReason(context: ReasonContext, languages: readonly Language[]): FoundReason | undefined {
  const expressions = languages.map(reasonExpressions);
  for (const find of [afterConjunction, beforeConjunction, ownClause]) {
    for (const language of expressions) {
      const found = find(context, language);
      const trimmed = found === undefined ? undefined : trim(context, found, language);
      if (trimmed !== undefined) {
        return { ...trimmed, isStated: find !== ownClause };
      }
    }
  }
  return undefined;
}

function afterConjunction(context: ReasonContext, language: ReasonExpressions): Span | undefined {
  const { text } = context.folded;
  for (const match of text.matchAll(language.before)) {
    const conjunction = { start: match.index, end: conjunctionEnd(match) };
    const isTaken = [...context.names, ...context.dates].some((span) => overlaps(span, conjunction));
    if (!isTaken && !language.not.test(text.slice(match.index, match.index + 40))) {
      const isNominal = language.nominal.test(text.slice(match.index));
      const end = reasonEnd(context, conjunction.end, language);
      return cutRequest(context, { start: conjunction.end, end }, { language, isNominal, at: conjunction.start });
    }
  }
  return undefined;
}

/** "da die Admins" is found as two words, the second belongs to the reason. */
function conjunctionEnd(match: RegExpMatchArray): number {
  const kept = /^(?:as|da|como) (?!de\b)/.exec(match[0]);
  return (match.index ?? 0) + (kept === null ? match[0].length : kept[0].length);
}

function reasonEnd(context: ReasonContext, start: number, language: ReasonExpressions): number {
  const { text } = context.folded;
  const all = [...context.names, ...context.dates];
  const isFirst = !all.some((span) => span.end <= start);
  const clauses = splitClauses(text, all);
  for (const clause of clauses) {
    if (clause.start > start && isBreak(context, clause, { isFirst, language })) {
      return clause.start - clause.sign.length;
    }
  }
  const name = context.names.find((span) => span.start > start);
  return isFirst && name !== undefined ? name.start : text.length;
}

interface BreakRule {
  readonly isFirst: boolean;
  readonly language: ReasonExpressions;
}

/** Whether a reason does not go on into this clause: a new sentence, the request after a leading reason, politeness. */
function isBreak(context: ReasonContext, clause: Clause, { isFirst, language }: BreakRule): boolean {
  const words = context.folded.text.slice(clause.start, clause.end);
  const holds = (spans: readonly Span[]): boolean => spans.some((span) => overlaps(span, clause));
  const isRequest = isFirst && (holds(context.names) || holds(context.dates) || language.verbAtStart.test(words));
  const opens = clause.sign !== ':' && clause.sign !== '：';
  return (
    endsSentence(clause.sign) ||
    /^[()（）]$/.test(clause.sign) ||
    (opens && (isRequest || language.politeOnly.test(words) || language.leadAtStart.test(words)))
  );
}

interface Conjunction {
  readonly language: ReasonExpressions;
  readonly isNominal: boolean;
  readonly at: number;
}

/** Takes off the request where it goes on behind the reason: "wegen Urlaub auf den 12.1. verschieben". */
function cutRequest(context: ReasonContext, reason: Span, { language, isNominal, at }: Conjunction): Span {
  const { text } = context.folded;
  let end = reason.end;
  const hasOtherDate = context.dates.some((date) => !overlaps(date, reason));
  const targets = context.dates.filter((date) => overlaps(date, reason) && date.start > reason.start);
  if (!hasOtherDate && !isSentenceStart(context, at, reason)) {
    for (const date of targets.reverse()) {
      const target = language.targetAtEnd.exec(text.slice(reason.start, date.start));
      if (target !== null && target.index > 0) {
        end = reason.start + target.index;
        break;
      }
    }
  }
  const verb = isNominal ? language.verbAtEnd.exec(text.slice(reason.start, end)) : null;
  return { start: reason.start, end: verb === null ? end : reason.start + verb.index };
}

/** A reason in a sentence of its own, without a name after it, is no request: its date stays in it. */
function isSentenceStart(context: ReasonContext, at: number, reason: Span): boolean {
  const before = context.folded.text.slice(0, at).trimEnd();
  return (
    /[.!?。！？,，、]$/.test(before) &&
    !context.names.some((name) => name.start > reason.end) &&
    hasRequestDate(context, reason)
  );
}

function hasRequestDate(context: ReasonContext, reason: Span): boolean {
  return context.dates.some((date) => date.end <= reason.start || date.start >= reason.end);
}

const PARTICLES =
  /^(?:さん|様|社|さま)?(?:の|は|を|も|、|\s)+(?:(?:エンゲージメント)?開始日|日程|日付|予定|esd|件|スタート|開始)*(?:の|は|を|が|も|、|\s)*/u;
const DATE_PARTICLES = /^(?:に|へ|まで|で|、)/u;

function beforeConjunction(context: ReasonContext, language: ReasonExpressions): Span | undefined {
  const { text } = context.folded;
  for (const match of text.matchAll(language.after)) {
    const end = match.index;
    const isTaken = [...context.names, ...context.dates].some((span) =>
      overlaps({ start: end - 1, end: end + 1 }, span),
    );
    const start = reasonStart(context, end);
    if (!isTaken && end - start >= 2) {
      return { start, end };
    }
  }
  return undefined;
}

function reasonStart(context: ReasonContext, end: number): number {
  const { text } = context.folded;
  const closed = [...context.names, ...context.dates];
  let start = splitClauses(text, closed).reduce((last, clause) => (clause.start < end ? clause.start : last), 0);
  for (const [spans, particles] of [
    [context.names, PARTICLES],
    [context.dates, DATE_PARTICLES],
  ] as const) {
    for (const span of spans) {
      const particle = span.end < end ? particles.exec(text.slice(span.end, end)) : null;
      start = particle === null ? start : Math.max(start, span.end + particle[0].length);
    }
  }
  return start;
}

/** A clause beside the request: no name in it, not the only date, more than a word or two. */
function ownClause(context: ReasonContext, language: ReasonExpressions): Span | undefined {
  const { names, dates, folded } = context;
  const clauses = splitClauses(folded.text, [...names, ...dates]);
  const request = clauses.findIndex((clause) => dates.some((date) => overlaps(date, clause)));
  const named = clauses.findIndex((clause) => names.some((name) => overlaps(name, clause)));
  if (request < 0 || clauses.length < 2) {
    return undefined;
  }
  const isReason = (clause: Clause): boolean =>
    !names.some((name) => overlaps(name, clause)) &&
    isStatement(folded.text.slice(clause.start, clause.end), clause, language);
  const after = clauses.findIndex((clause, index) => index > Math.max(request, named) && isReason(clause));
  if (after >= 0) {
    return joined(clauses, after, isReason);
  }
  const first = clauses[0];
  const leads = first !== undefined && Math.min(request, named < 0 ? request : named) > 0 && isReason(first);
  return leads && isLong(folded.text.slice(first.start, first.end)) ? first : undefined;
}

function joined(clauses: readonly Clause[], first: number, isReason: (clause: Clause) => boolean): Span | undefined {
  const start = clauses[first];
  let last = start;
  for (const clause of clauses.slice(first + 1)) {
    if (endsSentence(clause.sign) || /^[()（）]$/.test(clause.sign) || !isReason(clause)) {
      break;
    }
    last = clause;
  }
  return start === undefined || last === undefined ? undefined : { start: start.start, end: last.end };
}

function isStatement(text: string, clause: Clause, language: ReasonExpressions): boolean {
  const isSet = /^(?:[(（]|[-–—]+)$/.test(clause.sign);
  const words = text.trim().split(/\s+/).length;
  const letters = text.replace(/[\s\p{P}]/gu, '').length;
  const isEnough = language.words.writesSpaces ? words >= (isSet ? 1 : 2) : letters >= (isSet ? 2 : 4);
  return isEnough && letters >= 2 && !language.politeOnly.test(text) && (isSet || !isCommand(text, language));
}

function isCommand(text: string, language: ReasonExpressions): boolean {
  return language.verbAtStart.test(text) && text.trim().split(/\s+/).length <= 4;
}

function isLong(text: string): boolean {
  return (
    text.trim().split(/\s+/).length >= 4 || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{5,}/u.test(text)
  );
}

const EDGES_AT_START = /^[\s,;:.\-–—。、，；：！!（(]+/u;
const EDGES_AT_END = /[\s,;:.\-–—。、，；：！!）)]+$/u;

function trim(context: ReasonContext, span: Span, language: ReasonExpressions): Span | undefined {
  const { text } = context.folded;
  let { start, end } = span;
  const cutStart = (expression: RegExp): void => {
    start += expression.exec(text.slice(start, end))?.[0].length ?? 0;
  };
  const cutEnd = (expression: RegExp): void => {
    const found = expression.exec(text.slice(start, end));
    end = found === null ? end : start + found.index;
  };
  [EDGES_AT_START, language.leadAtStart, EDGES_AT_START].forEach(cutStart);
  [EDGES_AT_END, language.politeAtEnd, EDGES_AT_END, language.weakAtEnd, EDGES_AT_END].forEach(cutEnd);
  const isQuestion = /\?/.test(text.slice(start, end)) || /^\s*\?/.test(text.slice(end));
  return end - start >= 2 && !isQuestion ? { start, end } : undefined;
}
