// A look-up of the global in this inner loop costs tenfold under jest.
const { sqrt, exp } = Math;

/** A text's features and the column that is right for it. */
export interface Example {
  readonly rows: Int32Array;
  readonly values: Float32Array;
  readonly label: number;
}

export interface Examples {
  /** Seen in every epoch. */
  readonly samples: readonly Example[];
  /** Of each, some members are drawn for every epoch: too many, or too much alike, to weigh as much as the samples. */
  readonly pools: readonly (readonly Example[])[];
}

/** Size of the weight table. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

export interface Settings {
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
  /** Share of its features that an example loses at random in each epoch. */
  readonly dropout: number;
  /** Members of each pool drawn for an epoch. */
  readonly drawn: number;
  readonly seeds: readonly number[];
}

/**
 * Multinomial logistic regression by stochastic gradient descent with per-weight learning rates (Adagrad). In every
 * epoch each example loses part of its features at random, so that no single word carries an answer alone.
 * The mean of one run a seed, which differ in order and chance, is taken: one run alone swings by some percent.
 * Deterministic: the same examples give the same weights.
 * @returns the weight table, row by row
 */
export function learn(examples: Examples, shape: Shape, settings: Settings): Float32Array {
  const mean = new Float32Array(shape.rows * shape.columns);
  for (const seed of settings.seeds) {
    const weights = run(examples, { shape, settings, random: randomNumbers(seed) });
    for (let at = 0; at < mean.length; at += 1) {
      mean[at] = (mean[at] ?? 0) + (weights[at] ?? 0) / settings.seeds.length;
    }
  }
  return mean;
}

interface Run {
  readonly shape: Shape;
  readonly settings: Settings;
  readonly random: () => number;
}

function run({ samples, pools }: Examples, { shape, settings, random }: Run): Float32Array {
  const state: State = {
    weights: new Float32Array(shape.rows * shape.columns),
    squares: new Float32Array(shape.rows * shape.columns).fill(1e-3),
    gradients: new Float64Array(shape.columns),
  };
  const filled = pools.filter((pool) => pool.length > 0);
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    const drawn = filled.flatMap((pool) => shuffled(pool, random).slice(0, settings.drawn));
    for (const sample of shuffled([...samples, ...drawn], random)) {
      step(state, thinned(sample, settings.dropout, random), settings);
    }
  }
  return state.weights;
}

interface State {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  /** Of the example in hand, one per column; kept to save its allocation. */
  readonly gradients: Float64Array;
}

function step({ weights, squares, gradients }: State, example: Example, { decay, rate }: Settings): void {
  const columns = gradients.length;
  scoreInto(gradients, weights, example);
  for (let index = 0; index < example.rows.length; index += 1) {
    const value = example.values[index] ?? 0;
    const start = (example.rows[index] ?? 0) * columns;
    for (let column = 0; column < columns; column += 1) {
      const at = start + column;
      const gradient = (gradients[column] ?? 0) * value + decay * (weights[at] ?? 0);
      squares[at] = (squares[at] ?? 0) + gradient * gradient;
      weights[at] = (weights[at] ?? 0) - (rate * gradient) / sqrt(squares[at] ?? 1);
    }
  }
}

/** The probabilities less what they should be. */
function scoreInto(gradients: Float64Array, weights: Float32Array, { rows, values, label }: Example): void {
  const columns = gradients.length;
  gradients.fill(0);
  for (let index = 0; index < rows.length; index += 1) {
    const start = (rows[index] ?? 0) * columns;
    for (let column = 0; column < columns; column += 1) {
      gradients[column] = (gradients[column] ?? 0) + (values[index] ?? 0) * (weights[start + column] ?? 0);
    }
  }
  const highest = gradients.reduce((most, score) => (score > most ? score : most), -Infinity);
  let total = 0;
  for (let column = 0; column < columns; column += 1) {
    gradients[column] = exp((gradients[column] ?? 0) - highest);
    total += gradients[column] ?? 0;
  }
  for (let column = 0; column < columns; column += 1) {
    gradients[column] = (gradients[column] ?? 0) / total - (column === label ? 1 : 0);
  }
}

function thinned(example: Example, dropout: number, random: () => number): Example {
  const kept = example.rows.map((_, index) => (index === 0 || random() >= dropout ? 1 : 0));
  const left = 1 - dropout;
  return {
    rows: example.rows.filter((_, index) => kept[index] === 1),
    values: example.values.filter((_, index) => kept[index] === 1).map((value) => value / left),
    label: example.label,
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

/** A weight table as it is stored: one signed byte per weight, in units of `scale`. */
export interface StoredWeights {
  readonly scale: number;
  /** Base64. */
  readonly weights: string;
}

/** @returns the table in bytes: small enough to be stored, exact enough to decide. */
export function quantised(weights: Float32Array): StoredWeights {
  const largest = weights.reduce((highest, weight) => Math.max(highest, Math.abs(weight)), 0);
  const scale = Number((largest / 127).toPrecision(6));
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  return { scale, weights: Buffer.from(bytes.buffer).toString('base64') };
}
