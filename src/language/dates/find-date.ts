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
}

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

function covers(wide: SentenceReading, narrow: SentenceReading): boolean {
  return (
    wide.length > narrow.length &&
    narrow.spans.every((one) => wide.spans.some((other) => other.start <= one.start && other.end >= one.end))
  );
}

/**
 * The date that a sentence names, counted from `today`; what is open stays open (`ambiguous`), nothing is guessed.
 * `language` = the sentence's, if known: it decides about 03/04; another language is read where it says more.
 * Never throws; inspects the first 2,000 characters.
 */
export function findDate(text: string, language: Language | undefined, today: Temporal.PlainDate): FoundDate {
  const input = { text, folded: foldText(text), today };
  let best = language === undefined ? undefined : readIn(DATE_GRAMMARS[language], input, false);
  for (const other of LANGUAGES) {
    if (other !== language) {
      const found = readIn(DATE_GRAMMARS[other], input, true);
      const better =
        best === undefined || (found.reading.kind !== 'none' && (best.reading.kind === 'none' || covers(found, best)));
      best = better ? found : best;
    }
  }
  return best ? { reading: best.reading, spans: best.spans } : { reading: { kind: 'none' }, spans: [] };
}
