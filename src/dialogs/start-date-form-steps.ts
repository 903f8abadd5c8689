import type { Temporal } from 'temporal-polyfill';
import type { Card } from '../cards/render';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import type { StartDateForm } from '../cards/start-date-form';
import { startDateForm } from '../cards/start-date-form';
import { startDateNote, startDateResult } from '../cards/start-date-result';
import type { Customer, Precision, StartDateChange, Workload } from '../domain/records';
import { signatureOf } from '../domain/actor';
import type { StartDateWarning } from '../domain/start-date';
import { MAX_REASON_LENGTH } from '../domain/start-date';
import type { Language, Occasion, OneWayOccasion, WorkloadId } from '../domain/vocabulary';
import { ALL_OCCASIONS, isOneOf } from '../domain/vocabulary';
import type { CustomerName } from '../language/understanding';
import { text } from '../locales/catalog';
import { dayText, startDateText, writerText } from '../locales/format';
import type { ChangeStartDateOutcome } from '../usecases/change-start-date';
import { changeStartDate } from '../usecases/change-start-date';
import { lookUpCustomer } from '../usecases/look-up-customer';
import { parseDate } from './start-date-answer';
import type { Turn } from './turn';

/** What stands in the form when Save is pressed or typed. */
export interface FormEntry {
  readonly customerId: string;
  readonly workload: WorkloadId;
  /** As typed; checked here. */
  readonly date: string;
  readonly precision: Precision;
  readonly occasion: Occasion | OneWayOccasion | undefined;
  readonly reason: string;
  readonly token: string;
  readonly seen: Temporal.PlainDate | 'none' | undefined;
  readonly accepted: readonly StartDateWarning[];
  /** Customers of the same sentence come after this one. */
  readonly chained?: boolean;
  /** The reminder digest that the form was opened from. */
  readonly digest?: string | undefined;
}

/** What saving came to: the card to show, whether the form is done, and what was warned about meanwhile. */
export interface SaveResult {
  readonly card: Card;
  readonly saved: boolean;
  readonly form: StartDateForm | undefined;
}

/** The entry as the pressed card's data tells it, or undefined when it does not even name a workload. */
export function entryOf(data: CardData, fallbackToken: string): FormEntry | undefined {
  if (data.customerId === undefined || data.workload === undefined) {
    return undefined;
  }
  return {
    customerId: data.customerId,
    workload: data.workload,
    date: data.date ?? '',
    // An estimate stays one while its date is left as it stands (S10).
    precision: data.estimate !== undefined && data.estimate === data.date ? 'month' : 'day',
    occasion: isOneOf(ALL_OCCASIONS, data.occasion) ? data.occasion : undefined,
    reason: data.reason ?? '',
    token: data.token ?? fallbackToken,
    seen: data.seen === 'none' ? 'none' : data.seen === undefined ? undefined : parseDate(data.seen),
    accepted: data.acceptedFor === data.date ? (data.accepted ?? []) : [],
    digest: data.digest,
    chained: data.chained ?? false,
  };
}

/**
 * Saves what the form says, or shows the form again with what is wrong and the entries kept.
 * @param queue customers of the same sentence that come after this one: the result offers the first.
 */
export async function saveStartDate(
  turn: Turn,
  entry: FormEntry,
  queue: readonly CustomerName[] = [],
): Promise<SaveResult> {
  const { language } = turn;
  const date = parseDate(entry.date);
  if (!date) {
    return withoutDate(turn, entry);
  }
  const outcome = await changeStartDate(turn.services, {
    actor: turn.actor,
    customerId: entry.customerId,
    workload: entry.workload,
    request: { ...entry, date },
    seen: entry.seen,
    token: entry.token,
    today: turn.today,
    wordNote: (facts) => startDateNote(language, facts),
  });
  // A form that was saved before can be saved again only as another one.
  const token = outcome.kind === 'savedBefore' ? turn.services.newToken() : entry.token;
  const me = signatureOf(turn.actor);
  return cardOfOutcome(language, { ...entry, token, parsed: date, next: queue[0], me }, outcome);
}

