import { Temporal } from 'temporal-polyfill';
import type { Workload } from '../records';
import type { Occasion } from '../vocabulary';

/** What a new date says about the customer: that they replied, that nobody knows yet, or nothing new. */
export type ReplySaid = 'replied' | 'open' | 'unchanged';

/**
 * Whether a new start date counts as a reply (S7). The actual date of a discussion is one, and so is a kickoff that has
 * been. Any other date to come opens a new chase: for it nobody has replied yet. A past date corrected stays as it was.
 * @param occasion undefined = Gateway's word.
 */
export function replySaidBy(
  before: Workload | undefined,
  after: Workload,
  { occasion, today }: { readonly occasion: Occasion | undefined; readonly today: Temporal.PlainDate },
): ReplySaid {
  const date = after.startDate?.date;
  if (date === undefined || before?.startDate?.date.equals(date) === true) {
    return 'unchanged';
  }
  const isPast = Temporal.PlainDate.compare(date, today) < 0;
  const isToday = date.equals(today);
  if (occasion === 'first-discussion' || (occasion === 'kickoff' && (isPast || isToday))) {
    return before?.lastContact?.kind === 'reply' ? 'unchanged' : 'replied';
  }
  return isPast ? 'unchanged' : 'open';
}

/** The workload with what its new date says about the customer. */
export function withReplySaid(after: Workload, said: ReplySaid, at: Temporal.Instant): Workload {
  switch (said) {
    case 'replied':
      return { ...after, lastContact: { kind: 'reply', at } };
    case 'open':
      return { ...after, lastContact: undefined };
    case 'unchanged':
      return after;
  }
}
