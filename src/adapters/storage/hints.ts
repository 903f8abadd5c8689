import { nextAt } from '../../domain/reminders/reminder';
import type { CustomerFile } from '../../ports/customers';
import type { CustomerSummary } from '../../ports/customer-index';
import type { DueHint } from '../../ports/due-index';
import { packSummary, summaryOf } from './customer-summary';
import { encodeKey } from './keys';
import { namePrefixes } from './name-words';

/** The parts of a customer file that indexes are made from. */
export type Indexed = Pick<CustomerFile, 'customer' | 'workloads' | 'reminders' | 'checklists'>;

/** What the indexes owe one commit. Keys are partition keys of the hint table; the row key is the customer. */
export interface HintChanges {
  /** The summary the kept partitions are to show once committed. */
  readonly summary: CustomerSummary;
  readonly kept: readonly string[];
  readonly dropped: readonly string[];
  /** Reminders scheduled anew. Stale hints are left to the sweep: only it can forget one without losing a newer. */
  readonly due: readonly DueHint[];
}

/** What the partitions of all FMs begin with, and no others. */
export const FM_PARTITIONS = 'fm:';
export const fmPartition = (fm: string): string => `${FM_PARTITIONS}${encodeKey(fm)}`;
export const namePartition = (prefix: string): string => `name:${encodeKey(prefix)}`;

/** Every partition in which the customer is to be found. */
export function partitionsOf(summary: CustomerSummary): string[] {
  return [...fmPartitionsOf(summary), ...namePartitionsOf(summary)];
}

/** The one place that decides which hints a commit writes before it and settles after it. */
export function hintsFor(before: Indexed | undefined, after: Indexed): HintChanges {
  const was = before && summaryOf(before);
  const summary = summaryOf(after);
  const kept = changedPartitions(was, summary);
  const now = new Set(partitionsOf(summary));
  return {
    summary,
    kept,
    dropped: was === undefined ? [] : partitionsOf(was).filter((partition) => !now.has(partition)),
    due: newlyDue(before, after),
  };
}

function changedPartitions(was: CustomerSummary | undefined, now: CustomerSummary): string[] {
  if (was !== undefined && packSummary(was) === packSummary(now)) {
    return [];
  }
  const identityChanged = was === undefined || identityOf(was) !== identityOf(now);
  return [...fmPartitionsOf(now), ...(identityChanged ? namePartitionsOf(now) : [])];
}

/** What a lead's sentence needs to tell customers apart; dates and statuses under a name may be older. */
function identityOf({ name, fm, deliveryChannel, workloads }: CustomerSummary): string {
  return JSON.stringify([name, fm, deliveryChannel, workloads.map((each) => [each.workload, each.requestId])]);
}

function fmPartitionsOf(summary: CustomerSummary): string[] {
  return summary.fm === undefined ? [] : [fmPartition(summary.fm)];
}

function namePartitionsOf(summary: CustomerSummary): string[] {
  return namePrefixes(summary.name).map(namePartition);
}

function newlyDue(before: Indexed | undefined, after: Indexed): DueHint[] {
  const was = scheduled(before);
  return [...scheduled(after)].filter(([key]) => !was.has(key)).map(([, hint]) => hint);
}

/** When which FM is to be written to about the customer, for the first time or because nobody answered. */
function scheduled(file: Indexed | undefined): Map<string, DueHint> {
  const hints = new Map<string, DueHint>();
  for (const reminder of file?.reminders ?? []) {
    const dueAt = nextAt(reminder);
    const { fm } = reminder;
    if (dueAt !== undefined) {
      hints.set(`${dueAt.epochMilliseconds} ${fm}`, { customerId: file?.customer.id ?? '', fm, dueAt });
    }
  }
  return hints;
}
