import { ANSWERS } from '../../src/language/faq/classifier';
import type { Answer } from '../../src/language/faq/classifier';
import { featuresOf, ROWS } from '../../src/language/faq/features';
import { learn } from '../learn';
import type { Example } from '../learn';

/** A training phrase and the topic it asks for. */
export interface Sample {
  readonly text: string;
  readonly topic: Answer;
}

const SETTINGS = {
  epochs: 14,
  rate: 0.35,
  decay: 2e-6,
  dropout: 0.3,
  drawn: 300,
  seeds: [20261120, 20261121, 20261122],
};

/**
 * The weights of the playbook questions' classifier, see `learn`.
 * @param samples seen in every epoch @param pools of each, some members are drawn for every epoch
 * @returns a row of weights per feature row, a column per answer
 */
export function train(samples: readonly Sample[], pools: readonly (readonly Sample[])[] = []): Float32Array {
  const examples = { samples: samples.map(example), pools: pools.map((pool) => pool.map(example)) };
  return learn(examples, { rows: ROWS, columns: ANSWERS.length }, SETTINGS);
}

function example({ text, topic }: Sample): Example {
  const { rows, values } = featuresOf(text);
  return { rows: Int32Array.from(rows), values: Float32Array.from(values), label: ANSWERS.indexOf(topic) };
}
