import { comingWeekday, distinct, mondayOf, pastWeekday, candidate } from './calendar-math';
import { hasKind, isGlue, type DateToken } from './date-token';
import { addDuration } from './rules/duration-rules';
import type { Duration } from './rules/captured';
import { isLight, skipGlueBack, type Expression } from './scan-sentence';

/** "doesn't really start before 5 March" */
const NEGATION_REACH = 8;
const DAYS_A_WEEK = 7;
const WEEKDAY_RULES = ['weekday', 'related-weekday', 'nth-day'];

function isDate(expression: Expression | undefined): expression is Expression {
  return expression !== undefined && expression.outcome.candidates.length > 0;
}

function scaled(duration: Duration, sign: number): Duration {
  return { days: sign * duration.days, months: sign * duration.months, workdays: sign * duration.workdays };
}

function counted(date: Expression, amount: Expression, sign: number): Expression {
  const candidates = date.outcome.candidates.flatMap((one) =>
    (amount.outcome.durations ?? []).map((duration) => candidate(addDuration(one.date, scaled(duration, sign)))),
  );
  return {
    ...date,
    from: Math.min(date.from, amount.from),
    to: Math.max(date.to, amount.to),
    rule: 'counted',
    outcome: { candidates: distinct(candidates) },
  };
}

/** "the Monday after 5 January". */
function weekdayAfter(first: Expression, second: Expression, weekday: number): Expression {
  const found = second.outcome.candidates.map((one) => candidate(comingWeekday(one.date, weekday)));
  return { ...second, from: first.from, rule: 'counted', outcome: { candidates: distinct(found) } };
}

/** The single word between two expressions that matters, if there is just one. */
export function linkBetween(tokens: readonly DateToken[], from: number, to: number): DateToken | undefined {
  const heavy = tokens.slice(from, to).filter((token) => !hasKind(token, 'glue') || hasKind(token, 'from'));
  const linking = heavy.filter((token) => !hasKind(token, 'prep') || heavy.length === 1);
  return linking.length === 1 ? linking[0] : undefined;
}

/** "a week ago yesterday", "gestern vor einer Woche". */
function isAgoOf(day: Expression, amount: Expression): boolean {
  return day.rule === 'relative-day' && amount.rule === 'ago';
}

/** "a week ago Monday", "Montag vor einer Woche": counted from the last Monday or within that week; both are asked. */
function weekdayAgo(day: Expression, amount: Expression): Expression | undefined {
  const [back] = amount.rule === 'ago' ? amount.outcome.candidates : [];
  const { weekday } = day;
  const isWeeks = (amount.outcome.durations ?? []).every(
    ({ days, months }) => months === 0 && days % DAYS_A_WEEK === 0,
  );
  if (day.rule !== 'weekday' || weekday === undefined || back === undefined || !isWeeks) {
    return undefined;
  }
  const inWeek = mondayOf(back.date).add({ days: weekday - 1 });
  const before = pastWeekday(back.date, weekday);
  const outcome = { candidates: distinct([candidate(inWeek), candidate(before)]) };
  return { ...day, from: Math.min(day.from, amount.from), to: Math.max(day.to, amount.to), rule: 'counted', outcome };
}

/** "two weeks from tomorrow", "a week before the end of March", "3月1日の2週間後", "heute in 14 Tagen". */
function countFrom(tokens: readonly DateToken[], first: Expression, second: Expression): Expression | undefined {
  const link = linkBetween(tokens, first.to, second.from);
  if (first.outcome.durations && isDate(second) && second.outcome.fromNow === undefined && link) {
    if (hasKind(link, 'beforep')) {
      return counted(second, first, -1);
    }
    return hasKind(link, 'afterp') || hasKind(link, 'from') ? counted(second, first, 1) : undefined;
  }
  if (first.rule === 'weekday' && first.weekday !== undefined && isDate(second) && link && hasKind(link, 'afterp')) {
    return weekdayAfter(first, second, first.weekday);
  }
  const ago = isLight(tokens, first.to, second.from)
    ? (weekdayAgo(second, first) ?? weekdayAgo(first, second))
    : undefined;
  if (ago) {
    return ago;
  }
  if (isLight(tokens, first.to, second.from) && isAgoOf(second, first)) {
    return counted(second, first, -1);
  }
  if (isLight(tokens, first.to, second.from) && isAgoOf(first, second)) {
    return counted(first, second, -1);
  }
  if (isDate(first) && first.outcome.durations === undefined && second.outcome.durations) {
    const fromThatDay = first.rule === 'relative-day' && link !== undefined && hasKind(link, 'till');
    const touching = isLight(tokens, first.to, second.from) || fromThatDay;
    const after =
      link !== undefined && (hasKind(link, 'afters') || hasKind(link, 'till')) && second.outcome.fromNow === undefined;
    return (touching && second.rule === 'from-now') || after ? counted(first, second, 1) : undefined;
  }
  return undefined;
}

