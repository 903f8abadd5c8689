import type { FaqTopic, Language } from '../domain/vocabulary';

/** "Was this helpful?" and what could not be answered: the material the phrases grow from. */
export interface Feedback {
  /** Adds one vote; a repeated press of the same user on the same topic replaces the vote. */
  vote(vote: { topic: FaqTopic; helpful: boolean; userId: string; at: string }): Promise<void>;
  /** Keeps a question nobody answered (at most 500 characters). */
  unanswered(question: { text: string; language: Language; at: string }): Promise<void>;
  votes(): AsyncIterable<{ topic: FaqTopic; helpful: boolean; at: string }>;
  unansweredQuestions(): AsyncIterable<{ text: string; language: Language; at: string }>;
}
