import { setTimeout as pause } from 'node:timers/promises';
import { openMemoryStorage } from '../src/adapters/storage/embedded-azurite';
import { startFmAssistant } from './bots';
import { fillTables } from './crowd';
import { BareConnector, type BotProcess } from './drive';
import { compare, type Comparison } from './load-check';
import { addressOnLoadRoster, CUSTOMERS_PER_FM, customersOf, knowEverybody, People, type Done } from './load-people';
import { isAnswer, phase, rowOf, type Phase, type Work } from './load-phase';
import { rounded } from './section';
import type { PartReport, SoakOptions } from './soak-part';

type Size = Pick<SoakOptions, 'fms' | 'days'>;

const INSTANCES = 2;
/** Turns at once that Teams has under way in each hour of the day. */
const AT_ONCE = { morning: 32, peak: 64, evening: 16 };
/** Far beyond what two instances take at a time. */
const FLOOD = 1500;
const FLOOD_NAME = 'flood: all at once';
const REMINDERS_PATIENCE_MS = 240_000;
/** What each hour may take of what is left, where there is an end: as long as they took beside each other on a quiet machine. */
const SHARES = {
  signIn: 45,
  questions: 20,
  reminders: 60,
  changes: 60,
  both: 65,
  checklists: 20,
  rest: 10,
  reading: 30,
};
/** What further hours, and another day, may take of memory beside the first hour after the sign-ins, and the day before. */
const FLAT = { hours: 1.15, days: 1.05 };

/** A list in no order that people would follow, the same in every run. */
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item, index) => ({ item, order: Math.imul(index + 1, 0x9e3779b1) >>> 0 }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);

/** A checklist for every fourth. */
const checklistsOf = (fms: number): number => Math.round(fms / 4);

/** Three each. */
const changesOf = ({ fms, days }: Size): number => days * fms * 3;

/** The FMs of a day: others each day. */
const fmsOf = (fms: number, day: number): number[] =>
  Array.from({ length: fms }, (_unused, index) => day * fms + index);

/** Tells each hour when it has to be over, so that there is time for those after it. */
function timetable(until = Infinity): (hour: keyof typeof SHARES) => number {
  let left = Object.values(SHARES).reduce((sum, share) => sum + share, 0);
  return (hour) => {
    const now = performance.now();
    const end = now + ((until - now) * SHARES[hour]) / left;
    left -= SHARES[hour];
    return end;
  };
}

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
async function untilReminded(bots: readonly BotProcess[], wanted: number, over: number): Promise<void> {
  const started = performance.now();
  const end = Math.min(over, started + REMINDERS_PATIENCE_MS);
  while ((await remindersSent(bots)) < wanted && performance.now() < end) {
    await pause(1000);
  }
  const seconds = rounded((performance.now() - started) / 1000);
  console.log(JSON.stringify({ reminders: await remindersSent(bots), 'seconds more': seconds }));
}

/** The night before: the day's customers come, and their FMs have written before. */
async function theNightBefore(
  { connectionString, serviceUrl }: { readonly connectionString: string; readonly serviceUrl: string },
  fms: readonly number[],
): Promise<void> {
  await knowEverybody(connectionString, serviceUrl, fms);
  await fillTables(connectionString, customersOf(fms));
}

interface Day extends Size {
  readonly day: number;
  /** When it has to be over, whatever has been done by then. */
  readonly until: number | undefined;
}

async function aDay(
  people: People,
  bots: readonly BotProcess[],
  { day, fms: count, days, until }: Day,
): Promise<Phase[]> {
  const fms = fmsOf(count, day);
  const endOf = timetable(until);
  const everybody = (work: (fm: number) => Promise<Done>): Work[] => fms.map((fm) => async () => work(fm));
  const phases: Phase[] = [];
  const run = async (name: string, works: readonly Work[], at: { atOnce: number; end: number }): Promise<void> => {
    people.phase = days > 1 ? `day ${day + 1}: ${name}` : name;
    phases.push(await phase(people.phase, works, bots, at));
  };
  const { morning, peak, evening } = AT_ONCE;
  const signIns = everybody(async (fm) => people.signsIn(fm));
  await run('sign-in, while reminders go out', signIns, { atOnce: morning, end: endOf('signIn') });
  const questions = everybody(async (fm) => people.asks(fm, 0));
  await run('questions', questions, { atOnce: morning, end: endOf('questions') });
  await untilReminded(bots, (day + 1) * count * (CUSTOMERS_PER_FM - 1), endOf('reminders'));
  // A customer's second change comes after its first: nobody saves on a form that is out of date.
  const changes = [0, 1, 0].map((customer, turn) => everybody(async (fm) => people.moves(fm, customer, turn)));
  const twoEach = shuffled([...(changes[0] ?? []), ...(changes[1] ?? [])]);
  await run('peak: changes', twoEach, { atOnce: peak, end: endOf('changes') });
  const asking = everybody(async (fm) => people.asks(fm, 1));
  const both = shuffled([...(changes[2] ?? []), ...asking]);
  await run('peak: changes and questions', both, { atOnce: peak, end: endOf('both') });
  const completions = everybody(async (fm) => people.completes(fm)).slice(0, checklistsOf(count));
  await run('checklists', completions, { atOnce: evening, end: endOf('checklists') });
  const flood = Array.from({ length: FLOOD }, (_unused, at) => async () => people.asks(fms[at % count] ?? 0, 2));
  await run(FLOOD_NAME, flood, { atOnce: FLOOD, end: Infinity });
  const after = everybody(async (fm) => people.asks(fm, 3)).slice(0, 400);
  await run('after the flood', after, { atOnce: evening, end: endOf('rest') });
  return phases;
}

