import { Temporal } from 'temporal-polyfill';
import { LANGUAGES, type Intent, type Language, type WorkloadId } from '../domain/vocabulary';
import { findCustomers, meantCustomers, type CustomerMention } from './customers';
import { findDate } from './dates/find-date';
import { detectLanguage, languageScores, writtenIn } from './detect-language';
import { withoutDoneWorkloads } from './done-workloads';
import { findTopic } from './faq/find-topic';
import { blank, fold, overlaps, toOriginal, type FoldedText, type Span } from './fold';
import { asksSomething, saysTalk, type SentenceFacts } from './intent';
import { findLanguageName } from './language-names';
import { isLong, withoutDatesOfMiddle, withoutMiddle } from './long-text';
import { mask } from './mask';
import { findOccasion } from './occasion';
import { wordsHiddenFromDates } from './not-dates';
import { findPauseEnd } from './pause-length';
import { findReason, mentionsContact, type FoundReason } from './reason/find-reason';
import { classifyRequest } from './requests/classify';
import { findUnknownCustomer } from './unknown-customer';
import { EAST_ASIAN } from './tokens';
import type { CustomerName, DateReading, Understanding } from './understanding';
import { WORDS } from './words';
import { findWorkloads, type WorkloadMention } from './workloads';

/** What the sentence does not say itself. */
export interface UnderstandingContext {
  readonly today: Temporal.PlainDate;
  /** The customers that the person may name. */
  readonly candidates: readonly CustomerName[];
  /** Chosen or last spoken; used only where the sentence's own language is not clear. */
  readonly language?: Language | undefined;
}

/** Longer texts are read up to here. */
export const LONGEST_TEXT = 2000;

/** Score from which the words beside a reason are taken for the whole request. */
const SURE = 6;

const MOST_IN_ONE_TEXT = 2;

/** Shorter messages are no question. */
const SHORTEST_QUESTION = 8;

const NEEDS_CUSTOMER: ReadonlySet<Intent> = new Set<Intent>([
  'change-start-date',
  'complete-engagement',
  'customer-replied',
  'no-reply',
  'plan-deployment',
]);

interface Reading {
  readonly folded: FoldedText;
  readonly customers: readonly CustomerMention[];
  readonly workloads: readonly WorkloadMention[];
  readonly language: Language | undefined;
  /** Languages whose words are tried, likeliest first. */
  readonly languages: readonly Language[];
}

/**
 * Understands one sentence in any of the five languages: what is wanted, of which customer and workload, when and why.
 * Pure and bounded: the same text gives the same result, whatever it is, in about a millisecond.
 */
export function understand(text: string, context: UnderstandingContext): Understanding {
  const reading = read(text.slice(0, LONGEST_TEXT), context);
  const { folded, customers, workloads } = reading;
  const names = [...customers, ...workloads];
  const first = findDates(reading, names, context);
  const masked = mask(folded, { customers, workloads, dates: first.spans });
  const { intent, reason, dates } = findIntent(reading, masked, { first, context });
  const said = reason === undefined ? reading : withoutReason(reading, reason);
  const date = intent === 'pause-reminders' ? findPauseEnd(reading, dates.reading, context.today) : dates.reading;
  return {
    language: reading.language ?? writtenIn(blank(folded.text, names), context.language),
    intent,
    customers: meantCustomers(said.customers),
    unknownCustomer:
      customers.length > 0 ? undefined : findUnknownCustomer(folded, { masked, intent, languages: reading.languages }),
    workloads: workloadsOf(said.workloads, folded, intent),
    date: intent === 'customer-replied' ? meetingDate(date, masked, context, reading.languages) : date,
    occasion: findOccasion(masked, reading.languages),
    reason: reason === undefined ? undefined : textOf(folded, reason),
    targetLanguage: intent === 'set-language' ? findLanguageName(folded)?.language : undefined,
  };
}

/**
 * Compiles the patterns of all languages (they are compiled at first use), so that the first user waits no longer than
 * the next. Call it once at start.
 */
export function warmUpUnderstanding(today: Temporal.PlainDate): void {
  understand('Contoso Teams 1.1.2027?', { today, candidates: [{ customerId: '', name: 'Contoso' }] });
}

interface Purpose {
  readonly intent: Intent;
  readonly reason: FoundReason | undefined;
  readonly dates: Dates;
}

