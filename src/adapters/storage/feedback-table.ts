import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { FAQ_TOPICS, LANGUAGES, type FaqTopic, type Language } from '../../domain/vocabulary';
import type { Feedback } from '../../ports/feedback';
import { hashKey, oldestFirst, startsWith } from './keys';
import { textColumns } from './long-text';
import { RowReader } from './row-reader';
import type { Table } from './table';

const VOTES = 'vote:';
/** Followed by the month, YYYY-MM. */
export const QUESTIONS = 'question:';
const MAX_QUESTION = 500;

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
}