interface Seen {
  readonly days: readonly (readonly Phase[])[];
  readonly asked: People['asked'];
  readonly reminders: number;
  readonly export_: Comparison;
}

function checksOf(size: Size, { days, asked, reminders, export_ }: Seen): PartReport['checks'] {
  const phases = days.flat();
  const regular = phases.filter(({ name }) => !name.endsWith(FLOOD_NAME));
  const memoryOf = (day: readonly Phase[]): number => Math.max(...day.map(({ memory }) => memory.rssPeak));
  const [last = 0, before] = days.map(memoryOf).reverse();
  // Processes that have just started warm up while people sign in.
  const [, first = 0, ...later] = phases.map(({ memory }) => memory.rss);
  const { changes, completed } = export_;
  return [
    ['every turn answered at the first time of asking', regular.every(({ done }) => done.every(isAnswer))],
    ['p99 under 5 s', phases.every((each) => Number(rowOf(each)['p99 ms']) < 5000)],
    // Of a day that hardly took place nothing can be said.
    ['time for half of the day at least', asked.changes * 2 >= changesOf(size)],
    ['nothing lost', export_.lostChanges + export_.lostCompletions + export_.wrongDates === 0],
    ['every change and checklist acknowledged', changes === asked.changes && completed === asked.completions],
    ['every reminder sent', reminders >= size.days * size.fms * (CUSTOMERS_PER_FM - 1)],
    ['no connection broken by the flood', phases.every(({ done }) => done.every(({ status }) => status !== 0))],
    [
      `memory flat: no hour ends with ${FLAT.hours} of the first after the sign-ins`,
      Math.max(...later) < first * FLAT.hours,
    ],
    ...(before === undefined
      ? []
      : [
          [
            'memory flat: the last day, of other people, takes no more than the one before',
            last < before * FLAT.days,
          ] as const,
        ]),
  ];
}

/**
 * A day of 2,000 FMs in minutes: two instances and Azurite, sign-ins, questions, three changes each, two reminders each, 500
 * checklists; then far more at once than fits; at the end the export against what was acknowledged. Each further day is that of
 * as many other people. Where there is an end, an hour that is over leaves out who has not had their turn.
 */
export async function soakLoad({ root, fms, days, until }: SoakOptions): Promise<PartReport> {
  const storage = await openMemoryStorage();
  const connector = new BareConnector(addressOnLoadRoster);
  const bots: BotProcess[] = [];
  try {
    const serviceUrl = await connector.start();
    const { connectionString } = storage;
    const more = { REMINDER_SWEEP_SECONDS: '30', REMINDER_LOCAL_TIME: 'now', LOG_LEVEL: 'error' };
    await theNightBefore({ connectionString, serviceUrl }, fmsOf(fms, 0));
    for (let instance = 0; instance < INSTANCES; instance += 1) {
      bots.push(await startFmAssistant({ root, connectionString }, [], more));
    }
    const people = new People(
      bots.map(({ url }) => url),
      serviceUrl,
    );
    const phases: Phase[][] = [];
    for (let day = 0; day < days; day += 1) {
      if (day > 0) {
        await theNightBefore({ connectionString, serviceUrl }, fmsOf(fms, day));
      }
      phases.push(await aDay(people, bots, { day, fms, days, until }));
    }
    await people.close();
    const [reminders, busy] = [await remindersSent(bots), await toldBusy(bots)];
    const { asked, acknowledged } = people;
    const { lostIn, ...export_ } = await compare(connectionString, acknowledged);
    lostIn.forEach((hour) => console.log(`lost: a change of ${hour}`));
    const turns = phases.flat().reduce((sum, { done }) => sum + done.length, 0);
    return {
      figures: {
        fms: days * fms,
        turns,
        asked: `${asked.changes} of ${changesOf({ fms, days })} changes`,
        reminders,
        'told busy': busy,
        ...export_,
      },
      checks: checksOf({ fms, days }, { days: phases, asked, reminders, export_: { lostIn, ...export_ } }),
      rows: phases.flat().map(rowOf),
    };
  } finally {
    await Promise.all(bots.map(async (bot) => bot.stop()));
    await connector.close();
    await storage.stop();
  }
}
