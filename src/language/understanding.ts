import type { Temporal } from 'temporal-polyfill';
import type { FaqTopic, Intent, Language, Occasion, OneWayOccasion, WorkloadId } from '../domain/vocabulary';
import type { Precision } from '../domain/records';

/** A date as one phrase may be read. */
export interface DateCandidate {
  readonly date: Temporal.PlainDate;
  readonly precision: Precision;
  /** The day (or month) before the one that is named: "before 5 January". */
  readonly isEve?: true;
}

/** What a sentence says about a date. Never a guess: two readings stay two readings. */
export type DateReading =
  | { readonly kind: 'date'; readonly date: Temporal.PlainDate; readonly precision: Precision }
  /** Native speakers differ, or the order of day and month is open: both readings, most likely first. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly DateCandidate[] }
  /** Relative to the current start date ("two weeks later"): needs that date; see `applyShift`. */
  | { readonly kind: 'shift'; readonly days: number; readonly months: number }
  /** Looks like a date that does not exist (30 February). */
  | { readonly kind: 'impossible'; readonly text: string }
  | { readonly kind: 'none' };

/** A customer the sentence may mean. */
export interface CustomerName {
  readonly customerId: string;
  readonly name: string;
}

/** What one sentence says, and nothing that it does not say. */
export interface Understanding {
  /** The sentence's own language where it is clear, else undefined. */
  readonly language: Language | undefined;
  readonly intent: Intent;
  /** Best matches: one = meant; several = equally good, to be asked about; none = no known customer named. */
  readonly customers: readonly CustomerName[];
  /** The sentence seems to name a customer that is not among the candidates (as typed), if any. */
  readonly unknownCustomer: string | undefined;
  readonly workloads: readonly WorkloadId[];
  readonly date: DateReading;
  readonly occasion: Occasion | OneWayOccasion | undefined;
  /** The literal words that say why, without the conjunction. */
  readonly reason: string | undefined;
  /** For `set-language`: the language asked for. */
  readonly targetLanguage: Language | undefined;
}

/** Answer of the playbook search. */
export interface TopicMatch {
  /** `none` = the playbook does not answer this, or not surely enough. */
  readonly topic: FaqTopic | 'none';
  /** 0 to 1. */
  readonly confidence: number;
  /** The three nearest topics, best first: offered as choices when unsure. Empty when the text is off topic. */
  readonly nearest: readonly FaqTopic[];
}