/** Replaces amounts and the dates they are counted from by the date that comes out. */
export function joinExpressions(tokens: readonly DateToken[], expressions: readonly Expression[]): Expression[] {
  const joined: Expression[] = [];
  for (const expression of expressions) {
    const last = joined[joined.length - 1];
    const together = last && countFrom(tokens, last, expression);
    if (together) {
      joined.pop();
    }
    joined.push(together ?? expression);
  }
  return joined.map((expression) =>
    isBesideUnknown(tokens, expression) ? { ...expression, outcome: { candidates: [] } } : modified(tokens, expression),
  );
}

/** "the Monday after the freeze", "春节后的周一": which Monday that is nobody knows here. "After lunch" is a time. */
function isBesideUnknown(tokens: readonly DateToken[], expression: Expression): boolean {
  if (!WEEKDAY_RULES.includes(expression.rule)) {
    return false;
  }
  const link = tokens[expression.to];
  let at = expression.to + 1;
  while (isGlue(tokens[at])) {
    at += 1;
  }
  const following = hasKind(link, 'afterp') || hasKind(link, 'beforep');
  const before = tokens[skipGlueBack(tokens, expression.from - 1)];
  return (following && hasKind(tokens[at], 'w') && !hasKind(tokens[at], 'daytime')) || hasKind(before, 'event');
}

/** "semana de 8 de março". */
function isAfterWeek(tokens: readonly DateToken[], expression: Expression): boolean {
  let at = expression.from - 1;
  while (isGlue(tokens[at])) {
    at -= 1;
  }
  return (
    at < expression.from - 1 &&
    (tokens[at]?.readings.some((one) => one.kind === 'unit' && one.value === 'week') ?? false)
  );
}

function isDeniedBefore(tokens: readonly DateToken[], at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - NEGATION_REACH); index -= 1) {
    const token = tokens[index];
    if (hasKind(token, 'not')) {
      return true;
    }
    if ((hasKind(token, ',') || hasKind(token, 'p')) && !isGlue(token)) {
      return false;
    }
  }
  return false;
}

/** "after 5 March", "week of 8 March": which day is open, so it is asked. */
function modified(tokens: readonly DateToken[], expression: Expression): Expression {
  const { candidates } = expression.outcome;
  const [only] = candidates;
  if (candidates.length !== 1 || !only) {
    return expression;
  }
  const at = skipGlueBack(tokens, expression.from - 1);
  const before = tokens[at];
  const after = tokens[expression.to];
  // "not before 1 July", "7月1号之前不行"
  const ruledOut = tokens.slice(expression.to, expression.to + 3).some((token) => hasKind(token, 'notpost'));
  const negated = isDeniedBefore(tokens, at) || ruledOut;
  const step = only.precision === 'month' ? { months: 1 } : { days: 1 };
  if (hasKind(before, 'weekof') || hasKind(after, 'weekofs') || isAfterWeek(tokens, expression)) {
    return withCandidates(expression, [candidate(mondayOf(only.date)), only]);
  }
  if (!negated && (hasKind(before, 'afterp') || hasKind(after, 'afters'))) {
    return withCandidates(expression, [{ ...only, date: only.date.add(step) }, only]);
  }
  if (!negated && (hasKind(before, 'beforep') || hasKind(after, 'befores'))) {
    return withCandidates(expression, [only, { ...only, date: only.date.subtract(step), isEve: true }]);
  }
  return expression;
}

function withCandidates(expression: Expression, candidates: Expression['outcome']['candidates']): Expression {
  return { ...expression, outcome: { ...expression.outcome, candidates: distinct(candidates) } };
}
