import { ANSWERS } from '../../src/language/faq/classifier';
import type { Answer } from '../../src/language/faq/classifier';
import { featuresOf, ROWS } from '../../src/language/faq/features';

/** A training phrase and the topic it asks for. */
export interface Sample {
  readonly text: string;
  readonly topic: Answer;
}

const CLASSES = ANSWERS.length;
// A look-up of the global in this inner loop costs tenfold under jest.
const { sqrt, exp } = Math;
const SETTINGS = {
  epochs: 14,
  rate: 0.35,
  decay: 2e-6,
  dropout: 0.3,
  drawn: 300,
  seeds: [20261120, 20261121, 20261122],
};

interface Prepared {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  readonly label: number;
}

/**
 * Multinomial logistic regression by stochastic gradient descent with per-weight learning rates (Adagrad). In every
 * epoch each phrase loses part of its features at random, so that no single word carries a topic alone.
 * The mean of several runs, which differ in order and chance, is taken: one run alone swings by some percent.
 * Deterministic: the same samples give the same weights.
 * @param samples seen in every epoch
 * @param pools of each, some members are drawn for every epoch: put together by rule, they are too many and too much
 * alike to weigh as much as the samples @returns a row of weights per feature row, a column per answer
 */
export function train(samples: readonly Sample[], pools: readonly (readonly Sample[])[] = []): Float32Array {
  const prepared = samples.map(prepare);
  const preparedPools = pools.map((pool) => pool.map(prepare)).filter((pool) => pool.length > 0);
  const mean = new Float32Array(ROWS * CLASSES);
  for (const seed of SETTINGS.seeds) {
    const weights = run(prepared, preparedPools, randomNumbers(seed));
    for (let at = 0; at < mean.length; at += 1) {
      mean[at] = (mean[at] ?? 0) + (weights[at] ?? 0) / SETTINGS.seeds.length;
    }
  }
  return mean;
}

function run(
  samples: readonly Prepared[],
  pools: readonly (readonly Prepared[])[],
  random: () => number,
): Float32Array {
  const state: State = {
    weights: new Float32Array(ROWS * CLASSES),
    squares: new Float32Array(ROWS * CLASSES).fill(1e-3),
    gradients: new Float64Array(CLASSES),
  };
  for (let epoch = 0; epoch < SETTINGS.epochs; epoch += 1) {
    const drawn = pools.flatMap((pool) => shuffled(pool, random).slice(0, SETTINGS.drawn));
    for (const sample of shuffled([...samples, ...drawn], random)) {
      step(state, thinned(sample, random));
    }
  }
  return state.weights;
}

function prepare({ text, topic }: Sample): Prepared {
  const { rows, values } = featuresOf(text);
  return { rows: Int32Array.from(rows), values: Float32Array.from(values), label: ANSWERS.indexOf(topic) };
}

interface State {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  /** Of the sample in hand, one per answer; kept to save its allocation. */
  readonly gradients: Float64Array;
}

function step({ weights, squares, gradients }: State, sample: Prepared): void {
  scoreInto(gradients, weights, sample);
  for (let index = 0; index < sample.rows.length; index += 1) {
    const value = sample.values[index] ?? 0;
    const start = (sample.rows[index] ?? 0) * CLASSES;
    for (let topic = 0; topic < CLASSES; topic += 1) {
      const at = start + topic;
      const gradient = (gradients[topic] ?? 0) * value + SETTINGS.decay * (weights[at] ?? 0);
      squares[at] = (squares[at] ?? 0) + gradient * gradient;
      weights[at] = (weights[at] ?? 0) - (SETTINGS.rate * gradient) / sqrt(squares[at] ?? 1);
    }
  }
}

/** The probabilities less what they should be. */
function scoreInto(gradients: Float64Array, weights: Float32Array, { rows, values, label }: Prepared): void {
  gradients.fill(0);
  for (let index = 0; index < rows.length; index += 1) {
    const start = (rows[index] ?? 0) * CLASSES;
    for (let topic = 0; topic < CLASSES; topic += 1) {
      gradients[topic] = (gradients[topic] ?? 0) + (values[index] ?? 0) * (weights[start + topic] ?? 0);
    }
  }
  const highest = gradients.reduce((most, score) => (score > most ? score : most), -Infinity);
  let total = 0;
  for (let topic = 0; topic < CLASSES; topic += 1) {
    gradients[topic] = exp((gradients[topic] ?? 0) - highest);
    total += gradients[topic] ?? 0;
  }
  for (let topic = 0; topic < CLASSES; topic += 1) {
    gradients[topic] = (gradients[topic] ?? 0) / total - (topic === label ? 1 : 0);
  }
}

function thinned(sample: Prepared, random: () => number): Prepared {
  const kept = sample.rows.map((_, index) => (index === 0 || random() >= SETTINGS.dropout ? 1 : 0));
  const left = 1 - SETTINGS.dropout;
  return {
    rows: sample.rows.filter((_, index) => kept[index] === 1),
    values: sample.values.filter((_, index) => kept[index] === 1).map((value) => value / left),
    label: sample.label,
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** A small seeded generator (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
