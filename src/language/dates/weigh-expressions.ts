import { hasKind, type DateToken } from './date-token';
import { linkBetween } from './join-expressions';
import { skipGlueBack, skipGlueForward, type Expression } from './scan-sentence';

/** What is left of a sentence's dates: `meant` is read, `linked` are old or withdrawn dates beside it. */
export interface Weighed {
  readonly meant: readonly Expression[];
  readonly linked: readonly Expression[];
  /** Neither meant nor withdrawn, but a bare day behind them may be of their month. */
  readonly besides: readonly Expression[];
}

const MOVES = ['delay', 'advance', 'move'];
const RANGE_LINKS = ['or', 'and', 'dash', 'till', 'to'];
const OPENS_CLAUSE = [',', 'p', 'and', 'fix', 'reasonpost'];
/** "from 3 to 5 March": with so few words before it nothing but the move can be meant. */
const BARE_START = 2;

function someKind(tokens: readonly DateToken[], from: number, to: number, kind: string): boolean {
  return tokens.slice(Math.max(0, from), to).some((token) => hasKind(token, kind));
}

function before(tokens: readonly DateToken[], expression: Expression): DateToken | undefined {
  return tokens[skipGlueBack(tokens, expression.from - 1)];
}

/** "auf", "to", "改到" before a date or "に" behind it: the date something is moved to. */
export function isTarget(tokens: readonly DateToken[], expression: Expression): boolean {
  const word = before(tokens, expression);
  return hasKind(word, 'chg') || hasKind(word, 'to') || hasKind(tokens[expression.to], 'chgpost');
}

function isMoved(tokens: readonly DateToken[], first: Expression): boolean {
  return MOVES.some((kind) => someKind(tokens, 0, tokens.length, kind)) || first.from <= BARE_START;
}

/** "5号到9号": from one to the other, if nothing is moved. */
function isRange(tokens: readonly DateToken[], link: DateToken): boolean {
  const spans = hasKind(link, 'till') || hasKind(link, 'dash');
  return spans && !MOVES.some((kind) => someKind(tokens, 0, tokens.length, kind));
}

/** "from A to B", "A → B", "A, no, B": the first is over. */
function replaces(tokens: readonly DateToken[], first: Expression, second: Expression): boolean {
  const link = linkBetween(tokens, first.to, second.from);
  const from = hasKind(before(tokens, first), 'from') || hasKind(tokens[first.to], 'frompost');
  if (link && hasKind(link, 'to')) {
    return from ? isMoved(tokens, first) : MOVES.some((kind) => someKind(tokens, 0, first.from, kind));
  }
  if (from && (hasKind(before(tokens, second), 'chg') || hasKind(tokens[second.to], 'chgpost'))) {
    return true;
  }
  const swapped = someKind(tokens, first.to, second.from, 'swapfor') && someKind(tokens, 0, tokens.length, 'swap');
  return (
    swapped ||
    someKind(tokens, first.to, second.from, 'fix') ||
    someKind(tokens, first.to, second.from, 'arrow') ||
    (link !== undefined && hasKind(link, 'chg') && !isRange(tokens, link))
  );
}

/** "not the 3rd", "金曜は無理". */
function isRuledOut(tokens: readonly DateToken[], expression: Expression): boolean {
  const word = before(tokens, expression);
  let behind = skipGlueForward(tokens, expression.to);
  // "周三他们不行"
  behind += hasKind(tokens[behind], 'who') ? 1 : 0;
  // "Before 10 May doesn't work" rules out other days.
  if (hasKind(word, 'beforep') || hasKind(tokens[expression.to], 'befores')) {
    return false;
  }
  return (
    ['not', 'instead'].some((kind) => hasKind(word, kind)) ||
    hasKind(tokens[behind], 'notpost') ||
    isDeniedAtEnd(tokens, behind)
  );
}

/** "Sie schaffen den 3. März nicht, …": nothing else follows that the denial could be meant for. */
function isDeniedAtEnd(tokens: readonly DateToken[], at: number): boolean {
  const next = tokens[at + 1];
  return hasKind(tokens[at], 'not') && (next === undefined || hasKind(next, ',') || hasKind(next, 'p'));
}