/** A reason's own words ("they replied at last") must not pass for the request: the rest is tried without them first. */
function findIntent(
  reading: Reading,
  masked: string,
  { first, context }: { readonly first: Dates; readonly context: UnderstandingContext },
): Purpose {
  const { folded, languages } = reading;
  const names = [...reading.customers, ...reading.workloads].sort((a, b) => a.start - b.start);
  const isDated = (span: Span): boolean =>
    findDates(reading, [...names, { start: 0, end: span.start }, { start: span.end, end: folded.text.length }], context)
      .spans.length > 0;
  const reason = findReason({ folded, names, dates: first.spans, meant: first.meant, isDated }, languages);
  const whole = once(() => classifyRequest(factsOf(masked, reading, first.spans), languages).intent);
  const isSame = reason === undefined || !(hidesDate(reason, first) || isDated(unread(reason, first, folded)));
  const dates = isSame ? first : findDates(reading, [...names, reason.whole], context);
  if (reason !== undefined) {
    const found = classifyRequest(factsOutside(reading, reason.whole, dates.spans), languages);
    const isNamed = names.some((name) => overlaps(name, reason));
    const isSure = isNamed
      ? !isErrand(reading, reason, whole())
      : found.score >= SURE || !tellsOfContact(reading, reason);
    if (found.intent === 'change-start-date' && (reason.isStated || isSure)) {
      return { intent: found.intent, reason, dates };
    }
  }
  const intent = isNextWorkload(whole(), reading, first) ? 'plan-deployment' : orQuestion(whole(), masked, reading);
  return intent === 'change-start-date' && reason !== undefined
    ? { intent, reason, dates }
    : { intent, reason: undefined, dates: first };
}

/** "Intune is done, MDO follows in August" tells what is over to say what comes next. */
function isNextWorkload(intent: Intent, { workloads, folded }: Reading, { reading }: Dates): boolean {
  return (
    intent === 'complete-engagement' &&
    reading.kind !== 'none' &&
    withoutDoneWorkloads(workloads, folded.text).length < workloads.length
  );
}

const hidesDate = (reason: FoundReason, { spans }: Dates): boolean => spans.some((date) => overlaps(date, reason));

/** Where a date may stand that the reason has kept from being read: in it, and behind it unless one was read there. */
function unread({ start, end, whole }: FoundReason, { spans }: Dates, { text }: FoldedText): Span {
  return { start, end: spans.some((date) => date.start >= whole.end) ? end : text.length };
}

function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}

/** "Contoso Teams 3 March, they finally replied" tells of the reply in the first place. */
function tellsOfContact(reading: Reading, reason: Span): boolean {
  const { folded, languages } = reading;
  const intent = intentWithin(reading, reason);
  const isContact = intent === 'customer-replied' || intent === 'no-reply';
  return isContact && mentionsContact(folded.text.slice(reason.start, reason.end), languages);
}

/** "Contoso replied, talk on 3 March": a clause with a name that is an errand of its own is no reason. */
function isErrand(reading: Reading, reason: Span, whole: Intent): boolean {
  const own = intentWithin(reading, reason);
  return (
    whole === 'customer-replied' || whole === 'no-reply' || !['none', 'question', 'change-start-date'].includes(own)
  );
}

function intentWithin(reading: Reading, span: Span): Intent {
  const { folded } = reading;
  const outside = blank(folded.text, [
    { start: 0, end: span.start },
    { start: span.end, end: folded.text.length },
  ]);
  const inside = <T extends Span>(spans: readonly T[]): readonly T[] => spans.filter((each) => overlaps(each, span));
  const part = { ...reading, customers: inside(reading.customers), workloads: inside(reading.workloads) };
  const masked = mask(
    { ...folded, text: outside },
    { customers: part.customers, workloads: part.workloads, dates: [] },
  );
  return classifyRequest({ ...factsOf(masked.trim(), part, []), hasCustomer: true }, reading.languages).intent;
}

function factsOutside(reading: Reading, reason: Span, dates: readonly Span[]): SentenceFacts {
  const outside = <T extends Span>(spans: readonly T[]): readonly T[] =>
    spans.filter((span) => !overlaps(span, reason));
  const rest = { ...reading, customers: outside(reading.customers), workloads: outside(reading.workloads) };
  const text = { ...reading.folded, text: blank(reading.folded.text, [reason]) };
  return factsOf(mask(text, { customers: rest.customers, workloads: rest.workloads, dates }), rest, dates);
}

/** What no pattern knows, and a request about a customer that names none but asks, may be a question to the playbook. */
function orQuestion(intent: Intent, masked: string, { folded, customers, languages }: Reading): Intent {
  const isOpen = intent === 'none' || (NEEDS_CUSTOMER.has(intent) && asksSomething(withoutMiddle(masked), languages));
  const isLong = folded.original.length >= SHORTEST_QUESTION;
  return isOpen && isLong && customers.length === 0 && findTopic(folded.original).topic !== 'none'
    ? 'question'
    : intent;
}

