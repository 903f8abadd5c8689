/**
 * `npm run load [-- --fms N] [--days N] [--json FILE]`: a day of 2,000 FMs in minutes: two instances and Azurite, sign-ins,
 * questions, three changes each, two reminders each, 500 checklists; then far more at once than fits. Each further day is that
 * of as many other people. Prints latencies, memory and what the export says beside what was acknowledged; exit code 1 when
 * anything is lost, or when memory grows from the first hour on, or from one day to the next.
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
import { isAnswer, phase, rowOf, type Phase, type Work } from './load-phase';
import { rounded } from './section';

const { values } = parseArgs({
  options: {
    fms: { type: 'string', default: '2000' },
    days: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const FMS = Number(values.fms);
const DAYS = Number(values.days);
const CHECKLISTS = Math.round(FMS / 4);
const INSTANCES = 2;
/** Turns at once that Teams has under way in each hour of the day. */
const AT_ONCE = { morning: 32, peak: 64, evening: 16 };
/** Far beyond what two instances take at a time. */
const FLOOD = 1500;
const FLOOD_NAME = 'flood: all at once';
const REMINDERS_PATIENCE_MS = 240_000;
/** What the hours after the first, and another day, may take of memory beside the first hour, and the day before. */
const FLAT = { hours: 1.15, days: 1.05 };

/** A list in no order that people would follow, the same in every run. */
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item, index) => ({ item, order: Math.imul(index + 1, 0x9e3779b1) >>> 0 }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);

/** The FMs of a day: others each day. */
const fmsOf = (day: number): number[] => Array.from({ length: FMS }, (_unused, index) => day * FMS + index);

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
async function untilReminded(bots: readonly BotProcess[], wanted: number): Promise<void> {
  const started = performance.now();
  const end = started + REMINDERS_PATIENCE_MS;
  while ((await remindersSent(bots)) < wanted && performance.now() < end) {
    await pause(1000);
  }
  const seconds = rounded((performance.now() - started) / 1000);
  console.log(JSON.stringify({ reminders: await remindersSent(bots), 'seconds more': seconds }));
}

/** The night before: the day's customers come, and their FMs have written before. */
async function theNightBefore(
  { connectionString, serviceUrl }: { readonly connectionString: string; readonly serviceUrl: string },
  day: number,
): Promise<void> {
  await knowEverybody(connectionString, serviceUrl, fmsOf(day));
  await fillTables(connectionString, customersOf(fmsOf(day)));
}

async function aDay(people: People, bots: readonly BotProcess[], day: number): Promise<Phase[]> {
  const fms = fmsOf(day);
  const everybody = (work: (fm: number) => Promise<Done>): Work[] => fms.map((fm) => async () => work(fm));
  const phases: Phase[] = [];
  const run = async (name: string, atOnce: number, works: readonly Work[]): Promise<void> => {
    people.phase = DAYS > 1 ? `day ${day + 1}: ${name}` : name;
    phases.push(await phase(people.phase, atOnce, works, bots));
  };
  const signIns = everybody(async (fm) => people.signsIn(fm));
  await run('sign-in, while reminders go out', AT_ONCE.morning, signIns);
  const questions = everybody(async (fm) => people.asks(fm, 0));
  await run('questions', AT_ONCE.morning, questions);
  await untilReminded(bots, (day + 1) * FMS * (CUSTOMERS_PER_FM - 1));
  // A customer's second change comes after its first: nobody saves on a form that is out of date.
  const changes = [0, 1, 0].map((customer, turn) => everybody(async (fm) => people.moves(fm, customer, turn)));
  await run('peak: changes', AT_ONCE.peak, shuffled([...(changes[0] ?? []), ...(changes[1] ?? [])]));
  const asking = everybody(async (fm) => people.asks(fm, 1));
  await run('peak: changes and questions', AT_ONCE.peak, shuffled([...(changes[2] ?? []), ...asking]));
  const completions = everybody(async (fm) => people.completes(fm)).slice(0, CHECKLISTS);
  await run('checklists', AT_ONCE.evening, completions);
  const flood = Array.from({ length: FLOOD }, (_unused, at) => async () => people.asks(fms[at % FMS] ?? 0, 2));
  await run(FLOOD_NAME, FLOOD, flood);
  await run('after the flood', AT_ONCE.evening, everybody(async (fm) => people.asks(fm, 3)).slice(0, 400));
  return phases;
}

function verdict(days: readonly (readonly Phase[])[], reminders: number, export_: Comparison): string[] {
  const phases = days.flat();
  const regular = phases.filter(({ name }) => !name.endsWith(FLOOD_NAME));
  const memoryOf = (day: readonly Phase[]): number => Math.max(...day.map(({ memory }) => memory.rssPeak));
  const [last = 0, before] = days.map(memoryOf).reverse();
  const [first = 0, ...later] = phases.map(({ memory }) => memory.rss);
  const changes = DAYS * FMS * 3;
  const checks: [string, boolean][] = [
    ['every turn answered at the first time of asking', regular.every(({ done }) => done.every(isAnswer))],
    ['p99 under 5 s', phases.every((each) => Number(rowOf(each)['p99 ms']) < 5000)],
    ['nothing lost', export_.lostChanges + export_.lostCompletions + export_.wrongDates === 0],
    ['every change and checklist acknowledged', export_.changes === changes && export_.completed === DAYS * CHECKLISTS],
    ['every reminder sent', reminders >= DAYS * FMS * (CUSTOMERS_PER_FM - 1)],
    ['no connection broken by the flood', phases.every(({ done }) => done.every(({ status }) => status !== 0))],
    [`memory flat: no hour ends with ${FLAT.hours} of the first's`, Math.max(...later) < first * FLAT.hours],
  ];
  if (before !== undefined) {
    checks.push([
      'memory flat: the last day, of other people, takes no more than the one before',
      last < before * FLAT.days,
    ]);
  }
  return checks.map(([what, holds]) => `${holds ? 'held  ' : 'MISSED'}  ${what}`);
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
    await theNightBefore({ connectionString, serviceUrl }, 0);
    const bench = { quick: false, connectionString, connector, serviceUrl, root: join(__dirname, '..', '..') };
    const more = { REMINDER_SWEEP_SECONDS: '30', REMINDER_LOCAL_TIME: 'now', LOG_LEVEL: 'error' };
    for (let instance = 0; instance < INSTANCES; instance += 1) {
      bots.push(await startFmAssistant(bench, [], more));
    }
    const people = new People(
      bots.map(({ url }) => url),
      serviceUrl,
    );
    const days: Phase[][] = [];
    while (days.length < DAYS) {
      if (days.length > 0) {
        await theNightBefore({ connectionString, serviceUrl }, days.length);
      }
      days.push(await aDay(people, bots, days.length));
    }
    await people.close();
    const reminders = await remindersSent(bots);
    const outcome = {
      load,
      fms: FMS,
      seconds: Math.round((performance.now() - started) / 1000),
      reminders,
      toldBusy: await toldBusy(bots),
      export: await compare(connectionString, people.acknowledged),
    };
    const judged = verdict(days, reminders, outcome.export);
    console.log(`${JSON.stringify(outcome)}\n${judged.join('\n')}`);
    if (values.json !== undefined) {
      writeFileSync(
        values.json,
        `${JSON.stringify({ ...outcome, phases: days.flat().map(rowOf), judged }, undefined, 2)}\n`,
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
