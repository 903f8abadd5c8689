/**
 * `npm run load [-- --fms N] [--json FILE]`: a day of 2,000 FMs in minutes: two instances and Azurite, sign-ins, questions,
 * three changes each, two reminders each, 500 checklists; then far more at once than fits. Prints latencies, memory and
 * what the export says beside what was acknowledged; exit code 1 when anything is lost.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { startFmAssistant } from './bots';
import { fillTables } from './crowd';
import { BareConnector, type BotProcess } from './drive';
import { compare, type Comparison } from './load-check';
import { addressOnLoadRoster, CUSTOMERS_PER_FM, customersOf, knowEverybody, People, type Done } from './load-people';
import { rounded, type Row } from './section';

const { values } = parseArgs({ options: { fms: { type: 'string', default: '2000' }, json: { type: 'string' } } });
const FMS = Number(values.fms);
const CHECKLISTS = Math.round(FMS / 4);
const INSTANCES = 2;
/** Turns at once that Teams has under way in each hour of the day. */
const AT_ONCE = { morning: 32, peak: 64, evening: 16 };
/** Far beyond what two instances take at a time. */
const FLOOD = 1500;
const REMINDERS_PATIENCE_MS = 240_000;

type Work = () => Promise<Done>;

interface Phase {
  readonly name: string;
  readonly done: readonly Done[];
  readonly seconds: number;
  /** Of the larger instance, at its end. */
  readonly rssMb: number;
  /** The most it was. */
  readonly peakMb: number;
}

const RSS_EVERY_MS = 500;

/** Watches the memory of all instances until it is asked. */
function watchRss(bots: readonly BotProcess[]): () => Pick<Phase, 'rssMb' | 'peakMb'> {
  const now = (): number => Math.max(...bots.map((bot) => bot.rssMb()));
  let peakMb = now();
  const timer = setInterval(() => (peakMb = Math.max(peakMb, now())), RSS_EVERY_MS);
  return () => {
    clearInterval(timer);
    return { rssMb: now(), peakMb: Math.max(peakMb, now()) };
  };
}

/** Works through the list with so many at once. */
async function phase(
  name: string,
  atOnce: number,
  works: readonly Work[],
  bots: readonly BotProcess[],
): Promise<Phase> {
  const done: Done[] = [];
  const waiting = works.values();
  const rss = watchRss(bots);
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (const work of waiting) {
      done.push(await work());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const finished = { name, done, seconds: (performance.now() - started) / 1000, ...rss() };
  console.log(JSON.stringify({ ...rowOf(finished), load: rounded(loadavg()[0] ?? 0) }));
  return finished;
}

const isAnswer = ({ status, text }: Done): boolean => status === 200 && !text.includes('microsoft.error');

function rowOf({ name, done, seconds, rssMb, peakMb }: Phase): Row {
  const sorted = done.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  const statusOf = (status: number): number => done.filter((each) => each.status === status).length;
  return {
    phase: name,
    turns: done.length,
    seconds: rounded(seconds),
    'turns/s': rounded(done.length / seconds),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'worst ms': at(1),
    'not answered': done.filter((each) => !isAnswer(each)).length,
    'refused (503)': statusOf(503),
    'no answer': statusOf(0),
    'RSS MB': Math.round(rssMb),
    'RSS peak MB': Math.round(peakMb),
  };
}

/** A list in no order that people would follow, the same in every run. */
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item, index) => ({ item, order: Math.imul(index + 1, 0x9e3779b1) >>> 0 }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);

const everybody = (work: (fm: number) => Promise<Done>): Work[] =>
  Array.from({ length: FMS }, (_unused, fm) => async () => work(fm));

/** Sums a metric over the instances. */
async function metric(bots: readonly BotProcess[], pattern: RegExp): Promise<number> {
  const texts = await Promise.all(bots.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  return texts.flatMap((text) => [...text.matchAll(pattern)]).reduce((sum, [, value]) => sum + Number(value), 0);
}

const remindersSent = async (bots: readonly BotProcess[]): Promise<number> =>
  metric(bots, /^fm_reminders_sent_total (\d+)/gm);

const toldBusy = async (bots: readonly BotProcess[]): Promise<number> =>
  metric(bots, /^fm_turn_duration_seconds_count\{[^}]*outcome="busy"[^}]*\} (\d+)/gm);

/** Each FM is reminded of every customer that was due, once they have signed in. */
async function untilReminded(bots: readonly BotProcess[], wanted: number): Promise<number> {
  const end = performance.now() + REMINDERS_PATIENCE_MS;
  while ((await remindersSent(bots)) < wanted && performance.now() < end) {
    await pause(1000);
  }
  return remindersSent(bots);
}

