import type { Feedback } from '../../src/ports/feedback';

type Vote = Parameters<Feedback['vote']>[0];
type Question = Parameters<Feedback['unanswered']>[0];

/** Feedback in memory. */
export class FakeFeedback implements Feedback {
  private readonly kept = new Map<string, Vote>();
  private readonly questions: Question[] = [];

  async vote(vote: Vote): Promise<void> {
    this.kept.set(JSON.stringify([vote.topic, vote.userId]), { ...vote });
  }

  async unanswered(question: Question): Promise<void> {
    this.questions.push({ ...question, text: [...question.text].slice(0, 500).join('') });
  }

  async *votes(): AsyncGenerator<Pick<Vote, 'topic' | 'helpful' | 'at'>> {
    yield* [...this.kept.values()].map(({ topic, helpful, at }) => ({ topic, helpful, at }));
  }

  async *unansweredQuestions(): AsyncGenerator<Question> {
    yield* this.questions.map((question) => ({ ...question }));
  }
}
