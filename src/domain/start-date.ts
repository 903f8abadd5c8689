import { Temporal } from 'temporal-polyfill';
import type { Note, Precision, StartDateChange, Workload } from './records';
import type { Occasion, OneWayOccasion, WorkloadId } from './vocabulary';
import { isOneOf, ONE_WAY_OCCASIONS } from './vocabulary';

/** The most that the note field takes; longer is refused rather than cut. */
export const MAX_REASON_LENGTH = 2000;

/** What is asked for: not necessarily allowed. */
export interface StartDateRequest {
  readonly date: Temporal.PlainDate;
  readonly precision: Precision;
  readonly occasion: Occasion | OneWayOccasion | undefined;
  readonly reason: string;
  /** Warnings that the FM has seen and accepted. */
  readonly accepted: readonly StartDateWarning[];
}

/** A date with how exactly it is known. */
export interface Dated {
  readonly date: Temporal.PlainDate;
  readonly precision: Precision;
}

/** What a saved change did, for the note, the result card and the answer to a repeated press. */
export interface ChangeFacts {
  readonly customerName: string;
  readonly workload: WorkloadId;
  readonly from: Dated | undefined;
  readonly to: Dated;
  readonly occasion: Occasion;
  readonly reason: string;
}

export const START_DATE_REFUSALS = [
  'l1NotInProgress',
  'noOccasion',
  'oneWayContact',
  'noReason',
  'reasonTooLong',
  'sameDate',
] as const;
/** Why a change cannot be (S2 S5 S9). */
export type StartDateRefusal = (typeof START_DATE_REFUSALS)[number];

export const START_DATE_WARNINGS = ['afterKickoff', 'farFuture', 'longPast', 'weekend'] as const;
/** What the FM is asked about again (S4 and slips of the pen). */
export type StartDateWarning = (typeof START_DATE_WARNINGS)[number];

export type StartDateDecision =
  | { readonly kind: 'refused'; readonly refusal: StartDateRefusal }
  | { readonly kind: 'warned'; readonly warnings: readonly StartDateWarning[] }
  | { readonly kind: 'allowed'; readonly workload: Workload };

/** Whether a workload carries a start date at all (S2). */
export const takesStartDate = (workload: Pick<Workload, 'l1Status'>): boolean => workload.l1Status === 'InProgress';

/** An estimate stands on the first of its month (S10). */
export const toPrecision = (date: Temporal.PlainDate, precision: Precision): Temporal.PlainDate =>
  precision === 'month' ? date.with({ day: 1 }) : date;

/**
 * Whether the FM may set this date on this workload, judged in the FM's own calendar.
 * Refusals come before warnings; a warning that was accepted is not raised again (S2 S4 S5 S9 S10).
 */
export function decideStartDate(
  workload: Workload,
  request: StartDateRequest,
  today: Temporal.PlainDate,
): StartDateDecision {
  const refusal = refusalOf(workload, request);
  if (refusal) {
    return { kind: 'refused', refusal };
  }
  const warnings = warningsOf(workload, request, today).filter((warning) => !request.accepted.includes(warning));
  if (warnings.length > 0) {
    return { kind: 'warned', warnings };
  }
  const date = toPrecision(request.date, request.precision);
  return {
    kind: 'allowed',
    workload: { ...workload, startDate: { date, precision: request.precision, source: 'fm' } },
  };
}

function refusalOf(workload: Workload, request: StartDateRequest): StartDateRefusal | undefined {
  if (!takesStartDate(workload)) {
    return 'l1NotInProgress';
  }
  if (request.occasion === undefined) {
    return 'noOccasion';
  }
  if (isOneOf(ONE_WAY_OCCASIONS, request.occasion)) {
    return 'oneWayContact';
  }
  const reason = request.reason.trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) {
    return 'noReason';
  }
  if (reason.length > MAX_REASON_LENGTH) {
    return 'reasonTooLong';
  }
  return isSame(workload, request) ? 'sameDate' : undefined;
}

function isSame({ startDate }: Workload, request: StartDateRequest): boolean {
  return (
    startDate !== undefined &&
    startDate.precision === request.precision &&
    startDate.date.equals(toPrecision(request.date, request.precision))
  );
}

const isAfter = (one: Temporal.PlainDate, other: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(one, other) > 0;

/** Warnings about a date alone, most serious first; a month estimate is never a slip of weekday (S10). */
export function warningsOf(
  workload: Workload,
  request: Pick<StartDateRequest, 'date' | 'precision'>,
  today: Temporal.PlainDate,
): StartDateWarning[] {
  const date = toPrecision(request.date, request.precision);
  const checks: [StartDateWarning, boolean][] = [
    ['afterKickoff', workload.kickoffDate !== undefined && isAfter(date, workload.kickoffDate)],
    ['farFuture', isAfter(date, today.add({ months: 18 }))],
    ['longPast', isAfter(today.subtract({ days: 90 }), date)],
    ['weekend', request.precision === 'day' && date.dayOfWeek >= 6],
  ];
  return checks.filter(([, raised]) => raised).map(([warning]) => warning);
}

/** The history entry and the note that every change leaves behind (S9), from the workload as it was. */
export function recordsOfChange(
  before: Workload,
  request: StartDateRequest & { readonly occasion: Occasion },
  signed: { readonly at: Temporal.Instant; readonly by: string },
  noteText: string,
): { change: StartDateChange; note: Note } {
  const change: StartDateChange = {
    workload: before.workload,
    from: before.startDate?.date,
    to: toPrecision(request.date, request.precision),
    precision: request.precision,
    occasion: request.occasion,
    reason: request.reason.trim(),
    ...signed,
  };
  return { change, note: { workload: before.workload, field: 'overallStatus', text: noteText, ...signed } };
}
