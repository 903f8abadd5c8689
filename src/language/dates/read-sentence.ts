import type { DateReading } from '../understanding';
import { hasKind, type DateToken } from './date-token';
import { joinExpressions } from './join-expressions';
import { openCandidates } from './open-candidates';
import type { Duration } from './rules/captured';
import { scanSentence, type Expression, type Sentence } from './scan-sentence';
import { isTarget, weighExpressions } from './weigh-expressions';

export interface SentenceReading {
  readonly reading: DateReading;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  /** Those of them that the reading is made of: not the days withdrawn or ruled out beside it. */
  readonly meant: SentenceReading['spans'];
  /** Parts that are surely no dates in this language, whatever another one would read. */
  readonly blocked: readonly { readonly start: number; readonly end: number }[];
  /** Characters of the original that the date takes. */
  readonly length: number;
}

const CLAUSE_ENDS = [',', 'p', 'reason'];
const WORKDAYS_A_WEEK = 5;

function clauseOf(tokens: readonly DateToken[], expression: Expression): readonly DateToken[] {
  const ends = (token: DateToken): boolean => CLAUSE_ENDS.some((kind) => hasKind(token, kind));
  const start = tokens.slice(0, expression.from).findLastIndex(ends);
  const end = tokens.findIndex((token, index) => index >= expression.to && ends(token));
  return tokens.slice(start + 1, end < 0 ? undefined : end);
}

function has(tokens: readonly DateToken[], kind: string): boolean {
  return tokens.some((token) => hasKind(token, kind));
}

/** Whether the words around an amount say that the start moves by it. */
function isShift(tokens: readonly DateToken[], expression: Expression): boolean {
  const next = tokens[expression.to];
  // "two weeks after the kickoff" counts from what nobody knows here.
  if (!expression.outcome.durations || hasKind(next, 'afterp') || hasKind(next, 'beforep')) {
    return false;
  }
  const clause = clauseOf(tokens, expression);
  if (expression.outcome.fromNow !== undefined) {
    return expression.rule === 'shifted' || (expression.byAmount && (has(clause, 'delay') || has(clause, 'advance')));
  }
  return has(clause, 'delay') || has(clause, 'advance') || (has(clause, 'move') && !has(clause, 'awayfor'));
}

function shiftOf(tokens: readonly DateToken[], expression: Expression, duration: Duration): DateReading {
  const earlier = expression.rule !== 'shifted' && has(clauseOf(tokens, expression), 'advance');
  const sign = earlier ? -1 : 1;
  // Five working days are a week wherever they start; single ones are counted as days.
  const workdays = Math.trunc(duration.workdays / WORKDAYS_A_WEEK) * 7 + (duration.workdays % WORKDAYS_A_WEEK);
  return { kind: 'shift', days: sign * (duration.days + workdays) + 0, months: sign * duration.months + 0 };
}

function spansOf(sentence: Sentence, expressions: readonly Expression[]): SentenceReading['spans'] {
  const { origin } = sentence.folded;
  return [...expressions]
    .sort((a, b) => a.from - b.from)
    .map((one) => {
      const last = sentence.tokens[one.to - 1];
      const start = origin[sentence.tokens[one.from]?.start ?? 0] ?? 0;
      const end = (origin[(last?.end ?? 1) - 1] ?? 0) + 1;
      return { start, end };
    });
}

function result(
  sentence: Sentence,
  reading: DateReading,
  { meant, linked = [] }: { readonly meant: readonly Expression[]; readonly linked?: readonly Expression[] },
): SentenceReading {
  const spans = spansOf(sentence, [...meant, ...linked]);
  return {
    reading,
    spans,
    meant: spansOf(sentence, meant),
    blocked: [],
    length: spans.reduce((sum, one) => sum + one.end - one.start, 0),
  };
}

function readDates(sentence: Sentence, dates: readonly Expression[]): SentenceReading | undefined {
  const weighed = weighExpressions(sentence.tokens, dates);
  const { meant, linked } = weighed;
  // A day that is ruled out because there is none such is still worth the hint.
  const impossible = (meant.length > 0 ? meant : linked).find((one) => one.outcome.impossible);
  if (impossible) {
    const [span] = spansOf(sentence, [impossible]);
    const text = sentence.original.slice(span?.start, span?.end);
    return result(sentence, { kind: 'impossible', text }, weighed);
  }
  const open = openCandidates(sentence.tokens, weighed);
  const [only] = open;
  if (!only) {
    return undefined;
  }
  return open.length === 1
    ? result(sentence, { kind: 'date', ...only }, weighed)
    : result(sentence, { kind: 'ambiguous', candidates: open }, weighed);
}

/** A date that only says what is moved ("push Monday's start back two weeks") does not stand against the shift. */
function outweighs(sentence: Sentence, dates: readonly Expression[], shift: Expression): boolean {
  const { tokens } = sentence;
  return dates.some(
    (one) =>
      one.from > shift.from ||
      isTarget(tokens, one) ||
      !clauseOf(tokens, shift).includes(tokens[one.from] as DateToken),
  );
}

/** Reads a sentence in one language. */
export function readSentence(sentence: Sentence): SentenceReading {
  const { tokens } = sentence;
  const expressions = joinExpressions(tokens, scanSentence(sentence));
  const shift = expressions.find((one) => isShift(tokens, one));
  const dates = expressions.filter(
    (one) => one !== shift && (one.outcome.candidates.length > 0 || one.outcome.impossible),
  );
  const [duration, another] = shift?.outcome.durations ?? [];
  if (shift && duration && !another && !outweighs(sentence, dates, shift)) {
    return result(sentence, shiftOf(tokens, shift, duration), { meant: [shift] });
  }
  const read = readDates(sentence, dates);
  // Where every date is ruled out ("nicht der 3. April") no other language may read it as wanted.
  const without = read ? expressions.filter((one) => !dates.includes(one)) : expressions;
  return { ...(read ?? result(sentence, { kind: 'none' }, { meant: [] })), blocked: spansOf(sentence, without) };
}