/** An impossible date is explained on the form; the rest of the entry is kept. */
async function withoutDate(turn: Turn, entry: FormEntry): Promise<SaveResult> {
  const { language, services, actor } = turn;
  const file = await lookUpCustomer(services.customers, actor, entry.customerId);
  const current = file?.workloads.find(({ workload }) => workload === entry.workload);
  if (!file || !current) {
    return unknownCustomer(language);
  }
  const message =
    entry.date.trim() === ''
      ? text(language, 'startDate.error.dateMissing')
      : text(language, 'startDate.error.dateInvalid', { input: entry.date });
  return again(language, formAgain(file.customer, current, { ...entry, parsed: undefined }, { messages: [message] }));
}

interface ParsedEntry extends FormEntry {
  readonly next?: CustomerName | undefined;
  readonly parsed: Temporal.PlainDate | undefined;
  /** As whom the user signs changes. */
  readonly me?: string;
}

async function cardOfOutcome(
  language: Language,
  entry: ParsedEntry,
  outcome: ChangeStartDateOutcome,
): Promise<SaveResult> {
  switch (outcome.kind) {
    case 'saved': {
      const { customerId, next, digest } = entry;
      const card = await startDateResult(language, { ...outcome, customerId, next, digest });
      return { card, saved: true, form: undefined };
    }
    case 'unknown':
      return unknownCustomer(language);
    case 'refused': {
      const { customer, before, refusal } = outcome;
      const values = { l1: text(language, `l1.${before.l1Status}`), max: MAX_REASON_LENGTH };
      const messages = [text(language, `startDate.refusal.${refusal}`, values)];
      const offerAttempt = refusal === 'oneWayContact';
      return again(language, formAgain(customer, before, entry, { messages, offerAttempt }));
    }
    case 'warned': {
      const { customer, before, warnings } = outcome;
      const messages = warningTexts(language, warnings, before);
      const accepted = [...entry.accepted, ...warnings];
      return again(language, formAgain(customer, before, entry, { messages, warnings: accepted }));
    }
    case 'savedBefore': {
      const { customer, before } = outcome;
      const messages = [text(language, 'startDate.changedSince', bothDates(language, entry, before))];
      return again(language, formAgain(customer, before, entry, { messages }));
    }
    case 'conflict': {
      const { customer, before, theirs } = outcome;
      const messages = conflictTexts(language, entry, before, theirs);
      return again(language, formAgain(customer, before, entry, { messages }));
    }
  }
}

async function unknownCustomer(language: Language): Promise<SaveResult> {
  return {
    card: await noticeCard({ paragraphs: [text(language, 'startDate.unknown')] }),
    saved: false,
    form: undefined,
  };
}

const again = async (language: Language, form: StartDateForm): Promise<SaveResult> => ({
  card: await startDateForm(language, form),
  saved: false,
  form,
});

function formAgain(
  customer: Customer,
  current: Workload,
  entry: ParsedEntry,
  said: Partial<Pick<StartDateForm, 'warnings' | 'offerAttempt'>> & Pick<StartDateForm, 'messages'>,
): StartDateForm {
  const { parsed, precision, occasion, reason, token, digest, chained } = entry;
  return {
    customer,
    current,
    entered: { date: parsed, precision, occasion, reason },
    token,
    digest,
    ...(chained && { chained }),
    warnings: [],
    offerAttempt: false,
    ...said,
  };
}

/** The warnings in words, with the kickoff's date, and what to do about them. */
export function warningTexts(
  language: Language,
  warnings: readonly StartDateWarning[],
  { kickoffDate }: Pick<Workload, 'kickoffDate'>,
): string[] {
  const kickoff = kickoffDate ? dayText(language, kickoffDate) : '';
  return [
    ...warnings.map((warning) => text(language, `startDate.warning.${warning}`, { kickoff })),
    text(language, 'startDate.warning.again'),
  ];
}

const bothDates = (
  language: Language,
  { parsed, precision }: ParsedEntry,
  { startDate }: Workload,
): { theirs: string; ours: string } => ({
  theirs: startDateText(language, startDate),
  ours: startDateText(language, parsed && { date: parsed, precision }),
});

function conflictTexts(
  language: Language,
  entry: ParsedEntry,
  current: Workload,
  theirs: StartDateChange | undefined,
): string[] {
  const dates = bothDates(language, entry, current);
  if (theirs?.by === entry.me) {
    return [text(language, 'startDate.changedSince', dates)];
  }
  const both = text(language, 'startDate.conflict', dates);
  return theirs
    ? [both, text(language, 'startDate.conflictBy', { by: writerText(language, theirs.by), reason: theirs.reason })]
    : [both];
}
