import { Temporal } from 'temporal-polyfill';
import { openFaultyProxy, type Fault, type FaultyProxy } from '../adapters/storage/faulty-proxy';
import { gatewayCsv } from '../builders/gateway-csv';
import { useAzurite } from '../azurite';
import { GATEWAY_KEY, LEAD, startBot, type BotUnderTest } from '../wire/bot-under-test';
import { buttonOf, inputsOf, wordsOf } from '../wire/card-reading';
import type { Json, Person, Turn } from '../wire/teams-stand-in';
import { gatewayWorkload, putCustomer, startingOn } from '../wire/gateway-customer';
import { comingDay } from '../coming-days';
import { customerAtWork, truthOf, type Truth } from './customer-at-work';
import { CLOSING_KINDS, Closings, wireOf, type ClosingPress } from './closings';
import { Model, type Press } from './model';

/** `MODEL_STEPS=20000 npx jest test/reliability/model` is the long run; `MODEL_SEED=…` repeats one. */
const STEPS = Number(process.env.MODEL_STEPS ?? 240);
const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000);
const INSTANCES = 2;
const CUSTOMERS = 5;
/** Users at work at the same moment. */
const AT_ONCE = 3;

jest.setTimeout(300_000 + STEPS * 1000);

const azurite = useAzurite();
let proxy: FaultyProxy;
let truth: Truth;
let bots: BotUnderTest[];
let users: Person[];
const model = new Model();
const closings = new Closings();
let random: () => number;
let dates = 0;

/** Small, seeded and good enough: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;

const idOf = (index: number): string => `model-${index}`;
const nameOf = (index: number): string => `Model Customer ${'ABCDEFGH'[index]}`;
/** Every FM has one customer at the milestone that nobody else works on: there the order of presses is known. */
const closingOf = (fm: string): string => `closing-${fm.split('@')[0]}`;
const anyBot = (): BotUnderTest => pick(bots);

/** A weekday nobody has chosen yet, within the next year; unique per change until it comes round again. */
function freshDate(): string {
  dates += 1;
  const day = new Date(Date.now() + (14 + (dates % 300)) * 86_400_000);
  const weekday = day.getUTCDay();
  day.setUTCDate(day.getUTCDate() + (weekday === 0 ? 1 : weekday === 6 ? 2 : 0));
  return day.toISOString().slice(0, 10);
}

beforeAll(async () => {
  random = seeded(SEED);
  console.info(`model test: seed ${SEED}, ${STEPS} steps`);
  proxy = await openFaultyProxy(azurite());
  truth = truthOf(azurite());
  bots = [];
  for (let count = 0; count < INSTANCES; count += 1) {
    bots.push(await startBot(proxy.connectionString));
  }
  const everyone = ['Ann', 'Ben', 'Cho'].map((name) => ({ name, email: `${name.toLowerCase()}@contoso.com` }));
  users = [...everyone, { name: 'Lee', email: LEAD }].map(({ name, email }) => {
    const people = bots.map((bot) => bot.teams.person(name, { email, aadObjectId: `id-of-${name}` }));
    return people[0] as Person;
  });
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const { email } = everyone[index % everyone.length] as { email: string };
    const customer = customerAtWork(nameOf(index), email);
    expect((await putCustomer(anyBot().url, idOf(index), customer)).status).toBe(201);
    model.put(idOf(index), customer);
  }
  for (const { name, email } of everyone) {
    const customerId = closingOf(email);
    const atMilestone = gatewayWorkload('exchange-online', { ...startingOn(comingDay(2)), activeUsers: 150 });
    const customer = customerAtWork(`Closing ${name}`, email, {
      motion: 'RFA',
      accountTeam: ['atu@contoso.com'],
      workloads: [atMilestone],
    });
    expect((await putCustomer(anyBot().url, customerId, customer)).status).toBe(201);
    closings.add(customerId, comingDay(2));
  }
});
afterAll(async () => {
  for (const bot of bots) {
    await bot.close();
  }
  await truth.close();
  await proxy.close();
});

const cardOf = (turn: Turn): Json => turn.cards.at(-1) ?? turn.body?.value;
const customersOf = (user: Person): number[] =>
  Array.from({ length: CUSTOMERS }, (_, index) => index).filter(
    (index) => user.email === LEAD || model.fmOf(idOf(index)) === user.email,
  );

/** Forms that stand in chats, also those that are long outdated. */
const forms = new Map<string, { readonly customerId: string; readonly card: Json }[]>();

async function openForm(user: Person, customerId: string): Promise<Json> {
  const turn = await anyBot().teams.pressCard(user, 'startDate.open', { customerId, workload: 'exchange-online' });
  const card: Json = turn.body?.value;
  if (turn.body?.statusCode !== 200) {
    return undefined;
  }
  const kept = forms.get(user.id) ?? [];
  forms.set(user.id, [...kept, { customerId, card }].slice(-6));
  return card;
}

