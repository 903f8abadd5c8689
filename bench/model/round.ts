import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { exportOne } from '../../src/usecases/export-records';
import type { Fault, FaultyProxy } from '../../test/adapters/storage/faulty-proxy';
import { comingDay } from '../../test/coming-days';
import { customerAtWork, type Truth } from '../../test/reliability/customer-at-work';
import { gatewayWorkload, putAccepted, startingOn } from '../../test/wire/gateway-customer';
import type { Person } from '../../test/wire/teams-stand-in';
import { GATEWAY_KEY } from '../bots';
import { Closings } from './closings';
import { Dice } from './dice';
import { listsOf, wholeExport, type Exported } from './exported';
import type { Fleet } from './fleet';
import { GatewayWrites } from './gateway-writes';
import { act, settle, type World } from './presses';
import { SharedCustomers, type PutCustomer } from './shared-customers';

/** Where rounds are played. */
export interface Stage {
  readonly fleet: Fleet;
  readonly leads: readonly Person[];
  /** Between the instances and their tables. */
  readonly proxy: FaultyProxy;
  readonly truth: Truth;
}

export interface RoundOptions {
  readonly seed: number;
  readonly steps: number;
  /** Ends it earlier, by `performance.now()`. */
  readonly until?: number;
  readonly fms: number;
  /** One wave in so many kills an instance. */
  readonly killEvery: number;
}

export type Counts = Readonly<Record<string, number>>;

const FAULTS: readonly Fault[] = ['lost', 'answerLost', 503, 500];
/** An instance that has just started may still need a moment. */
const SETTLING_TRIES = 40;
const KILL_WITHIN_MS = 200;

/**
 * Waves of people and Gateway at work on several instances, while storage fails and instances are killed. After each wave, when
 * all that was unknown has been pressed again, what the export says about every customer is what was acknowledged.
 * @returns what was done. @throws at the first difference, with the seed and the step.
 */
export async function playRound(stage: Stage, options: RoundOptions): Promise<Counts> {
  const { seed, steps, until = Infinity, fms, killEvery } = options;
  const { fleet, proxy, truth, leads } = stage;
  const { world, gateway } = await people(stage, seed, fms);
  const users = [...world.closingOf.keys(), ...leads];
  const killsBefore = fleet.kills;
  let done = 0;
  try {
    for (let wave = 1; done < steps && performance.now() < until; wave += 1) {
      const dice = new Dice(seed, wave);
      const often = dice.pick([0, 0.2, 0.6]);
      const faults = new Dice(seed, wave, -1);
      proxy.decide = () => (faults.next() < often ? faults.pick(FAULTS) : 'pass');
      await Promise.all([
        ...users.map(async (user, place) => act(world, user, new Dice(seed, wave, place))),
        ...(dice.oneIn(3) ? [gateway.write(new Dice(seed, wave, -2))] : []),
        ...(dice.oneIn(killEvery) ? [pause(dice.below(KILL_WITHIN_MS)).then(async () => fleet.killOne(dice))] : []),
      ]);
      proxy.decide = () => 'pass';
      done += users.length;
      await settleAll(world, gateway, dice);
      await compare(world, async (id) => listsOf((await exportOne(truth.storage, id)) ?? []));
      forget(stage);
    }
    await fleet.whole();
    const exported = await wholeExport(truth.storage);
    await compare(world, (id) => exported.get(id) ?? listsOf([]));
    await expectDueHints(truth, [...world.shared.ids, ...world.closings.ids]);
  } catch (error) {
    throw new Error(`seed ${seed}, step ${done}: ${String(error)}`, { cause: error });
  } finally {
    proxy.decide = () => 'pass';
  }
  const { unknown } = world;
  return { steps: done, kills: fleet.kills - killsBefore, unknown, ...world.shared.counts, ...world.closings.counts };
}

async function settleAll(world: World, gateway: GatewayWrites, dice: Dice): Promise<void> {
  for (let tries = 1; world.unsettled.size > 0 || gateway.unsettled; tries += 1) {
    assert(tries < SETTLING_TRIES, `no answer to ${JSON.stringify([...world.unsettled].map(({ data }) => data))}`);
    await pause(tries > 1 ? 100 : 0);
    await settle(world, dice);
    await gateway.again(dice);
  }
}

async function compare(world: World, exportOf: (id: string) => Exported | Promise<Exported>): Promise<void> {
  for (const part of [world.shared, world.closings]) {
    await Promise.all(
      part.ids.map(async (id) => assert.deepEqual(part.seen(await exportOf(id)), part.expected(id), undefined)),
    );
  }
}

/** The sweep reads hints only: every live reminder has one for its own instant. */
async function expectDueHints(truth: Truth, ids: readonly string[]): Promise<void> {
  const hints = new Set<string>();
  for await (const { customerId, fm, dueAt } of truth.storage.due.due(Temporal.Instant.from('2100-01-01T00:00:00Z'))) {
    hints.add(`${customerId} ${fm} ${dueAt.toString()}`);
  }
  for (const id of ids) {
    for (const { fm, dueAt } of (await truth.file(id)).reminders.filter(({ status }) => status === 'scheduled')) {
      const hint = `${id} ${fm} ${dueAt.toString()}`;
      assert(hints.has(hint), `no due hint ${hint}`);
    }
  }
}

/** What was recorded of earlier waves is looked at by nobody. */
function forget({ fleet, proxy }: Stage): void {
  fleet.forgetCalls();
  proxy.seen.length = 0;
  proxy.accepted.length = 0;
}

/** Each round has FMs and customers of its own: two more of those than FMs, and one at the milestone per FM. */
async function people(
  { fleet, leads }: Stage,
  seed: number,
  fms: number,
): Promise<{ readonly world: World; readonly gateway: GatewayWrites }> {
  const shared = new SharedCustomers();
  const closings = new Closings();
  const closingOf = new Map<Person, string>();
  const dice = new Dice(seed);
  const put = async (id: string, customer: object): Promise<void> =>
    putAccepted(fleet.url(dice), id, customer, GATEWAY_KEY);
  for (let index = 0; index < fms; index += 1) {
    const email = `fm${index}-${seed}@contoso.com`;
    const id = `closing-${seed}-${index}`;
    closingOf.set(fleet.person(`Fm${index} ${seed}`, email), id);
    const atMilestone = gatewayWorkload('exchange-online', { ...startingOn(comingDay(2)), activeUsers: 150 });
    const more = { motion: 'RFA', accountTeam: ['atu@contoso.com'], workloads: [atMilestone] };
    await put(id, customerAtWork(`Closing ${seed} ${index}`, email, more));
    closings.add(id, email, comingDay(2));
  }
  for (let index = 0; index < fms + 2; index += 1) {
    const id = `model-${seed}-${index}`;
    const customer = customerAtWork(`Model ${seed} ${index}`, `fm${index % fms}-${seed}@contoso.com`);
    await put(id, customer);
    shared.put(id, customer as PutCustomer);
  }
  const rest = { forms: new Map(), unsettled: new Set<never>(), unknown: 0, names: 0 };
  return {
    world: { fleet, leads, shared, closings, closingOf, ...rest },
    gateway: new GatewayWrites(fleet, shared),
  };
}
