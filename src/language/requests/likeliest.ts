import type { Intent } from '../../domain/vocabulary';
import { REQUESTS, type Request } from './columns';
import type { Features } from '../weighted-features';

/** How much a pattern's score counts beside the learned weights (chosen by cross-validation). */
const PATTERN_WORTH = 0.3;
/** How much likelier than learned a request is: people who open the bot mostly want something done. */
const REQUEST_WORTH = 0.3;
const COLUMNS = REQUESTS.length;

/** A row of weights per feature row, a column per request. */
export interface WeightTable {
  readonly weights: ArrayLike<number>;
  readonly scale: number;
}

/** @returns the request that weights and patterns together make likeliest, and how likely of all it is. */
export function likeliest(
  table: WeightTable,
  features: Features,
  patterns: ReadonlyMap<Intent, number>,
): { readonly request: Request; readonly chance: number } {
  const scores = weigh(table, features);
  REQUESTS.forEach((request, column) => {
    const isAnyTalk = request === 'question' || request === 'none';
    scores[column] =
      (scores[column] ?? 0) + (isAnyTalk ? 0 : REQUEST_WORTH + PATTERN_WORTH * (patterns.get(request) ?? 0));
  });
  const highest = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  return { request: REQUESTS[scores.indexOf(highest)] ?? 'none', chance: 1 / total };
}

function weigh({ weights, scale }: WeightTable, { rows, values }: Features): Float64Array {
  const scores = new Float64Array(COLUMNS);
  for (let at = 0; at < rows.length; at += 1) {
    const value = (values[at] ?? 0) * scale;
    const start = (rows[at] ?? 0) * COLUMNS;
    for (let column = 0; column < COLUMNS; column += 1) {
      scores[column] = (scores[column] ?? 0) + value * (weights[start + column] ?? 0);
    }
  }
  return scores;
}
