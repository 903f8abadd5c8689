import { ANSWERS, probabilities } from '../../src/language/faq/classifier';
import type { Answer } from '../../src/language/faq/classifier';
import { featuresOf, ROWS } from '../../src/language/faq/features';
import type { Features } from '../../src/language/faq/features';

/** A training phrase and the topic it asks for. */
export interface Sample {
  readonly text: string;
  readonly topic: Answer;
}

const CLASSES = ANSWERS.length;
// A look-up of the global in this inner loop costs tenfold under jest.
const { sqrt } = Math;
const SETTINGS = { epochs: 14, rate: 0.35, decay: 2e-6, dropout: 0.3, seed: 20261120 };

/**
 * Multinomial logistic regression by stochastic gradient descent with per-weight learning rates (Adagrad). In every
 * epoch each phrase loses part of its features at random, so that no single word carries a topic alone.
 * Deterministic: the same samples give the same weights.
 * @returns a row of weights per feature row, a column per answer
 */
export function train(samples: readonly Sample[]): Float32Array {
  const state: State = {
    weights: new Float32Array(ROWS * CLASSES),
    squares: new Float32Array(ROWS * CLASSES).fill(1e-3),
  };
  const prepared = samples.map((sample) => ({
    features: featuresOf(sample.text),
    label: ANSWERS.indexOf(sample.topic),
  }));
  const random = randomNumbers(SETTINGS.seed);
  for (let epoch = 0; epoch < SETTINGS.epochs; epoch += 1) {
    for (const sample of shuffled(prepared, random)) {
      step(state, thinned(sample.features, random), sample.label);
    }
  }
  return state.weights;
}

interface State {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
}

function step(state: State, features: Features, label: number): void {
  const gradients = probabilities(state.weights, features);
  gradients[label] = (gradients[label] ?? 0) - 1;
  features.rows.forEach((row, index) => {
    const value = features.values[index] ?? 0;
    for (let topic = 0; topic < CLASSES; topic += 1) {
      const at = row * CLASSES + topic;
      const gradient = (gradients[topic] ?? 0) * value + SETTINGS.decay * (state.weights[at] ?? 0);
      state.squares[at] = (state.squares[at] ?? 0) + gradient * gradient;
      state.weights[at] = (state.weights[at] ?? 0) - (SETTINGS.rate * gradient) / sqrt(state.squares[at] ?? 1);
    }
  });
}

function thinned(features: Features, random: () => number): Features {
  const rows: number[] = [];
  const values: number[] = [];
  features.rows.forEach((row, index) => {
    if (index === 0 || random() >= SETTINGS.dropout) {
      rows.push(row);
      values.push((features.values[index] ?? 0) / (1 - SETTINGS.dropout));
    }
  });
  return { rows, values };
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
