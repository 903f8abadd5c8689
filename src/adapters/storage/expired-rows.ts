import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../ports/clock';
import { QUESTIONS } from './feedback-table';
import { startsWith } from './keys';
import type { Query, Table } from './table';
import { ACTION_PREFIX } from './customer-transaction';
import type { Tables } from './tables';

/** Cards are pressed for months; a press that comes later than this is judged anew, as if it were the first. */
const ACTION_KEPT = Temporal.Duration.from({ hours: 24 * 180 });
/** Unanswered questions are read to teach the bot: a year of them is enough. */
const QUESTION_KEPT_MONTHS = 12;

/** How many rows of each kind have been removed. */
export interface Removed {
  readonly states: number;
  readonly digests: number;
  readonly questions: number;
  readonly actions: number;
}

/** Removes everything that is kept for a time only. Looks through whole tables: once a day, by one instance. */
export async function removeExpired({ table }: Tables, clock: Clock): Promise<Removed> {
  const now = clock.now();
  const oldest = now.toZonedDateTimeISO('UTC').subtract({ months: QUESTION_KEPT_MONTHS }).toPlainDate();
  const month = oldest.toString().slice(0, 'YYYY-MM'.length);
  const questions = `PartitionKey ge '${QUESTIONS}' and PartitionKey lt '${QUESTIONS}${month}'`;
  const pressedBefore = now.subtract(ACTION_KEPT).toString({ smallestUnit: 'second' });
  const actions = `${startsWith('RowKey', ACTION_PREFIX)} and Timestamp lt datetime'${pressedBefore}'`;
  return {
    states: await table.botstate.removeExpired(now),
    digests: await table.deliveries.removeExpired(now),
    questions: await removeAll(table.feedback, { filter: questions }),
    actions: await removeAll(table.customers, { filter: actions }),
  };
}

async function removeAll(table: Table, { filter }: Query): Promise<number> {
  let removed = 0;
  for await (const row of table.query({ filter, select: ['PartitionKey', 'RowKey'] })) {
    removed += (await table.remove(row.partitionKey, row.rowKey, '*')) ? 1 : 0;
  }
  return removed;
}
