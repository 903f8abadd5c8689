import { importCsv, startEcho, startFmAssistant, storageRequests } from './bots';
import { drive, type BotProcess, type Measure } from './drive';
import { median, rounded, type Bench, type Bound, type Findings, type Row, type Section } from './section';
import { benchGatewayCsv, CONVERSATIONS, ECHO, TURN_KINDS, type TurnKind } from './turn-kinds';

/** How much is driven. V8 needs several thousand echo turns before it is at its best: a cold echo would flatter us. */
const FULL = {
  rounds: 3,
  milliseconds: 2500,
  turns: 100_000,
  echoWarmUpTurns: 6000,
  warmUpMs: 4000,
  conversations: [1, 16, 64],
};
const QUICK = { rounds: 1, milliseconds: 1000, turns: 64, echoWarmUpTurns: 64, warmUpMs: 1000, conversations: [1, 16] };

/** Turns of which storage requests are counted, one conversation after the other. */
const COUNTED = 10;
const ROUNDS_COUNTED = 3;

interface Turns {
  readonly bench: Bench;
  readonly echo: BotProcess;
  readonly bot: BotProcess;
}

interface Block extends Measure {
  readonly kind: string;
  readonly conversations: number;
  readonly ratio: number;
}

/** Each kind of turn beside the plain echo, in rounds that alternate between the two processes. */
export const turns: Section = {
  name: 'turns',
  title: 'Turns (medians of the rounds; unit of CPU: echo)',
  run: runTurns,
};

async function runTurns(bench: Bench): Promise<Findings> {
  const echo = await startEcho(bench);
  const bot = await startFmAssistant(bench);
  try {
    await importCsv(bot, benchGatewayCsv());
    return await measureTurns({ bench, echo, bot });
  } finally {
    await Promise.all([echo.stop(), bot.stop()]);
  }
}

async function measureTurns(on: Turns): Promise<Findings> {
  const plan = on.bench.quick ? QUICK : FULL;
  await driveEcho(on, 16, plan.echoWarmUpTurns);
  await meetEverybody(on);
  const counts = new Map<string, number>();
  for (const kind of TURN_KINDS) {
    await prepare(on, kind, CONVERSATIONS);
    await driveKind(on, kind, 16, plan.warmUpMs);
    await prepare(on, kind, 1);
    counts.set(kind.name, await countStorage(on, kind));
  }
  const blocks: Block[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const conversations of plan.conversations) {
      blocks.push(...(await oneRound(on, conversations)));
    }
  }
  const rows = plan.conversations.flatMap((conversations) =>
    ['echo', ...TURN_KINDS.map(({ name }) => name)].map((kind) => rowOf(blocks, kind, conversations, counts.get(kind))),
  );
  return { rows, bounds: boundsOf(rows) };
}

/** Longer than the reminders' workers rest between two looks into their queue. */
const REPLANNED_MS = 5000;

/** Everybody's first message has their reminders planned anew, some seconds later: not while turns are counted. */
async function meetEverybody({ bench, bot }: Turns): Promise<void> {
  const activity = (): object => ({ type: 'message', text: 'cancel' });
  const { serviceUrl } = bench;
  checked('hello', await drive(bot, { serviceUrl, conversations: CONVERSATIONS, turns: CONVERSATIONS, activity }));
  await storageRequests(bot, REPLANNED_MS);
}

/** Echo, then every kind of turn, each once. */
async function oneRound(on: Turns, conversations: number): Promise<Block[]> {
  const { milliseconds, turns: most } = on.bench.quick ? QUICK : FULL;
  const echo = await driveEcho(on, conversations, most, milliseconds);
  const blocks: Block[] = [{ ...echo, kind: 'echo', conversations, ratio: 1 }];
  for (const kind of TURN_KINDS) {
    await prepare(on, kind, conversations);
    const measure = await driveKind(on, kind, conversations, milliseconds);
    blocks.push({ ...measure, kind: kind.name, conversations, ratio: measure.cpuMsPerTurn / echo.cpuMsPerTurn });
  }
  return blocks;
}

