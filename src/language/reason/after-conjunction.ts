import { overlaps, type Span } from '../fold';
import { bracketsIn, endsSentence, isBracket, splitClauses, type Clause } from './clauses';
import type { Found, ReasonContext } from './find-reason';
import type { ReasonExpressions } from './reason-words';
import { matchesIn } from '../matches';

/** @returns what stands behind a conjunction ("because", "wegen", "因为"), up to where the request goes on. */
export function afterConjunction(context: ReasonContext, language: ReasonExpressions): Found | undefined {
  const { text } = context.folded;
  for (const match of matchesIn(text, language.before)) {
    const conjunction = { start: match.index, end: match.index + match[0].length };
    const isTaken = [...context.names, ...context.dates].some((span) => overlaps(span, conjunction));
    if (!isTaken && !language.not.test(text.slice(match.index, match.index + 40))) {
      const reason = reasonFrom(context, conjunction, language);
      return { ...reason, whole: { start: conjunction.start, end: reason.end } };
    }
  }
  return undefined;
}

function reasonFrom(context: ReasonContext, conjunction: Span, language: ReasonExpressions): Span {
  const { folded, names, dates } = context;
  const start = conjunction.end;
  const leads = ![...names, ...dates].some((span) => span.end <= start);
  const details = bracketsIn(folded.text).filter(
    (span) => span.start > start && isDetail(context, span, { leads, language }),
  );
  const stop = splitClauses(folded, [...names, ...dates, ...details], language.dottedOrdinals).find(
    (clause) =>
      clause.start > start &&
      (isBreak(context, clause, { leads, language }) || goesOn(context, clause, { language, at: conjunction.start })),
  );
  const behind = { start, end: stop === undefined ? folded.text.length : stop.start - stop.sign.length };
  const isRequestNext = stop !== undefined && [...names, ...dates].some((span) => span.start >= stop.start);
  if (leads && isRequestNext) {
    return behind;
  }
  const span = leads ? beforeRequest(context, behind, language) : behind;
  return withoutTarget(context, span, { language, at: conjunction.start });
}

interface BreakRule {
  readonly leads: boolean;
  readonly language: ReasonExpressions;
}

/** Whether brackets belong to the reason: they hold neither the request that a leading reason comes before, nor politeness. */
function isDetail({ folded, names, dates }: ReasonContext, span: Span, { leads, language }: BreakRule): boolean {
  const words = folded.text.slice(span.start + 1, span.end - 1);
  const isRequest = leads && [...names, ...dates].some((each) => overlaps(each, span));
  return !isRequest && ![language.politeOnly, language.aside].some((each) => each.test(words));
}

/** Whether a reason does not go on into this clause: a new sentence, the request after a leading reason, politeness. */
function isBreak({ folded, names, dates }: ReasonContext, clause: Clause, { leads, language }: BreakRule): boolean {
  const words = folded.text.slice(clause.start, clause.end);
  const holds = (spans: readonly Span[]): boolean => spans.some((span) => overlaps(span, clause));
  const isRequest = leads && (holds(names) || holds(dates) || language.verbAtStart.test(words));
  const isColon = /^[:：]$/.test(clause.sign);
  return (
    endsSentence(clause.sign) ||
    isBracket(clause.sign) ||
    (isColon
      ? leads && holds(names)
      : isRequest || [language.politeOnly, language.leadAtStart, language.aside].some((each) => each.test(words)))
  );
}

/** "Litware, because of the merger, wants Teams on 3 May": the date asked for is still to come, and here it is. */
function goesOn({ folded, names, dates }: ReasonContext, clause: Clause, { language, at }: Behind): boolean {
  const isWhole = dates.some((date) => date.end <= at);
  const isDated = dates.some((date) => overlaps(date, clause));
  const isNamed = names.some((name) => overlaps(name, clause));
  return !isWhole && isDated && (isNamed || language.wish.test(folded.text.slice(clause.start, clause.end)));
}

interface Behind {
  readonly language: ReasonExpressions;
  /** Where the conjunction begins. */
  readonly at: number;
}

/** "Wegen Umzug verschiebt sich Contoso Teams …": a leading reason ends before the first name that is not part of it. */
function beforeRequest({ folded, names }: ReasonContext, span: Span, language: ReasonExpressions): Span {
  const { text } = folded;
  const inside = names.filter((name) => name.start > span.start && name.start < span.end);
  const request = inside.find(
    (name, index) => index === inside.length - 1 || !isModifier(text, name, inside[index + 1]),
  );
  if (request === undefined) {
    return span;
  }
  const end = span.start + withoutRequest(text.slice(span.start, request.start), language).length;
  return end > span.start ? { start: span.start, end } : span;
}

/** "Tailspin's CISO", "o CISO da Tailspin", "Tailspin的CISO": the name says whose, unless it is the workload's customer. */
function isModifier(text: string, { start, end }: Span, next: Span | undefined): boolean {
  const isOwner = /^(?:'s\b|s?'\s|的|の)/u.test(text.slice(end, end + 2));
  const isOwned = /(?:of|at|d[aeo]s?|von|bei)\s+$/.test(text.slice(0, start));
  return (isOwner || isOwned) && !(next !== undefined && /^(?:'s|'|的|の|\s)*$/u.test(text.slice(end, next.start)));
}

const withoutRequest = (words: string, language: ReasonExpressions): string => {
  const found = language.requestAtEnd.exec(words);
  return found === null ? words : words.slice(0, found.index);
};

/** Takes off the request where it goes on behind the reason: "wegen Urlaub auf den 12.1. verschieben". */
function withoutTarget(context: ReasonContext, reason: Span, { language, at }: Behind): Span {
  const { text } = context.folded;
  const around = [
    { start: 0, end: at },
    { start: reason.end, end: text.length },
  ];
  const hasOtherDate =
    context.dates.some((date) => !overlaps(date, reason)) ||
    (context.dates.length > 0 && around.some((span) => span.end - span.start > 2 && context.isDated(span)));
  if (hasOtherDate || isSentenceStart(context, at, reason)) {
    return reason;
  }
  for (const date of context.dates.filter(({ start }) => start > reason.start && start < reason.end).reverse()) {
    const target = language.targetAtEnd.exec(text.slice(reason.start, date.start));
    if (target !== null && target.index > 0) {
      const behind = reason.start + target.index;
      const end = workloadBefore(context, { start: reason.start, end: behind }, at)?.start ?? behind;
      return {
        start: reason.start,
        end: reason.start + withoutRequest(text.slice(reason.start, end), language).length,
      };
    }
  }
  return reason;
}

/** "Litware wegen des Umzugs Teams auf den 3. Mai": the name beside the date is of the request, if it has none other. */
function workloadBefore({ folded, names }: ReasonContext, { start, end }: Span, at: number): Span | undefined {
  const isKnown = names.filter((name) => name.end <= at).length > 1;
  const last = names.filter((name) => name.start > start && name.end <= end).at(-1);
  return last !== undefined && !isKnown && /^[\s的をは]*$/u.test(folded.text.slice(last.end, end)) ? last : undefined;
}

/** A reason in a sentence of its own, without a name after it, is no request: its date stays in it. */
function isSentenceStart(context: ReasonContext, at: number, reason: Span): boolean {
  const before = context.folded.text.slice(0, at).trimEnd();
  return (
    /[.!?。！？,，、]$/.test(before) &&
    !context.names.some((name) => name.start > reason.end) &&
    context.dates.some((date) => date.end <= reason.start || date.start >= reason.end)
  );
}
