import { FAQ_TOPICS } from '../../domain/vocabulary';
import type { FaqTopic } from '../../domain/vocabulary';
import type { Features } from './features';

/** What a question may ask for, in the order of the weight table's columns. */
export const ANSWERS = [...FAQ_TOPICS, 'none'] as const;
export type Answer = FaqTopic | 'none';

/**
 * How probable each answer is for a text: the softmax of its weighted features.
 * @param weights a row per feature row, a column per answer @returns one number per member of `ANSWERS`, sum 1
 */
export function probabilities(weights: ArrayLike<number>, features: Features, scale = 1): number[] {
  const scores = new Array<number>(ANSWERS.length).fill(0);
  features.rows.forEach((row, index) => {
    const value = (features.values[index] ?? 0) * scale;
    const start = row * ANSWERS.length;
    for (let column = 0; column < scores.length; column += 1) {
      scores[column] = (scores[column] ?? 0) + value * (weights[start + column] ?? 0);
    }
  });
  const highest = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - highest));
  const total = odds.reduce((sum, value) => sum + value, 0);
  return odds.map((value) => value / total);
}
