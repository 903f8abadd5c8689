import { startEcho, startFmAssistant } from './bots';
import { drive, type BotProcess } from './drive';
import { median, rounded, type Bench, type Findings, type Section } from './section';

interface Start {
  readonly bot: string;
  readonly readyMs: number;
  readonly readyCpuMs: number;
  readonly firstAnswerMs: number;
  readonly rssMb: number;
}

/** From the start of the process to its first answers, echo and bot in turn; the tables exist, as in production. */
export const startUp: Section = { name: 'start', title: 'Start (medians)', run: runStarts };

async function runStarts(bench: Bench): Promise<Findings> {
  const starts: Start[] = [];
  for (let round = 0; round < (bench.quick ? 1 : 7); round += 1) {
    starts.push(await oneStart(bench, 'echo', startEcho));
    starts.push(await oneStart(bench, 'fm-assistant', startFmAssistant));
  }
  const echo = summaryOf('echo', starts);
  const bot = summaryOf('fm-assistant', starts);
  const ratio = (figure: keyof typeof echo): number => rounded(Number(bot[figure]) / Number(echo[figure]));
  const ratios = {
    bot: 'ratio',
    'ready ms': ratio('ready ms'),
    'CPU ms until ready': ratio('CPU ms until ready'),
    'first answer ms': ratio('first answer ms'),
    'RSS MB': ratio('RSS MB'),
  };
  return {
    rows: [echo, bot, ratios],
    bounds: [{ what: 'time to ready, times echo', atMost: 1.5, seen: ratios['ready ms'] }],
  };
}

async function oneStart(bench: Bench, name: string, start: (bench: Bench) => Promise<BotProcess>): Promise<Start> {
  const began = performance.now();
  const bot = await start(bench);
  const readyCpuMs = bot.cpuMs();
  const activity = (): object => ({ type: 'message', text: 'help' });
  await drive(bot, { serviceUrl: bench.serviceUrl, conversations: 1, turns: 1, activity });
  const found = {
    bot: name,
    readyMs: bot.readyMs,
    readyCpuMs,
    firstAnswerMs: performance.now() - began,
    rssMb: bot.rssMb(),
  };
  await bot.stop();
  return found;
}

function summaryOf(name: string, starts: readonly Start[]) {
  const own = starts.filter(({ bot }) => bot === name);
  const middle = (figure: (start: Start) => number): number => Math.round(median(own.map(figure)));
  return {
    bot: name,
    'ready ms': middle(({ readyMs }) => readyMs),
    'CPU ms until ready': middle(({ readyCpuMs }) => readyCpuMs),
    'first answer ms': middle(({ firstAnswerMs }) => firstAnswerMs),
    'RSS MB': middle(({ rssMb }) => rssMb),
  };
}
