/** Measures the understanding of sentences in a process of its own, and prints the figures as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { SAMPLE_CUSTOMERS } from '../src/sample/sample-gateway-csv';
import { median } from './section';

export interface LanguageFigures {
  /** From asking for the modules to the first sentence understood and the first question answered. */
  readonly readyMs: number;
  readonly memoryMb: number;
  readonly sentenceMs: Spread;
  readonly longTextMs: Spread;
}

interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

const LONGEST = 2000;
const WARM_UP = 3;
const ROUNDS = 5;

const memoryMb = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 ** 2;
};

function spreadOf(durations: number[]): Spread {
  durations.sort((one, other) => one - other);
  const at = (share: number): number => durations[Math.floor((durations.length - 1) * share)] ?? 0;
  return { median: median(durations), p99: at(0.99), worst: at(1) };
}

/**
 * CPU of this thread is what counts, on a machine others use too: each text's best of some rounds. All texts take turns,
 * so that nothing remembered of the text before helps.
 */
function bestOf(rounds: number, texts: readonly string[], work: (text: string) => unknown): number[] {
  const best = texts.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    texts.forEach((text, index) => {
      const started = performance.now();
      work(text);
      best[index] = Math.min(best[index] ?? Infinity, performance.now() - started);
    });
  }
  return best;
}

const textsOf = (root: string, set: string): string[] =>
  readFileSync(join(root, 'test', 'eval', `${set}.dev.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text);

async function figures(root: string): Promise<LanguageFigures> {
  const sentences = [...textsOf(root, 'utterances'), ...textsOf(root, 'faq')];
  const context = { today: Temporal.PlainDate.from('2026-11-20'), candidates: SAMPLE_CUSTOMERS };
  const before = memoryMb();
  const started = performance.now();
  const { understand } = await import('../src/language/understand');
  const { findTopic } = await import('../src/language/faq/find-topic');
  const allParts = (text: string): unknown => [understand(text, context), findTopic(text)];
  allParts('Move Contoso Exchange to 3 March, they postponed the kickoff');
  const readyMs = performance.now() - started;
  const used = memoryMb() - before;
  // 2,000 characters of what people write: sentences one after the other, from every place in the set.
  const joined = sentences.join(' ');
  const longTexts = Array.from({ length: 60 }, (_unused, index) =>
    joined.slice(Math.floor((index * (joined.length - LONGEST)) / 60)).slice(0, LONGEST),
  );
  for (let round = 0; round < WARM_UP; round += 1) {
    [...sentences, ...longTexts].forEach(allParts);
  }
  return {
    readyMs,
    memoryMb: used,
    sentenceMs: spreadOf(bestOf(ROUNDS, sentences, allParts)),
    longTextMs: spreadOf(bestOf(ROUNDS, longTexts, allParts)),
  };
}

void figures(process.argv[2] ?? process.cwd()).then((found) => process.stdout.write(JSON.stringify(found)));
