import type { Feedback } from '../../src/ports/feedback';
import { allOf } from './all-of';

const at = '2027-03-01T09:00:00Z';

/** Every implementation of Feedback behaves like this. @param open gives an empty store. */
export function feedbackContract(open: () => Feedback): void {
  let feedback: Feedback;
  beforeEach(() => {
    feedback = open();
  });

  test('nothing was said yet', async () => {
    expect(await allOf(feedback.votes())).toEqual([]);
    expect(await allOf(feedback.unansweredQuestions())).toEqual([]);
  });

  test('a user has one vote per topic, the last one', async () => {
    await feedback.vote({ topic: 'esd-kickoff', helpful: true, userId: '29:a/b', at });
    await feedback.vote({ topic: 'esd-kickoff', helpful: false, userId: '29:a/b', at });
    await feedback.vote({ topic: 'esd-kickoff', helpful: true, userId: '29:c', at });
    await feedback.vote({ topic: 'esd-frp', helpful: true, userId: '29:a/b', at });
    const votes = (await allOf(feedback.votes())).map(({ topic, helpful }) => `${topic} ${helpful}`);
    expect(votes.sort()).toEqual(['esd-frp true', 'esd-kickoff false', 'esd-kickoff true']);
  });

  test('questions are kept, the same one twice too, 500 characters of each', async () => {
    const question = { text: 'なぜ？ "why" #1', language: 'ja', at } as const;
    await feedback.unanswered(question);
    await feedback.unanswered(question);
    await feedback.unanswered({ text: '😀'.repeat(600), language: 'en', at: '2027-04-01T09:00:00Z' });
    const questions = await allOf(feedback.unansweredQuestions());
    expect(questions.slice(0, 2)).toEqual([question, question]);
    expect(questions[2]?.text).toBe('😀'.repeat(500));
  });
}
