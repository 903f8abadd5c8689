import type { Temporal } from 'temporal-polyfill';
import { LANGUAGES, type Language } from '../../domain/vocabulary';
import type { DateReading } from '../understanding';
import { DATE_GRAMMARS, type DateGrammar } from './date-grammars';
import { foldText, type FoldedText } from './fold-text';
import { readSentence, type SentenceReading } from './read-sentence';
import { readTokens } from './read-tokens';

/** A part of the original text, `end` exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface FoundDate {
  readonly reading: DateReading;
  /** The parts of the text that express the date, in order. */
  readonly spans: readonly TextSpan[];
  /** Those of them that the reading is made of: not the days withdrawn or ruled out beside it. */
  readonly meant: readonly TextSpan[];
}

/** Letters that a date in another language than expected has at least. */
const SHORTEST_FOREIGN = 5;
const SHORTEST_UNKNOWN = 4;

interface Input {
  readonly text: string;
  readonly folded: FoldedText;
  readonly today: Temporal.PlainDate;
}

function readIn(grammar: DateGrammar, input: Input, foreign: boolean): SentenceReading {
  const tokens = readTokens(input.folded.text, { lexicon: grammar.lexicon, locale: grammar.locale, foreign });
  const { folded, today } = input;
  return readSentence({
    original: input.text,
    folded,
    tokens,
    locale: grammar.locale,
    patterns: grammar.patterns,
    today,
  });
}

function overlaps(spans: readonly TextSpan[], others: readonly TextSpan[]): boolean {
  return spans.some((one) => others.some((other) => one.start < other.end && other.start < one.end));
}

function covers(wide: SentenceReading, narrow: SentenceReading): boolean {
  return (
    wide.length > narrow.length &&
    wide.spans.length <= narrow.spans.length &&
    narrow.spans.every((one) => wide.spans.some((other) => other.start <= one.start && other.end >= one.end))
  );
}

/** Says the same in every language, or is written in signs of its own. */
const SAME_EVERYWHERE = /^q[1-4]$|[^\0-\u024f]/i;

/** "dez" is ten before it is December in somebody else's language. */
function isUnmistakable(found: SentenceReading, text: string, shortest: number): boolean {
  return found.spans.some(
    ({ start, end }) => end - start >= shortest || SAME_EVERYWHERE.test(text.slice(start, end).trim()),
  );
}

/** What stands further from a date says nothing of it. */
const NEAR = 60;

/** A language that would say more about a date than another did would say it right there: the rest need not be read. */
function besideDates(input: Input, spans: readonly TextSpan[]): Input {
  const { origin, text } = input.folded;
  if (spans.length === 0 || text.length <= 2 * NEAR) {
    return input;
  }
  const isNear = (at: number): boolean => spans.some(({ start, end }) => at >= start - NEAR && at < end + NEAR);
  let visible = '';
  for (let index = 0; index < text.length;) {
    const near = isNear(origin[index] ?? 0);
    let end = index + 1;
    while (end < text.length && isNear(origin[end] ?? 0) === near) {
      end += 1;
    }
    visible += near ? text.slice(index, end) : ' '.repeat(end - index);
    index = end;
  }
  return { ...input, folded: { origin, text: visible } };
}

/**
 * The date that a sentence names, counted from `today`; what is open stays open (`ambiguous`), nothing is guessed.
 * `language` = the sentence's, if known: it decides about 03/04; another language is read where it says more.
 * Never throws; inspects the first 2,000 characters.
 */
export function findDate(text: string, language: Language | undefined, today: Temporal.PlainDate): FoundDate {
  const input = { text, folded: foldText(text), today };
  let best = language === undefined ? undefined : readIn(DATE_GRAMMARS[language], input, false);
  const blocked = best?.blocked ?? [];
  const shortest = language === undefined ? SHORTEST_UNKNOWN : SHORTEST_FOREIGN;
  for (const other of LANGUAGES) {
    if (other !== language) {
      const found = readIn(DATE_GRAMMARS[other], besideDates(input, best?.spans ?? []), true);
      const surely = isUnmistakable(found, text, shortest) && !overlaps(found.spans, blocked);
      best = surely && (!best || best.reading.kind === 'none' || covers(found, best)) ? found : best;
    }
  }
  return best ?? { reading: { kind: 'none' }, spans: [], meant: [] };
}