async function aDay(people: People, bots: readonly BotProcess[]): Promise<{ phases: Phase[]; reminders: number }> {
  const phases: Phase[] = [];
  const run = async (name: string, atOnce: number, works: readonly Work[]): Promise<void> => {
    people.phase = name;
    phases.push(await phase(name, atOnce, works, bots));
  };
  await run(
    'sign-in, while reminders go out',
    AT_ONCE.morning,
    everybody(async (fm) => people.signsIn(fm)),
  );
  await run(
    'questions',
    AT_ONCE.morning,
    everybody(async (fm) => people.asks(fm, 0)),
  );
  const waiting = performance.now();
  const reminders = await untilReminded(bots, FMS * (CUSTOMERS_PER_FM - 1));
  console.log(JSON.stringify({ reminders, 'seconds more': rounded((performance.now() - waiting) / 1000) }));
  // A customer's second change comes after its first: nobody saves on a form that is out of date.
  const changes = [0, 1, 0].map((customer, turn) => everybody(async (fm) => people.moves(fm, customer, turn)));
  await run('peak: changes', AT_ONCE.peak, [...shuffled([...(changes[0] ?? []), ...(changes[1] ?? [])])]);
  await run(
    'peak: changes and questions',
    AT_ONCE.peak,
    shuffled([...(changes[2] ?? []), ...everybody(async (fm) => people.asks(fm, 1))]),
  );
  const completions = Array.from({ length: CHECKLISTS }, (_unused, fm) => async () => people.completes(fm));
  await run('checklists', AT_ONCE.evening, completions);
  const flood = Array.from({ length: FLOOD }, (_unused, index) => async () => people.asks(index % FMS, 2));
  await run('flood: all at once', FLOOD, flood);
  await run('after the flood', AT_ONCE.evening, everybody(async (fm) => people.asks(fm, 3)).slice(0, 400));
  return { phases, reminders };
}

function verdict(phases: readonly Phase[], reminders: number, export_: Comparison): string[] {
  const isFlood = ({ name }: Phase): boolean => name.startsWith('flood');
  const regular = phases.filter((each) => !isFlood(each));
  const failures: [string, boolean][] = [
    ['every turn answered', regular.every(({ done }) => done.every(isAnswer))],
    ['p99 under 5 s', phases.every((each) => Number(rowOf(each)['p99 ms']) < 5000)],
    ['nothing lost', export_.lostChanges + export_.lostCompletions + export_.wrongDates === 0],
    ['every change and checklist acknowledged', export_.changes === FMS * 3 && export_.completed === CHECKLISTS],
    ['every reminder sent', reminders >= FMS * (CUSTOMERS_PER_FM - 1)],
    ['no connection broken by the flood', phases.every(({ done }) => done.every(({ status }) => status !== 0))],
  ];
  return failures.map(([what, holds]) => `${holds ? 'held  ' : 'MISSED'}  ${what}`);
}

async function main(): Promise<void> {
  const storage = await openMemoryStorage();
  const connector = new BareConnector(addressOnLoadRoster);
  const bots: BotProcess[] = [];
  const load = loadavg()[0] ?? 0;
  const started = performance.now();
  try {
    const serviceUrl = await connector.start();
    const { connectionString } = storage;
    await fillTables(connectionString, customersOf(FMS));
    await knowEverybody(connectionString, serviceUrl, FMS);
    const bench = { quick: false, connectionString, connector, serviceUrl, root: join(__dirname, '..', '..') };
    const more = { REMINDER_SWEEP_SECONDS: '30', REMINDER_LOCAL_TIME: 'now', LOG_LEVEL: 'error' };
    for (let instance = 0; instance < INSTANCES; instance += 1) {
      bots.push(await startFmAssistant(bench, [], more));
    }
    const people = new People(
      bots.map(({ url }) => url),
      serviceUrl,
    );
    const { phases, reminders } = await aDay(people, bots);
    await people.close();
    const outcome = {
      load,
      fms: FMS,
      seconds: Math.round((performance.now() - started) / 1000),
      reminders,
      toldBusy: await toldBusy(bots),
      export: await compare(connectionString, people.acknowledged),
    };
    const judged = verdict(phases, reminders, outcome.export);
    console.log(`${JSON.stringify(outcome)}\n${judged.join('\n')}`);
    if (values.json !== undefined) {
      writeFileSync(
        values.json,
        `${JSON.stringify({ ...outcome, phases: phases.map(rowOf), judged }, undefined, 2)}\n`,
      );
    }
    process.exitCode = judged.some((line) => line.startsWith('MISSED')) ? 1 : 0;
  } finally {
    await Promise.all(bots.map(async (bot) => bot.stop()));
    await connector.close();
    await storage.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