async function driveEcho(
  { bench, echo }: Turns,
  conversations: number,
  most: number,
  milliseconds?: number,
): Promise<Measure> {
  const { serviceUrl } = bench;
  return checked('echo', await drive(echo, { serviceUrl, conversations, turns: most, milliseconds, activity: ECHO }));
}

async function driveKind(
  { bench, bot }: Turns,
  kind: TurnKind,
  conversations: number,
  milliseconds: number,
): Promise<Measure> {
  const most = bench.quick ? QUICK.turns : FULL.turns;
  const wanted = { serviceUrl: bench.serviceUrl, conversations, turns: most, milliseconds, activity: kind.activity };
  const answerHas = kind.answered === 'invoke' ? kind.shows : '';
  return checked(kind.name, await drive(bot, { ...wanted, answerHas }));
}

/** Puts every conversation where the measured turn starts from, and looks whether the turn does what it is meant to do. */
async function prepare({ bench, bot }: Turns, kind: TurnKind, conversations: number): Promise<void> {
  const { serviceUrl, connector } = bench;
  const { before } = kind;
  if (before !== undefined) {
    const activity = (): object => ({ type: 'message', text: before });
    checked(kind.name, await drive(bot, { serviceUrl, conversations, turns: conversations, activity }));
  }
  if (kind.answered === 'message') {
    const sent: string[] = [];
    connector.onSent = (body) => void sent.push(body);
    await drive(bot, { serviceUrl, conversations: 1, turns: 1, activity: kind.activity });
    connector.onSent = undefined;
    if (!sent.some((body) => body.includes(kind.shows))) {
      throw new Error(`"${kind.name}" was answered with ${sent.join(' and ') || 'nothing'}`);
    }
  }
}

async function countStorage({ bench, bot }: Turns, kind: TurnKind): Promise<number> {
  const { serviceUrl } = bench;
  const { activity } = kind;
  // The first turn of the dialog opens it.
  checked(kind.name, await drive(bot, { serviceUrl, conversations: 1, turns: 2, activity }));
  const again = (conversation: number, turn: number): object => activity(conversation, turn + 1);
  const counts: number[] = [];
  // What a sweep or a try repeated on a busy machine adds is not there each time.
  for (let round = 0; round < ROUNDS_COUNTED; round += 1) {
    const before = await storageRequests(bot);
    checked(kind.name, await drive(bot, { serviceUrl, conversations: 1, turns: COUNTED, activity: again }));
    counts.push(((await storageRequests(bot)) - before) / COUNTED);
  }
  return Math.min(...counts);
}

function checked(name: string, measure: Measure): Measure {
  if (measure.failures > 0) {
    throw new Error(`${measure.failures} of ${measure.turns} turns "${name}" failed: ${measure.lastFailure}`);
  }
  return measure;
}

function rowOf(blocks: readonly Block[], kind: string, conversations: number, storage: number | undefined): Row {
  const own = blocks.filter((block) => block.kind === kind && block.conversations === conversations);
  const middle = (figure: (block: Block) => number): number => rounded(median(own.map(figure)));
  return {
    conversations,
    turn: kind,
    turns: own.reduce((sum, block) => sum + block.turns, 0),
    'p50 ms': middle((block) => block.p50Ms),
    'p99 ms': middle((block) => block.p99Ms),
    'turns/s': middle((block) => block.turnsPerSecond),
    'CPU ms/turn': middle((block) => block.cpuMsPerTurn),
    'x echo': middle((block) => block.ratio),
    'storage requests/turn': storage ?? '',
    'RSS MB': Math.round(Math.max(...own.map((block) => block.rssMb))),
  };
}

/** CPU is judged at 16 conversations, as performance.md measured it. */
function boundsOf(rows: readonly Row[]): Bound[] {
  return TURN_KINDS.flatMap(({ name, cpuRatio, storage }) => {
    const row = rows.find((each) => each.turn === name && each.conversations === 16);
    const bound = (what: string, atMost: number | undefined, column: string): Bound[] =>
      atMost === undefined ? [] : [{ what: `${name}: ${what}`, atMost, seen: Number(row?.[column]) }];
    return [
      ...bound('CPU, times echo, at 16 conversations', cpuRatio, 'x echo'),
      ...bound('storage requests per turn', storage, 'storage requests/turn'),
    ];
  });
}
