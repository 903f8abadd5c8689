import { nextAt } from '../../domain/reminders/reminder';
import type { CustomerFile } from '../../ports/customers';
import type { CustomerSummary } from '../../ports/customer-index';
import type { DueHint } from '../../ports/due-index';
import { packSummary, summaryOf } from './customer-summary';
import { encodeKey } from './keys';
import { textColumns } from './long-text';
import { NAMES, nameKeys } from './name-keys';
import type { Row } from './row';

/** The parts of a customer file that indexes are made from. */
export type Indexed = Pick<CustomerFile, 'customer' | 'workloads' | 'reminders' | 'checklists'>;

/** Where in the hint table a customer is to be found. */
export interface HintKey {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** What the indexes owe one commit. */
export interface HintChanges {
  /** What the kept rows are to show once committed. */
  readonly summary: CustomerSummary;
  readonly kept: readonly HintKey[];
  readonly dropped: readonly HintKey[];
  /** Reminders scheduled anew. Stale hints are left to the sweep: only it can forget one without losing a newer. */
  readonly due: readonly DueHint[];
}

/** What the partitions of all FMs begin with, and no others. */
export const FM_PARTITIONS = 'fm:';
export const fmPartition = (fm: string): string => `${FM_PARTITIONS}${encodeKey(fm)}`;

/** Every row by which the customer is to be found. */
export function hintKeysOf(summary: CustomerSummary): HintKey[] {
  return [...fmKeysOf(summary), ...nameKeysOf(summary)];
}

/** @returns whether a row is one of those by which the customer is to be found. */
export const isHintOf = (summary: CustomerSummary, { partitionKey, rowKey }: HintKey): boolean =>
  hintKeysOf(summary).some((key) => key.partitionKey === partitionKey && key.rowKey === rowKey);

/** The row at a key, settled: under a name just that, which hardly ever changes. */
export function hintRow({ partitionKey, rowKey }: HintKey, summary: CustomerSummary): Row {
  const { customerId, name } = summary;
  const content = partitionKey === NAMES ? textColumns('name', name) : textColumns('summary', packSummary(summary));
  return { partitionKey, rowKey, customerId, ...content };
}

/** The one place that decides which hints a commit writes before it and settles after it. */
export function hintsFor(before: Indexed | undefined, after: Indexed): HintChanges {
  const was = before && summaryOf(before);
  const summary = summaryOf(after);
  const changes = [fmChanges(was, summary), nameChanges(was, summary)];
  return {
    summary,
    kept: changes.flatMap(({ kept }) => kept),
    dropped: changes.flatMap(({ dropped }) => dropped),
    due: newlyDue(before, after),
  };
}

type KeyChanges = Pick<HintChanges, 'kept' | 'dropped'>;
const NO_CHANGES: KeyChanges = { kept: [], dropped: [] };

function fmChanges(was: CustomerSummary | undefined, now: CustomerSummary): KeyChanges {
  if (was === undefined) {
    return { kept: fmKeysOf(now), dropped: [] };
  }
  return packSummary(was) === packSummary(now)
    ? NO_CHANGES
    : { kept: fmKeysOf(now), dropped: was.fm === now.fm ? [] : fmKeysOf(was) };
}

function nameChanges(was: CustomerSummary | undefined, now: CustomerSummary): KeyChanges {
  if (was?.name === now.name) {
    return NO_CHANGES;
  }
  const kept = nameKeysOf(now);
  const stays = new Set(kept.map(({ rowKey }) => rowKey));
  return { kept, dropped: was === undefined ? [] : nameKeysOf(was).filter(({ rowKey }) => !stays.has(rowKey)) };
}

function fmKeysOf({ fm, customerId }: CustomerSummary): HintKey[] {
  return fm === undefined ? [] : [{ partitionKey: fmPartition(fm), rowKey: encodeKey(customerId) }];
}

export function nameKeysOf({ name, customerId }: CustomerSummary): HintKey[] {
  return nameKeys(name, customerId).map((rowKey) => ({ partitionKey: NAMES, rowKey }));
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