function read(text: string, context: UnderstandingContext): Reading {
  const folded = fold(text);
  const customers = findCustomers(folded, context.candidates);
  const workloads = findWorkloads(folded, customers);
  const language = detectLanguage(blank(folded.text, [...customers, ...workloads]));
  const languages = language === undefined ? likelyLanguages(folded.text, context.language) : [language];
  return { folded, customers, workloads, language, languages };
}

/**
 * Where the language is not clear all that write this script are tried, the person's own first; of a long text in
 * several languages the two that it has most of.
 */
function likelyLanguages(text: string, preferred: Language | undefined): readonly Language[] {
  if (isLong(text)) {
    const ranked = [...languageScores(text)].sort((a, b) => b[1] - a[1]).map(([language]) => language);
    return [...ranked, ...LANGUAGES].slice(0, MOST_IN_ONE_TEXT);
  }
  const isEastAsian = EAST_ASIAN.test(text);
  const likely = LANGUAGES.filter((language) => !isEastAsian || !WORDS[language].writesSpaces);
  const rest = isEastAsian ? LANGUAGES.filter((language) => WORDS[language].writesSpaces) : [];
  return [...new Set([...(preferred === undefined ? [] : [preferred]), ...likely, ...rest])];
}

interface Dates {
  readonly reading: DateReading;
  /** In the folded text. */
  readonly spans: readonly Span[];
  readonly meant: readonly Span[];
}

function findDates(
  { folded, language, languages }: Reading,
  hidden: readonly Span[],
  context: UnderstandingContext,
): Dates {
  const visible = blank(
    folded.original,
    [...hidden, ...wordsHiddenFromDates(folded.text, languages)].map((span) => toOriginal(folded, span)),
  );
  const { reading, spans, meant } = findDate(
    withoutDatesOfMiddle(visible),
    language ?? context.language,
    context.today,
  );
  const folding = (found: readonly Span[]): Span[] => found.map((span) => toFolded(folded, span));
  return { reading, spans: folding(spans), meant: folding(meant) };
}

function toFolded(folded: FoldedText, span: Span): Span {
  const start = folded.at.findIndex((index) => index >= span.start);
  const end = folded.at.findIndex((index) => index >= span.end);
  const last = end < 0 ? folded.text.length : end;
  const words = folded.text.slice(Math.max(0, start), last).replace(/[\s,;:!?，、；：。]+$/u, '');
  return { start: Math.max(0, start), end: Math.max(0, start) + words.length };
}

function factsOf(masked: string, { customers, workloads }: Reading, dates: readonly Span[]): SentenceFacts {
  return {
    masked: withoutMiddle(masked),
    hasCustomer: customers.length > 0,
    hasWorkload: workloads.length > 0,
    hasDate: dates.length > 0,
  };
}

/** What a reason mentions is not what the request is about, unless nothing else is. */
function withoutReason(reading: Reading, reason: FoundReason): Reading {
  const outside = <T extends Span>(spans: readonly T[]): readonly T[] =>
    spans.filter((span) => !overlaps(span, reason));
  const customers = outside(reading.customers);
  const workloads = outside(reading.workloads);
  const isOnlyThere = !reason.isStated || customers.length + workloads.length === 0;
  return {
    ...reading,
    customers: customers.length > 0 ? customers : reading.customers,
    workloads: workloads.length > 0 || !isOnlyThere ? workloads : reading.workloads,
  };
}

/** "They wrote back today" says when they wrote; the date wanted is the one of the talk. */
function meetingDate(
  date: DateReading,
  masked: string,
  { today }: UnderstandingContext,
  languages: readonly Language[],
): DateReading {
  const isAhead = date.kind !== 'date' || Temporal.PlainDate.compare(date.date, today) > 0;
  return isAhead || saysTalk(masked, languages) ? date : { kind: 'none' };
}

function workloadsOf(mentions: readonly WorkloadMention[], folded: FoldedText, intent: Intent): readonly WorkloadId[] {
  const meant = intent === 'plan-deployment' ? withoutDoneWorkloads(mentions, folded.text) : mentions;
  return [...new Set(meant.map(({ workload }) => workload))];
}

function textOf(folded: FoldedText, span: Span): string {
  const { start, end } = toOriginal(folded, span);
  return folded.original.slice(start, end);
}
