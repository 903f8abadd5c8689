import type { DateCandidate } from '../understanding';
import { candidate, distinct, exactDate, firstOfMonth } from './calendar-math';
import { hasKind, type DateToken } from './date-token';
import { isLight, type Expression } from './scan-sentence';
import { isLinked, type Weighed } from './weigh-expressions';

function isAfter(expression: Expression, neighbour: Expression): boolean {
  return neighbour.from < expression.from && (neighbour.outcome.dayOnly ?? 0) < (expression.outcome.dayOnly ?? 0);
}

/** "3 March or the 4th": a bare day beside a full date is of the same month. */
function inMonthOf(expression: Expression, neighbour: Expression | undefined): readonly DateCandidate[] {
  const day = expression.outcome.dayOnly;
  const [other] = neighbour?.outcome.candidates ?? [];
  // "The 14th or the 21st": the second is the one that follows; two days alone say no more.
  const beside = neighbour?.outcome.dayOnly;
  const follows =
    beside === undefined || (day !== undefined && neighbour !== undefined && isAfter(expression, neighbour));
  if (day === undefined || !other || !follows) {
    return expression.outcome.candidates;
  }
  const date = exactDate(other.date.year, other.date.month, day);
  return date ? [candidate(date)] : expression.outcome.candidates;
}

/** "Not 12 January, the 19th": of the same month. An earlier day ("the 5th") may as well be of the next one. */
function afterWithdrawn(expression: Expression, over: Expression | undefined): readonly DateCandidate[] {
  const own = inMonthOf(expression, over);
  const [first] = own;
  const [old] = over?.outcome.candidates ?? [];
  if (own === expression.outcome.candidates || !first || !old || old.precision === 'month') {
    return own;
  }
  const isEarlier = first.date.day < old.date.day;
  const later = firstOfMonth(first.date, 1);
  const ofNextMonth = isEarlier ? exactDate(later.year, later.month, first.date.day) : undefined;
  return ofNextMonth ? [candidate(ofNextMonth), first] : own;
}

/** The date that says more about a bare day: one that it is linked with, or the bare day before it. */
function neighbourOf(tokens: readonly DateToken[], meant: readonly Expression[], at: number): Expression | undefined {
  const [previous, expression, next] = [meant[at - 1], meant[at], meant[at + 1]];
  if (expression && previous && isLinked(tokens, previous, expression)) {
    return previous;
  }
  if (expression && next && isLinked(tokens, expression, next)) {
    return next;
  }
  return previous?.outcome.dayOnly === undefined ? undefined : previous;
}

/** The dates that all of `meant` together leave open: what stands side by side must agree, what does not is asked. */
export function openCandidates(tokens: readonly DateToken[], { meant, linked, besides }: Weighed): DateCandidate[] {
  let open: readonly DateCandidate[] = [];
  meant.forEach((expression, at) => {
    const instead = [linked, besides].map((over) => over.findLast((other) => other.to <= expression.from));
    const previous = meant[at - 1];
    const neighbour = neighbourOf(tokens, meant, at);
    const own = neighbour ? inMonthOf(expression, neighbour) : afterWithdrawn(expression, instead[0] ?? instead[1]);
    const agreeing = open.filter((one) => own.some((other) => other.date.equals(one.date)));
    const beside = previous !== undefined && isBeside(tokens, previous, expression);
    open = beside && agreeing.length > 0 ? agreeing : [...open, ...own];
  });
  return distinct(open);
}

function isBeside(tokens: readonly DateToken[], first: Expression, second: Expression): boolean {
  const between = tokens.slice(first.to, second.from).filter((token) => !hasKind(token, ',') && !hasKind(token, 'p'));
  return isLight(between, 0, between.length);
}
