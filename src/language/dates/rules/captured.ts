import type { Temporal } from 'temporal-polyfill';
import type { DateCandidate } from '../../understanding';
import type { DateLocale } from '../date-lexicon';
import type { DateToken } from '../date-token';
import type { Capture } from '../match-patterns';
import { fullYear, isNearYear } from '../calendar-math';

/** A stretch of time that has no place in the calendar yet. */
export interface Duration {
  readonly days: number;
  readonly months: number;
  readonly workdays: number;
}

/** What one matched pattern says. */
export interface Outcome {
  readonly candidates: readonly DateCandidate[];
  readonly impossible?: boolean;
  /** A bare duration: a date or a shift only together with the words around it. */
  readonly durations?: readonly Duration[];
  /** Only a day of the month was said: takes the month of its neighbour. */
  readonly dayOnly?: number;
  /** "in two weeks": an amount from today. */
  readonly fromNow?: boolean;
}

export const IMPOSSIBLE: Outcome = { candidates: [], impossible: true };

export function dates(...candidates: readonly DateCandidate[]): Outcome {
  return { candidates };
}

const SHORT_WEEKDAY = 2;
/** Kinds of "this", "next", "last", "coming". */
export const OFFSETS: readonly string[] = ['rel', 'wrel', 'coming', 'past'];

/** The words a pattern caught, with everything a rule may look at. */
export class Captured {
  constructor(
    private readonly captures: readonly Capture[],
    readonly context: RuleContext,
  ) {}

  get today(): Temporal.PlainDate {
    return this.context.today;
  }

  all(kind: string): number[] {
    return this.captures.filter((one) => one.reading.kind === kind).map((one) => one.reading.number);
  }

  number(kind: string): number | undefined {
    return this.all(kind)[0];
  }

  has(kind: string): boolean {
    return this.captures.some((one) => one.reading.kind === kind);
  }

  /** Value of a word kind such as `unit` or `part`. */
  word(kind: string): string | undefined {
    return this.captures.find((one) => one.reading.kind === kind)?.reading.value;
  }

  lastTokenOf(kind: string): DateToken | undefined {
    return this.captures.findLast((one) => one.reading.kind === kind)?.token;
  }

  words(kind: string): string[] {
    return this.captures.filter((one) => one.reading.kind === kind).map((one) => one.reading.value);
  }

  tokenOf(kind: string): DateToken | undefined {
    return this.captures.find((one) => one.reading.kind === kind)?.token;
  }

  /** Whether the word caught as `kind` may be `other` as well. */
  hasReading(kind: string, other: string): boolean {
    return this.tokenOf(kind)?.readings.some((one) => one.kind === other) ?? false;
  }

  isWeak(kind: string): boolean {
    return this.captures.some((one) => one.reading.kind === kind && one.reading.weak);
  }

  /** Day of the month. */
  get day(): number | undefined {
    return this.number('dd') ?? this.number('ord') ?? (this.has('mm') ? undefined : this.number('num'));
  }

  /** The ordinal before a weekday; a feminine one ("1ª") is never a day of the month. */
  get nth(): number | undefined {
    return this.number('ord') ?? this.number('ordf');
  }

  /** Days of the month in the order said. */
  get days(): number[] {
    return this.captures.filter((one) => ['dd', 'ord'].includes(one.reading.kind)).map((one) => one.reading.number);
  }

  /** Month by name, or by number before its mark ("3月"), or by its ordinal. */
  get month(): number | undefined {
    const mark = this.captures.findIndex((one) => one.reading.kind === 'mm');
    // "am dritten Dritten": the second ordinal is the month.
    return this.number('month') ?? this.captures[mark - 1]?.reading.number ?? this.all('ord')[1];
  }

  /** How many of `unit` from the present one; undefined when the unit is not named. "this" and nothing are 0. */
  offset(unit: string): number | undefined {
    const at = this.captures.findIndex((one) => one.reading.kind === 'unit' && one.reading.value === unit);
    if (at < 0) {
      return undefined;
    }
    const beside = [this.captures[at - 1], this.captures[at + 1]].find(
      (one) => one && OFFSETS.includes(one.reading.kind),
    );
    return beside?.reading.number ?? 0;
  }

  /** "5 Jan, 10-11 am": two digits that are no year anybody plans for. */
  get hasFarShortYear(): boolean {
    const year = this.number('yy');
    return year !== undefined && !this.has('yyyy') && !this.has('ym') && !isNearYear(fullYear(year), this.today);
  }

  /** The year, if one is named. */
  get year(): number | undefined {
    const named = this.number('yyyy') ?? this.number('yy');
    const offset = this.offset('year');
    const era = this.number('era');
    if (era !== undefined) {
      return era + (this.number('eranum') ?? this.number('num') ?? 1);
    }
    if (named !== undefined) {
      return fullYear(named);
    }
    return offset === undefined ? undefined : this.today.year + offset;
  }
}

export interface RuleContext {
  readonly today: Temporal.PlainDate;
  readonly locale: DateLocale;
  /** The words before say that it has happened ("we spoke on Tuesday"). */
  readonly past: boolean;
  /** A preposition of time stands before, or nothing else does. */
  readonly introduced: boolean;
  /** The whole text is this one expression. */
  readonly alone: boolean;
  /** The next word is an unknown one; `capital` when it starts with a capital letter; `backing` = only dates have it. */
  readonly followedBy: 'word' | 'capital' | 'noun' | 'backing' | 'nothing';
  /** Counted from something that is no date ("キックオフの2週間後"). */
  readonly anchored: boolean;
  /** "or" and another date word come next. */
  readonly linked: boolean;
  /** Written with a capital letter within a sentence. */
  readonly capitalised: boolean;
}

/** An everyday word ("march", "segunda") is a date word when something around it says so. */
export function isBacked(captured: Captured): boolean {
  const { context } = captured;
  const word = captured.tokenOf('weekday');
  // "geht auch Mi?": no other German word of two letters has a capital one.
  const short = word !== undefined && word.end - word.start <= SHORT_WEEKDAY;
  const named = context.capitalised && (short || !context.locale.capitalNouns);
  const backed = context.alone || context.introduced || context.linked || named || context.followedBy === 'backing';
  return context.followedBy !== 'noun' && backed;
}
