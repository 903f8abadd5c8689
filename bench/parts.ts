import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CardFigures } from './card-figures';
import { compareFaq, type FaqEvalLine } from './faq-baseline';
import type { LanguageFigures } from './language-figures';
import { rounded, type Bench, type Findings, type Section } from './section';

/** Understanding, without a bot around it. */
export const language: Section = {
  name: 'language',
  title: 'Language (ms; each text the best of five, in the least disturbed of four processes)',
  run: runLanguage,
};

/** Our answers to questions beside a full-text search over the same phrases. */
export const faq: Section = {
  name: 'faq',
  title: 'Questions answered right, % of test/eval/faq.dev.jsonl',
  run: runFaq,
};

/** Building cards, without a bot around it. */
export const cards: Section = { name: 'cards', title: 'Cards (ms)', run: runCards };

/** What a program beside this one prints as JSON. */
async function figuresOf<T>({ root }: Bench, program: string): Promise<T> {
  const script = join(root, 'dist', 'bench', `${program}.js`);
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, root]);
  return JSON.parse(stdout) as T;
}

/** A start happens once in a process: of several, the one that others on the machine disturbed least. */
const READY_RUNS = 4;

const bestOf = ([first, ...others]: readonly LanguageFigures[]): LanguageFigures => {
  if (first === undefined) {
    throw new Error('There is no run');
  }
  return others.reduce((one, other) => (other.longTextMs.worst < one.longTextMs.worst ? other : one), first);
};

async function runLanguage(bench: Bench): Promise<Findings> {
  const runs: LanguageFigures[] = [];
  for (let run = 0; run < (bench.quick ? 1 : READY_RUNS); run += 1) {
    runs.push(await figuresOf<LanguageFigures>(bench, 'language-figures'));
  }
  const { memoryMb, sentenceMs, longTextMs } = bestOf(runs);
  const readyMs = Math.min(...runs.map((run) => run.readyMs));
  const rows = Object.entries({ 'a sentence': sentenceMs, '2,000 characters': longTextMs }).map(([text, spread]) => ({
    text,
    median: rounded(spread.median),
    p99: rounded(spread.p99),
    worst: rounded(spread.worst),
    'index ready ms': rounded(readyMs),
    'memory MB': rounded(memoryMb),
  }));
  return {
    rows,
    bounds: [
      { what: 'understanding a sentence, median ms', atMost: 1, seen: rounded(sentenceMs.median) },
      { what: 'understanding 2,000 characters, worst ms', atMost: 5, seen: rounded(longTextMs.worst) },
      { what: 'index ready, ms', atMost: 100, seen: rounded(readyMs) },
      { what: 'memory of understanding, MB', atMost: 50, seen: rounded(memoryMb) },
    ],
  };
}

async function runFaq({ root }: Bench): Promise<Findings> {
  const lines = readFileSync(join(root, 'test', 'eval', 'faq.dev.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FaqEvalLine);
  const percent = (share: number): number => rounded(share * 100);
  const rows = compareFaq(root, lines).map((each) => ({
    language: each.language,
    lines: each.lines,
    ours: percent(each.ours),
    MiniSearch: percent(each.miniSearch),
  }));
  return Promise.resolve({ rows });
}

async function runCards(bench: Bench): Promise<Findings> {
  const found = await figuresOf<CardFigures[]>(bench, 'card-figures');
  return {
    rows: found.map(({ card, bytes, first, warm }) => ({
      card,
      bytes,
      'first ms': rounded(first),
      'warm ms': rounded(warm),
    })),
  };
}