function isWithdrawn(tokens: readonly DateToken[], expressions: readonly Expression[], at: number): boolean {
  const expression = expressions[at];
  const next = expressions[at + 1];
  if (!expression) {
    return false;
  }
  return (
    isRuledOut(tokens, expression) ||
    // "It was the 3rd" is over, "it was three days back" tells.
    (hasKind(before(tokens, expression), 'old') && expression.rule !== 'ago') ||
    // "The 5th, but not the 12th": what is ruled out replaces nothing.
    (next !== undefined && !isRuledOut(tokens, next) && replaces(tokens, expression, next))
  );
}

/** A date in the reason is not the start date, if there is another one. */
function outsideReasons(tokens: readonly DateToken[], expressions: readonly Expression[]): readonly Expression[] {
  const inReason = (one: Expression): boolean =>
    someKind(tokens, 0, one.from, 'reason') || someKind(tokens, one.to, tokens.length, 'reasonpost');
  const outside = expressions.filter((one) => !inReason(one));
  return outside.length > 0 ? outside : expressions;
}

function preferred(expressions: readonly Expression[], keep: (one: Expression) => boolean): readonly Expression[] {
  const kept = expressions.filter(keep);
  return kept.length > 0 ? kept : expressions;
}

/** "3 or 4 March", "von 3. bis 5.": these belong together and all of them are meant. */
export function isLinked(tokens: readonly DateToken[], first: Expression, second: Expression): boolean {
  const link = linkBetween(tokens, first.to, second.from);
  return link !== undefined && RANGE_LINKS.some((kind) => hasKind(link, kind));
}

function linkedToTarget(tokens: readonly DateToken[], all: readonly Expression[], at: number): boolean {
  const one = all[at];
  const previous = all[at - 1];
  const next = all[at + 1];
  if (!one) {
    return false;
  }
  return (
    isTarget(tokens, one) ||
    (previous !== undefined && isLinked(tokens, previous, one) && isTarget(tokens, previous)) ||
    (next !== undefined && isLinked(tokens, one, next) && isTarget(tokens, next))
  );
}

function isLinkedWith(tokens: readonly DateToken[], one: Expression, last: Expression): boolean {
  return one.to <= last.from && isLinked(tokens, one, last);
}

/** "Start 3 March, beginning 10 March": both are said to be the start, so both are asked. */
function saysBegin(tokens: readonly DateToken[], expression: Expression): boolean {
  const at = skipGlueBack(tokens, expression.from - 1);
  return someKind(tokens, at - 1, expression.from, 'begins') || isBegunBehind(tokens, expression);
}

function isBegunBehind(tokens: readonly DateToken[], expression: Expression): boolean {
  return hasKind(tokens[skipGlueForward(tokens, expression.to)], 'beginspost');
}

/** "They are back on 4 January, let's start on the 6th": a clause of its own says when to start. */
function beginsThen(tokens: readonly DateToken[], expression: Expression): boolean {
  const at = skipGlueBack(tokens, expression.from - 1);
  const said = tokens.slice(Math.max(0, at - 1), expression.from).findLast((token) => hasKind(token, 'begins'));
  const clause = said === undefined ? -1 : tokens.indexOf(said) - 1;
  const opens = said !== undefined && OPENS_CLAUSE.some((kind) => hasKind(tokens[clause], kind));
  return opens || isBegunBehind(tokens, expression);
}

/** Decides which of a sentence's dates is the one that counts; several stay several. */
export function weighExpressions(tokens: readonly DateToken[], expressions: readonly Expression[]): Weighed {
  const withdrawn = expressions.filter((_, at) => isWithdrawn(tokens, expressions, at));
  const valid = expressions.filter((one) => !withdrawn.includes(one));
  const outside = outsideReasons(tokens, valid);
  const targets = preferred(outside, (one) => linkedToTarget(tokens, outside, outside.indexOf(one)));
  const last = targets.at(-1);
  const begun =
    last && beginsThen(tokens, last) && !targets.some((one) => one !== last && saysBegin(tokens, one))
      ? targets.filter((one) => one === last || isLinkedWith(tokens, one, last))
      : targets;
  const meant = preferred(begun, (one) => !one.past);
  const besides = outside.filter((one) => !meant.includes(one) && !one.past);
  return { meant, linked: withdrawn, besides };
}
