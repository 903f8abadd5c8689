import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { FAQ_TOPICS, LANGUAGES, type FaqTopic, type Language } from '../../domain/vocabulary';
import type { Feedback } from '../../ports/feedback';
import { dayOf } from './expiry-hints';
import { hashKey, oldestFirst, startsWith } from './keys';
import { textColumns } from './long-text';
import { RowReader } from './row-reader';
import type { Table } from './table';

const VOTES = 'vote:';
/** Followed by the month, YYYY-MM. */
const QUESTIONS = 'question:';
const MAX_QUESTION = 500;
/** Unanswered questions are read to teach the bot: a year of them is enough. */
const QUESTION_KEPT_MONTHS = 12;

/** Votes in a partition per topic, unanswered questions in one per month. */
export class FeedbackTable implements Feedback {
  constructor(private readonly table: Table) {}

  async vote({ topic, helpful, userId, at }: { topic: FaqTopic; helpful: boolean; userId: string; at: string }) {
    const key = { partitionKey: VOTES + topic, rowKey: hashKey(userId) };
    await this.table.upsert({ ...key, topic, helpful, at }, 'Replace');
  }

  async unanswered({ text, language, at }: { text: string; language: Language; at: string }): Promise<void> {
    const month = at.slice(0, 'YYYY-MM'.length);
    const rowKey = `${oldestFirst(Temporal.Instant.from(at))}:${randomUUID()}`;
    const kept = [...text].slice(0, MAX_QUESTION).join('');
    await this.table.upsert(
      { partitionKey: QUESTIONS + month, rowKey, ...textColumns('text', kept), language, at },
      'Replace',
    );
  }

  async *votes(): AsyncGenerator<{ topic: FaqTopic; helpful: boolean; at: string }> {
    for await (const row of this.table.query({ filter: startsWith('PartitionKey', VOTES) })) {
      const read = new RowReader(row);
      yield { topic: read.oneOf('topic', FAQ_TOPICS), helpful: read.flag('helpful'), at: read.text('at') };
    }
  }

  async *unansweredQuestions(): AsyncGenerator<{ text: string; language: Language; at: string }> {
    for await (const row of this.table.query({ filter: startsWith('PartitionKey', QUESTIONS) })) {
      const read = new RowReader(row);
      yield { text: read.longText('text'), language: read.oneOf('language', LANGUAGES), at: read.text('at') };
    }
  }

  /** Removes the questions of months long past. @returns how many there were. */
  async removeExpired(now: Temporal.Instant): Promise<number> {
    const month = dayOf(now).subtract({ months: QUESTION_KEPT_MONTHS }).toString().slice(0, 'YYYY-MM'.length);
    const filter = `PartitionKey ge '${QUESTIONS}' and PartitionKey lt '${QUESTIONS}${month}'`;
    let removed = 0;
    for await (const { partitionKey, rowKey } of this.table.query({ filter, select: ['PartitionKey', 'RowKey'] })) {
      removed += (await this.table.remove(partitionKey, rowKey, '*')) ? 1 : 0;
    }
    return removed;
  }
}