/** What the bot said about a press: done, refused for a reason, or that it does not know. */
function verdictOf(turn: Turn): 'saved' | 'refused' | 'unknown' {
  if (turn.status !== 200 || turn.body?.statusCode !== 200) {
    return 'unknown';
  }
  return wordsOf(cardOf(turn)).includes('Start date saved') ? 'saved' : 'refused';
}

/** Presses Save, now and then twice at once on two instances; what came to nothing known is pressed again later. */
async function pressSave(user: Person, { customerId, card }: { customerId: string; card: Json }): Promise<void> {
  const button = buttonOf(card, 'startDate.save');
  const entry = { date: freshDate(), occasion: 'kickoff', reason: `reason ${model.newName()}` };
  const press: Press = {
    customerId,
    by: user.email,
    token: String(button.data.token),
    data: { ...inputsOf(card), ...button.data, ...entry },
  };
  const send = async (): Promise<Turn> => anyBot().teams.pressCard(user, 'startDate.save', press.data);
  model.pressed(press);
  const verdicts = (await Promise.all(below(4) === 0 ? [send(), send()] : [send()])).map(verdictOf);
  model.answered(press, verdicts.includes('saved') ? 'saved' : verdicts.includes('unknown') ? 'unknown' : 'refused');
}

/** Presses whose outcome the FM was not told; the next wave waits for it. */
const closingUnknown = new Map<ClosingPress, Person>();

async function pressClosing(user: Person, press: ClosingPress): Promise<void> {
  const { verb, data } = wireOf(press);
  const send = async (): Promise<Turn> => anyBot().teams.pressCard(user, verb, data);
  const turns = await Promise.all(below(4) === 0 ? [send(), send()] : [send()]);
  if (turns.some((turn) => verdictOf(turn) !== 'unknown')) {
    closingUnknown.delete(press);
    closings.done(press);
  } else {
    closingUnknown.set(press, user);
  }
}

const OPERATIONS: readonly { weight: number; act: (user: Person) => Promise<void> }[] = [
  {
    weight: 6,
    act: async (user) => {
      const customerId = idOf(pick(customersOf(user)));
      const card = await openForm(user, customerId);
      if (card && below(5) > 0) {
        await pressSave(user, { customerId, card });
      }
    },
  },
  {
    // A card of long ago, perhaps saved already, perhaps overtaken.
    weight: 3,
    act: async (user) => {
      const old = forms.get(user.id) ?? [];
      if (old.length > 0) {
        await pressSave(user, pick(old));
      }
    },
  },
  {
    weight: 1,
    act: async (user) => void (await anyBot().teams.pressCard(user, 'startDate.cancel', {})),
  },
  {
    weight: 3,
    act: async (user) => {
      const customerId = idOf(pick(customersOf(user)));
      const note = `attempt ${model.newName()}`;
      const data = { customerId, workload: 'exchange-online', note, token: note };
      const send = async (): Promise<Turn> => anyBot().teams.pressCard(user, 'contact.attempt', data);
      const press: Press = { customerId, by: user.email, token: note, data };
      model.pressed(press);
      const turns = await Promise.all(below(4) === 0 ? [send(), send()] : [send()]);
      model.answered(press, turns.some(({ body }) => body?.statusCode === 200) ? 'noted' : 'unknown');
    },
  },
  {
    // Drafts by the FM only, so that the last one acknowledged is the one to find.
    weight: 2,
    act: async (user) => {
      const own = customersOf(user);
      if (user.email === LEAD) {
        return;
      }
      const token = `draft ${model.newName()}`;
      const typed = { readyForMore: 'no', customerStatus: token };
      const press: Press = {
        customerId: idOf(pick(own)),
        by: user.email,
        token,
        data: { workload: 'exchange-online', token, ...typed },
      };
      model.pressed(press);
      const turn = await anyBot().teams.pressCard(user, 'checklist.save', {
        ...press.data,
        customerId: press.customerId,
      });
      model.answered(press, turn.body?.statusCode === 200 ? 'drafted' : 'unknown');
    },
  },
  {
    // Completed, reopened, answered: by its FM alone.
    weight: 6,
    act: async (user) => {
      if (user.email !== LEAD) {
        const customerId = closingOf(user.email);
        const asked = { kind: pick(CLOSING_KINDS), customerId, token: model.newName() };
        const seen = closings.startDateOf(customerId);
        // The days of a weekend become the same Monday, and the same date is no change.
        const date = [freshDate(), freshDate(), freshDate(), freshDate()].find((day) => day !== seen) ?? '';
        const press = { ...asked, seen, date };
        await pressClosing(user, press);
      }
    },
  },
  {
    weight: 3,
    act: async (user) => {
      const index = pick(customersOf(user));
      const said = [
        `Move ${nameOf(index)} Exchange to ${freshDate()}`,
        'my start dates',
        'cancel',
        'what counts as the start date?',
        `history ${nameOf(index)}`,
        '🎉',
      ];
      await anyBot().teams.sendMessage(user, pick(said));
    },
  },
];
const WEIGHED = OPERATIONS.flatMap(({ weight, act }) => Array.from({ length: weight }, () => act));

