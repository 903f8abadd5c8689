import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../domain/vocabulary';
import { isAboutReminders } from '../domain/vocabulary';
import type { Answer } from '../language/answers';
import { readAnswer } from '../language/answers';
import { findDate } from '../language/dates/find-date';
import { EAST_ASIAN } from '../language/tokens';
import type { Understanding } from '../language/understanding';

/** A typed answer to the open question, with what it was understood to mean. */
export interface TypedAnswer {
  readonly text: string;
  readonly said: Understanding;
  readonly answer: Answer | undefined;
  /** The text is a date and little else: a correction of the date whatever was asked ("no, the 4th"). */
  readonly onlyDate: boolean;
  /** The words of the date, for asking about them. */
  readonly datePhrase: string;
}

/** Letters beside a date that still make it a correction and not a sentence of its own. */
const LETTERS_BESIDE = 8;
/** "What's due next week" asks for a list; "in May" at most looks like it. */
const LETTERS_BESIDE_IN_LIST = 3;
/** 今日の天気は？ asks something else in five signs; 今週は？ and 4日でいい？ are about the day. */
const SIGNS_BESIDE_IN_QUESTION = 3;
const ASKS = /(?:[?？]|[か吗][。.]?)$/u;

/** Reads a typed text as an answer in a dialog of this language. */
export function typedAnswer(
  text: string,
  said: Understanding,
  { language, today }: { readonly language: Language; readonly today: Temporal.PlainDate },
): TypedAnswer {
  const { reading, spans } = findDate(text, language, today);
  const inDate = (index: number): boolean => spans.some(({ start, end }) => index >= start && index < end);
  const beside = [...text.matchAll(/[\p{L}\p{N}]/gu)].filter(({ index }) => !inDate(index));
  const datePhrase = spans.map(({ start, end }) => text.slice(start, end)).join(' … ');
  return {
    text,
    said,
    answer: readAnswer(text, language),
    onlyDate:
      reading.kind !== 'none' &&
      !namesNoDay(said) &&
      beside.length <= mostBeside(text, said) &&
      !isAboutReminders(said.intent),
    datePhrase: datePhrase === '' ? text : datePhrase,
  };
}

function mostBeside(text: string, { intent }: Understanding): number {
  if (intent === 'start-date-list' || intent === 'team-load') {
    return LETTERS_BESIDE_IN_LIST;
  }
  return EAST_ASIAN.test(text) && ASKS.test(text.trim()) ? SIGNS_BESIDE_IN_QUESTION : LETTERS_BESIDE;
}

/** "What day is today?" has a day's word in it and names none. */
const namesNoDay = ({ date, intent }: Understanding): boolean => date.kind === 'none' && intent === 'none';
