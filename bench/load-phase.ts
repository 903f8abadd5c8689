import { loadavg } from 'node:os';
import type { BotProcess } from './drive';
import type { Done } from './load-people';
import { rounded, type Row } from './section';

export type Work = () => Promise<Done>;

/** Megabytes, of the larger instance. */
export interface Memory {
  /** At the end of the hour, and the most it was. */
  readonly rss: number;
  readonly rssPeak: number;
  /** What V8 holds for its heap at the end, live or not. */
  readonly heap: number;
  /** The least that was in use: about what is live, and the turns of that moment. */
  readonly live: number;
  /** Buffers, and the program's text. */
  readonly external: number;
}

/** An hour of the day. */
export interface Phase {
  readonly name: string;
  /** Turns there would have been, had there been time for all. */
  readonly planned: number;
  readonly done: readonly Done[];
  readonly seconds: number;
  readonly memory: Memory;
}

const LOOK_EVERY_MS = 1000;
const MB = 1024 * 1024;

/** Watches the memory of one instance until it is asked; what V8 holds is read from its /metrics. */
function watch(bot: BotProcess): () => Promise<Memory> {
  let rssPeak = 0;
  let heap = 0;
  let external = 0;
  let live = Infinity;
  const look = async (): Promise<void> => {
    rssPeak = Math.max(rssPeak, bot.rssMb());
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]) / MB;
    heap = valueOf('nodejs_heap_size_total_bytes');
    external = valueOf('nodejs_external_memory_bytes');
    live = Math.min(live, valueOf('nodejs_heap_size_used_bytes'));
  };
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = undefined));
  }, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await looking;
    await look();
    return { rss: bot.rssMb(), rssPeak, heap, live, external };
  };
}

function larger(memories: readonly Memory[]): Memory {
  const most = (of: (memory: Memory) => number): number => Math.max(...memories.map(of));
  return {
    rss: most(({ rss }) => rss),
    rssPeak: most(({ rssPeak }) => rssPeak),
    heap: most(({ heap }) => heap),
    live: most(({ live }) => live),
    external: most(({ external }) => external),
  };
}

/** Works through the list with so many at once until `end`, by `performance.now()`, and prints the hour's row. */
export async function phase(
  name: string,
  works: readonly Work[],
  bots: readonly BotProcess[],
  { atOnce, end }: { readonly atOnce: number; readonly end: number },
): Promise<Phase> {
  const done: Done[] = [];
  const waiting = works.values();
  const watches = bots.map(watch);
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done && performance.now() < end; next = waiting.next()) {
      done.push(await next.value());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - started) / 1000;
  const memory = larger(await Promise.all(watches.map(async (look) => look())));
  const finished = { name, planned: works.length, done, seconds, memory };
  console.log(JSON.stringify({ ...rowOf(finished), load: rounded(loadavg()[0] ?? 0) }));
  return finished;
}

/** Whether the bot did what it was asked for, at the first time of asking. */
export const isAnswer = ({ status, text, presses }: Done): boolean =>
  status === 200 && presses === 1 && !text.includes('microsoft.error');

/** An hour's line in the table. */
export function rowOf({ name, planned, done, seconds, memory }: Phase): Row {
  const sorted = done.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  const statusOf = (status: number): number => done.filter((each) => each.status === status).length;
  return {
    phase: name,
    turns: done.length,
    'left out': planned - done.length,
    seconds: rounded(seconds),
    'turns/s': rounded(done.length / seconds),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'worst ms': at(1),
    'not answered': done.filter((each) => !isAnswer(each)).length,
    'pressed again': done.filter(({ presses }) => presses > 1).length,
    'refused (503)': statusOf(503),
    'no answer': statusOf(0),
    'RSS MB': Math.round(memory.rss),
    'RSS peak MB': Math.round(memory.rssPeak),
    'heap MB': Math.round(memory.heap),
    'used at least MB': Math.round(memory.live),
    'external MB': Math.round(memory.external),
  };
}
