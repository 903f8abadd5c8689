import { Temporal } from 'temporal-polyfill';
import { periodText } from '../../src/locales/format';
import { written } from '../coming-days';
import { LEAD } from './bot-under-test';
import { buttonOf, buttonsOf, cardOf, wordsOf as allWordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { Json, Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let people = 0;
let ana: Person;
let lead: Person;
let customerId: string;
let name: string;

/** Every test has an FM and a customer of its own, and a lead who has none. */
beforeEach(async () => {
  people += 1;
  // Days are counted in UTC here: elsewhere it may be tomorrow already.
  ana = bot.teams.person(`Ana ${people}`, { timeZone: 'UTC' });
  lead = bot.teams.person(`Lead ${people}`, { email: LEAD, timeZone: 'UTC' });
  name = `Litware Insurance ${people}`;
  customerId = `litware-${people}`;
});

const today = (): Temporal.PlainDate => Temporal.Now.plainDateISO('UTC');
const nextMonday = (): Temporal.PlainDate => today().add({ days: 8 - today().dayOfWeek });
const inDays = (days: number): string => today().add({ days }).toString();

const workload = (id: string, start: string | null, more: object = {}): object =>
  gatewayWorkload(id, { ...(start !== null && startingOn(start)), ...more });

const put = async (workloads: object[], changes: object = {}, id = customerId): Promise<void> =>
  putAccepted(bot.url, id, gatewayCustomer(name, ana.email, { workloads, ...changes }));

/** Records a completion, as pressing Submit on the checklist would. */
async function complete(workloadId: 'exchange-online', daysAgo: number): Promise<void> {
  const base = await bot.storage.customers.load(customerId);
  const at = Temporal.Now.instant().subtract({ hours: 24 * daysAgo });
  const checklist = { workload: workloadId, status: 'submitted', steps: {}, nextActionDate: undefined } as const;
  const result = await bot.storage.customers.commit({
    customerId,
    base,
    checklists: [{ ...checklist, at, by: ana.email }],
  });
  expect(result).toEqual({ kind: 'committed' });
}

const said = async (text: string, who = ana): Promise<Turn> => bot.teams.sendMessage(who, text);
const wordsOf = (card: Json): string => allWordsOf(card).replace(/[\u2009\u202F]/g, ' ');
const inGroup = (): Record<string, unknown> => ({
  conversation: {
    id: `19:group-${people}@thread.v2`,
    conversationType: 'groupChat',
    tenantId: bot.teams.tenantId,
  },
});

/** What the picture says beside an FM's name: the values of the facts, overdue first. */
function factsBeside(card: Json, heading: string): string[] {
  for (const container of card.body as Json[]) {
    const [title, facts] = (container.items ?? []) as Json[];
    if (facts?.type === 'FactSet' && allWordsOf(title ?? {}).includes(heading)) {
      return (facts.facts as { value: string }[]).map(({ value }) => value);
    }
  }
  return [];
}

/** The card that shows this FM, however many other FMs there are. */
async function pageWith(heading: string, first: Json): Promise<Json> {
  let card = first;
  for (;;) {
    if (factsBeside(card, heading).length > 0) {
      return card;
    }
    const { data } = buttonOf(card, 'team.show');
    card = cardOf(await bot.teams.pressCard(lead, 'team.show', data, { replyToId: 'team' }));
  }
}

describe('team load', () => {
  test('shows a lead each FM by week; FRP customers do not count (S11)', async () => {
    const next = nextMonday().toString();
    await put([workload('teams', next), workload('intune', next), workload('onedrive', inDays(-30))]);
    await put([workload('teams', next)], { deliveryChannel: 'FRP', name: 'Partnered' }, `${customerId}-frp`);
    const card = cardOf(await said('team load', lead));
    expect(wordsOf(card)).toContain('Most room');
    expect(factsBeside(await pageWith(ana.email, card), ana.email)).toEqual(['■ 1', '0', '■■ 2', '0', '0', '0', '0']);
  });

  test('names who has most room in the week of a sentence', async () => {
    await put([workload('teams', nextMonday().add({ days: 2 }).toString())]);
    const idle = bot.teams.person(`Idle ${people}`);
    await put([workload('teams', inDays(200))], { fm: idle.email }, `${customerId}-idle`);
    const words = wordsOf(cardOf(await said('who has room next week?', lead)));
    expect(words.indexOf(`${idle.email}\n`)).toBeLessThan(words.indexOf('Overdue'));
    expect(words).toContain(' · no starts, none overdue');
  });

  test('moves to a later week, and asks where a date could be two', async () => {
    const monday = nextMonday().add({ weeks: 60 });
    await put([workload('teams', monday.add({ days: 2 }).toString())]);
    const week = `who has room in the week of ${written('en', monday.toString())}?`;
    const card = await pageWith(ana.email, cardOf(await said(week, lead)));
    expect(factsBeside(card, ana.email)).toEqual(['0', '■ 1', '0', '0', '0', '0', '0']);
    const year = today().year + 2;
    const asked = cardOf(await said(`who has room on 03/04/${year}?`, lead));
    expect(wordsOf(asked)).toContain('Which week do you mean?');
    const [first] = buttonsOf(asked);
    const march = Temporal.PlainDate.from({ year, month: 3, day: 4 });
    expect(first?.data).toMatchObject({ date: march.toString() });
    const pressed = await bot.teams.pressCard(lead, 'team.show', first?.data ?? {}, { replyToId: 'team' });
    const shown = march.subtract({ days: march.dayOfWeek - 1 });
    const period = periodText('en', [shown, shown.add({ days: 6 })], { year: true });
    expect(wordsOf(cardOf(pressed))).toContain(period.replace(/[\u2009\u202F]/g, ' '));
  });

  test('a day that does not exist is said to be none', async () => {
    expect(wordsOf(cardOf(await said('who has room on 30 February?', lead)))).toContain('not a date in the calendar');
  });

  test('is for leads: an FM and a stranger see nobody, by sentence or by a forged press', async () => {
    await put([workload('teams', inDays(3))]);
    for (const who of [ana, bot.teams.person(`Stranger ${people}`)]) {
      const turns = [
        await said('team load', who),
        await bot.teams.pressCard(who, 'team.show', { page: 0, date: 'never' }, { replyToId: 'team' }),
      ];
      for (const turn of turns) {
        expect(wordsOf(cardOf(turn))).toContain('Only leads can see');
        expect(wordsOf(cardOf(turn))).not.toContain(ana.email);
      }
    }
  });

  test('forged data shows the picture of today', async () => {
    await put([workload('teams', inDays(3))]);
    for (const data of [
      { page: 999, date: '2026-99-99' },
      { page: -1, date: {} },
      { date: '+275760-09-13' },
      { date: '0000-01-01' },
    ]) {
      const turn = await bot.teams.pressCard(lead, 'team.show', data, { replyToId: 'team' });
      expect(turn.status).toBe(200);
      expect(wordsOf(cardOf(turn))).toContain('Team load');
    }
  });
});

describe('gaps', () => {
  test('show an FM the idle weeks between deployments (S1)', async () => {
    await put([workload('exchange-online', inDays(-100)), workload('teams', inDays(12))]);
    await complete('exchange-online', 30);
    const card = cardOf(await said('gaps'));
    expect(wordsOf(card)).toContain(name);
    expect(wordsOf(card)).toContain(' · 6 idle weeks');
    expect(wordsOf(card)).toMatch(/■+ □+ ◇/);
  });

  test('without serialized deployments there is nothing to see, unless the customer is named', async () => {
    await put([workload('exchange-online', inDays(-100)), workload('teams', null)]);
    expect(wordsOf(cardOf(await said('gaps')))).toContain('None of your customers has serialized deployments');
    const named = wordsOf(cardOf(await said(`gaps ${name}`)));
    expect(named).toContain(' · no idle weeks');
    expect(named).toContain('under way since');
  });

  test('a lead names a customer', async () => {
    await put([workload('exchange-online', inDays(-100)), workload('teams', inDays(5))]);
    await complete('exchange-online', 30);
    expect(wordsOf(cardOf(await said('gaps', lead)))).toContain('Name the customer');
    expect(wordsOf(cardOf(await said(`gaps ${name}`, lead)))).toContain(' · 5 idle weeks');
  });

  test('nobody else sees them, by sentence or by a forged press', async () => {
    await put([workload('exchange-online', inDays(-100)), workload('teams', inDays(5))]);
    const stranger = bot.teams.person(`Stranger ${people}`);
    const turns = [
      await said('gaps', stranger),
      await said(`gaps ${name}`, stranger),
      await bot.teams.pressCard(stranger, 'gaps.show', { customerId, page: 0 }, { replyToId: 'gaps' }),
    ];
    for (const turn of turns) {
      expect(turn.texts.length + turn.cards.length + (turn.body?.value ? 1 : 0)).toBeGreaterThan(0);
      expect(JSON.stringify([turn.calls, turn.body])).not.toMatch(/■|under way|idle weeks/);
    }
  });
});

test('a group chat shows neither', async () => {
  await put([workload('exchange-online', inDays(-100)), workload('teams', inDays(5))]);
  for (const who of [ana, lead]) {
    for (const text of ['team load', 'gaps', `gaps ${name}`]) {
      const turn = await bot.teams.sendMessage(who, text, inGroup());
      expect(JSON.stringify(turn.calls)).not.toMatch(new RegExp(`■|Overdue|${name}`));
    }
    for (const verb of ['team.show', 'gaps.show']) {
      const turn = await bot.teams.pressCard(who, verb, {}, inGroup());
      expect(wordsOf(cardOf(turn))).toContain('one-to-one chat');
    }
  }
});
