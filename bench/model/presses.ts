import type { Person } from '../../test/wire/teams-stand-in';
import { buttonOf, inputsOf } from '../../test/wire/card-reading';
import type { Closings } from './closings';
import { CLOSING_KINDS, wireOf, type ClosingPress } from './closings';
import type { Dice } from './dice';
import { cardOf, verdictOf, type Fleet, type Verdict } from './fleet';
import type { SharedCustomers } from './shared-customers';
import { type Entry } from './shared-customers';

/** A press, and what the model learns once its outcome is known. */
interface Press {
  readonly user: Person;
  readonly verb: string;
  readonly data: object;
  readonly learn: (verdict: Exclude<Verdict, 'unknown'>) => void;
}

/** A form in somebody's chat. */
interface Form {
  readonly customerId: string;
  readonly card: object;
}

/** The people of a round and what they have before them. */
export interface World {
  readonly fleet: Fleet;
  readonly leads: readonly Person[];
  readonly shared: SharedCustomers;
  readonly closings: Closings;
  /** Every FM has one customer at the milestone that nobody else works on: there the order of presses is known. */
  readonly closingOf: ReadonlyMap<Person, string>;
  /** Forms that stand in chats, also those that are long outdated. */
  readonly forms: Map<Person, readonly Form[]>;
  /** Presses whose outcome nobody was told; they are pressed again before anything else is. */
  readonly unsettled: Set<Press>;
  /** How often nobody was told. */
  unknown: number;
  names: number;
}

const FORMS_KEPT = 6;

/** What a person does in a wave. */
export async function act(world: World, user: Person, dice: Dice): Promise<void> {
  await dice.pick(WEIGHED)(world, user, dice);
}

/** Presses what nobody knows the outcome of until it is known. */
export async function settle(world: World, dice: Dice): Promise<void> {
  for (const press of world.unsettled) {
    await once(world, press, dice, 1);
  }
}

type Act = (world: World, user: Person, dice: Dice) => Promise<void>;

const newName = (world: World): string => `number-${(world.names += 1)}`;
const isLead = ({ leads }: World, user: Person): boolean => leads.includes(user);
const customersOf = (world: World, user: Person): string[] =>
  world.shared.ids.filter((id) => isLead(world, user) || world.shared.customer(id).fm === user.email);

/** Presses, now and then twice at once on two instances. */
async function pressed(world: World, press: Press, dice: Dice): Promise<void> {
  world.unsettled.add(press);
  await once(world, press, dice, dice.oneIn(4) ? 2 : 1);
}

async function once(world: World, press: Press, dice: Dice, times: number): Promise<void> {
  const turns = Array.from({ length: times }, async () => world.fleet.press(dice, press.user, press));
  const verdicts = (await Promise.all(turns)).map(verdictOf);
  const verdict = (['saved', 'unknown', 'answered'] as const).find((each) => verdicts.includes(each)) ?? 'unknown';
  if (verdict === 'unknown') {
    world.unknown += 1;
  } else {
    world.unsettled.delete(press);
    press.learn(verdict);
  }
}

async function saveForm(world: World, user: Person, { customerId, card }: Form, dice: Dice): Promise<void> {
  const { data } = buttonOf(card, 'startDate.save');
  const typed = { date: dice.weekday(), occasion: 'kickoff', reason: `reason ${newName(world)}` };
  const entry: Entry = {
    customerId,
    by: user.email,
    token: String(data.token),
    data: { ...inputsOf(card), ...data, ...typed },
  };
  const learn: Press['learn'] = (verdict) =>
    verdict === 'saved' ? world.shared.did('saved', entry) : world.shared.refused();
  await pressed(world, { user, verb: 'startDate.save', data: entry.data, learn }, dice);
}

const opensForm: Act = async (world, user, dice) => {
  const customerId = dice.pick(customersOf(world, user));
  const data = { customerId, workload: 'exchange-online' };
  const card = cardOf(await world.fleet.press(dice, user, { verb: 'startDate.open', data })) as object | undefined;
  if (card) {
    const form = { customerId, card };
    world.forms.set(user, [...(world.forms.get(user) ?? []), form].slice(-FORMS_KEPT));
    if (!dice.oneIn(5)) {
      await saveForm(world, user, form, dice);
    }
  }
};

/** A card of long ago, perhaps saved already, perhaps overtaken. */
const savesOldForm: Act = async (world, user, dice) => {
  const old = world.forms.get(user) ?? [];
  if (old.length > 0) {
    await saveForm(world, user, dice.pick(old), dice);
  }
};

const cancels: Act = async (world, user, dice) => {
  await world.fleet.press(dice, user, { verb: 'startDate.cancel', data: {} });
};

const recordsAttempt: Act = async (world, user, dice) => {
  const customerId = dice.pick(customersOf(world, user));
  const token = `attempt ${newName(world)}`;
  const data = { customerId, workload: 'exchange-online', note: token, token };
  const learn = (): void => world.shared.did('noted', { customerId, by: user.email, token, data });
  await pressed(world, { user, verb: 'contact.attempt', data, learn }, dice);
};

/** By the FM only, so that the last one acknowledged is the one to find. */
const savesDraft: Act = async (world, user, dice) => {
  if (!isLead(world, user)) {
    const customerId = dice.pick(customersOf(world, user));
    const token = `draft ${newName(world)}`;
    const data = { customerId, workload: 'exchange-online', token, readyForMore: 'no', customerStatus: token };
    const learn = (): void => world.shared.did('drafted', { customerId, by: user.email, token, data });
    await pressed(world, { user, verb: 'checklist.save', data, learn }, dice);
  }
};

/** Completed, reopened, answered: by its FM alone. */
const worksOnClosing: Act = async (world, user, dice) => {
  const customerId = world.closingOf.get(user);
  if (customerId !== undefined) {
    const { closings } = world;
    const seen = closings.startDateOf(customerId);
    const asked = { kind: dice.pick(CLOSING_KINDS), customerId, token: newName(world), seen };
    // The same date is no change.
    const date = Array.from({ length: 9 }, () => dice.weekday()).find((day) => day !== seen) ?? '';
    const press: ClosingPress = { ...asked, date };
    await pressed(world, { user, ...wireOf(press), learn: () => closings.done(press) }, dice);
  }
};

const writes: Act = async (world, user, dice) => {
  const { name } = world.shared.customer(dice.pick(customersOf(world, user)));
  const said = [
    `Move ${name} Exchange to ${dice.weekday()}`,
    'my start dates',
    'cancel',
    'what counts as the start date?',
    `history ${name}`,
    '🎉',
  ];
  await world.fleet.say(dice, user, dice.pick(said));
};

const WEIGHED = (
  [
    [6, opensForm],
    [3, savesOldForm],
    [1, cancels],
    [3, recordsAttempt],
    [2, savesDraft],
    [6, worksOnClosing],
    [3, writes],
  ] as const
).flatMap(([weight, does]) => Array.from({ length: weight }, (): Act => does));