/** Gateway writes one customer, by PUT or by file; sent again until it is told that it is in. */
async function gatewayWrites(again: boolean): Promise<void> {
  if (!again) {
    const id = idOf(below(CUSTOMERS));
    const customer = model.customer(id);
    model.writing(id, {
      ...customer,
      seats: 2000 + below(1000),
      workloads: customer.workloads.map((workload) => ({ ...workload, activeUsers: below(100) })),
    });
  }
  const { id, customer, byFile } = model.toWrite() ?? {};
  if (id === undefined || customer === undefined) {
    return;
  }
  const bot = anyBot();
  const answer = byFile
    ? await fetch(`${bot.url}/api/gateway/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${GATEWAY_KEY}`, 'content-type': 'text/csv' },
        body: gatewayCsv(model.rowsOf(id, customer)),
      })
    : await putCustomer(bot.url, id, customer);
  expect([200, 503]).toContain(answer.status);
  if (answer.status === 200) {
    model.written(id);
  }
}

const FAULTS: readonly Fault[] = ['lost', 'answerLost', 503, 500];

async function wave(): Promise<void> {
  const often = pick([0, 0.2, 0.6]);
  proxy.decide = () => (random() < often ? pick(FAULTS) : 'pass');
  const shuffled = [...users].sort(() => random() - 0.5).slice(0, AT_ONCE);
  await Promise.all([
    ...shuffled.map(async (user) => pick(WEIGHED)(user)),
    ...(below(3) === 0 ? [gatewayWrites(false)] : []),
  ]);
  proxy.decide = () => 'pass';
  if (model.toWrite()) {
    await gatewayWrites(true);
  }
  for (const [press, user] of closingUnknown) {
    await pressClosing(user, press);
  }
  expect(closingUnknown.size).toBe(0);
  for (const press of model.unknown()) {
    const user = users.find(({ email }) => email === press.by) as Person;
    const verb = 'date' in press.data ? 'startDate.save' : 'note' in press.data ? 'contact.attempt' : 'checklist.save';
    const turn = await anyBot().teams.pressCard(user, verb, { ...press.data, customerId: press.customerId });
    const verdict = verdictOf(turn);
    expect(verdict).not.toBe('unknown');
    model.answered(
      press,
      { 'startDate.save': verdict, 'contact.attempt': 'noted', 'checklist.save': 'drafted' }[verb] as typeof verdict,
    );
  }
}

async function expectTheModel(step: number): Promise<void> {
  const ours = Array.from({ length: CUSTOMERS }, (_, index) => idOf(index));
  const theirs = users.filter(({ email }) => email !== LEAD).map(({ email }) => closingOf(email));
  for (const id of [...ours, ...theirs]) {
    const file = await truth.file(id);
    const part = ours.includes(id) ? model : closings;
    try {
      expect(part.seen(file)).toEqual(part.expected(id));
    } catch (error) {
      throw new Error(`seed ${SEED}, step ${step}, customer ${id}: ${String(error)}`, { cause: error });
    }
  }
}

/** The sweep reads hints only: every live reminder has one for its own instant. */
async function expectDueHints(): Promise<void> {
  const hints = new Set<string>();
  for await (const { customerId, fm, dueAt } of truth.storage.due.due(Temporal.Instant.from('2100-01-01T00:00:00Z'))) {
    hints.add(`${customerId} ${fm} ${dueAt.toString()}`);
  }
  for (const id of [...Array.from({ length: CUSTOMERS }, (_, index) => idOf(index)), closingOf('ann@contoso.com')]) {
    for (const reminder of (await truth.file(id)).reminders.filter(({ status }) => status === 'scheduled')) {
      expect(hints).toContain(`${id} ${reminder.fm} ${reminder.dueAt.toString()}`);
    }
  }
}

test(`after every wave of ${AT_ONCE} users on ${INSTANCES} instances the rows are what was acknowledged`, async () => {
  for (let step = 0; step < STEPS; step += AT_ONCE) {
    await wave();
    await expectTheModel(step);
  }
  await expectDueHints();
  console.info(`model test: ${JSON.stringify(closings.counts)}`);
  const { submit, reopen, newDate } = closings.counts;
  const { saved, repeated, refused, noted, drafted, unknown, gateway } = model.counts;
  console.info(`model test: ${JSON.stringify(model.counts)}`);
  expect(Math.min(submit, reopen, newDate, saved, noted, drafted, gateway)).toBeGreaterThan(0);
  expect(repeated + refused + unknown).toBeGreaterThan(0);
});
