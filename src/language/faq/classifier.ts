import { FAQ_TOPICS } from '../../domain/vocabulary';
import type { FaqTopic } from '../../domain/vocabulary';
import type { Features } from '../weighted-features';

/** What a question may ask for, in the order of the weight table's columns. */
export const ANSWERS = [...FAQ_TOPICS, 'none'] as const;
export type Answer = FaqTopic | 'none';
const COLUMNS = ANSWERS.length;

/**
 * How probable each answer is for a text: the softmax of its weighted features.
 * @param weights a row per feature row, a column per answer @returns one number per member of `ANSWERS`, sum 1
 */
export function probabilities(weights: ArrayLike<number>, features: Features, scale = 1): number[] {
  const scores = new Float64Array(COLUMNS);
  const { rows, values } = features;
  for (let index = 0; index < rows.length; index += 1) {
    const value = (values[index] ?? 0) * scale;
    const start = (rows[index] ?? 0) * COLUMNS;
    for (let column = 0; column < COLUMNS; column += 1) {
      scores[column] = (scores[column] ?? 0) + value * (weights[start + column] ?? 0);
    }
  }
  const highest = Math.max(...scores);
  const odds = Array.from(scores, (score) => Math.exp(score - highest));
  const total = odds.reduce((sum, value) => sum + value, 0);
  return odds.map((value) => value / total);
}
