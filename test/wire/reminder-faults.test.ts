import type { Reminder } from '../../src/domain/records';
import { systemClock } from '../../src/stores';
import { LEAD } from './bot-under-test';
import { stringsOf } from '../cards/strings-of';
import { buttonsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import { eventually } from './eventually';
import type { ConnectorCall, Fault, Person } from './teams-stand-in';
import { REMINDERS_AT_ONCE, useBot } from './use-bot';

const bot = useBot(REMINDERS_AT_ONCE);
let people = 0;
let alex: Person;
let from = 0;

beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Faulty ${people}`);
  await bot.teams.sendMessage(alex, 'help');
  from = bot.teams.connector.calls.length;
});

async function put(fm: string, count = 1): Promise<string> {
  const customerId = `faulty-${people}-${fm.length}`;
  const kinds = ['exchange-online', 'teams', 'onedrive', 'intune', 'sharepoint-online', 'viva-engage'].slice(0, count);
  const workloads = kinds.map((kind) => gatewayWorkload(kind, startingOn('2026-01-05')));
  await putAccepted(bot.url, customerId, gatewayCustomer(`Faulty ${people}`, fm, { workloads }));
  return customerId;
}

const rowOf = async (id: string): Promise<Reminder | undefined> => (await bot.storage.customers.load(id))?.reminders[0];
const sends = (person = alex): ConnectorCall[] =>
  bot.teams.connector.calls
    .slice(from)
    .filter(({ kind, conversationId }) => kind === 'send' && conversationId === bot.teams.chatOf(person));

const whenSent = async (id: string): Promise<Reminder | undefined> =>
  eventually(
    async () => rowOf(id),
    (row) => row?.status === 'sent',
  );

describe('what Teams certainly did not do is tried again', () => {
  const faults: [string, Fault][] = [
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
    ['429 without Retry-After', { status: 429 }],
    ['412', { status: 412, code: 'PreconditionFailed' }],
    ['400, once', { status: 400, code: 'BadArgument' }],
    ['401', { status: 401, code: 'BotNotRegistered' }],
  ];
  test.each(faults)('%s', async (_name, fault) => {
    bot.teams.connector.fail({ on: ['send'], ...fault });
    const id = await put(alex.email);
    await whenSent(id);
    expect(sends().map(({ status }) => status)).toEqual([fault.status, 201]);
  });

  test('413 comes as a smaller digest, with the rest behind "show more"', async () => {
    bot.teams.connector.fail({ on: ['send'], status: 413, code: 'MessageSizeTooBig' });
    const id = await put(alex.email, 6);
    await whenSent(id);
    const [large, small] = sends().map((call) => buttonsOf(call.body.attachments[0].content));
    const answers = (buttons: typeof large): number =>
      buttons?.filter(({ verb }) => verb === 'reminder.replied').length ?? 0;
    expect([answers(large), answers(small)]).toEqual([6, 5]);
    expect(small?.map(({ verb }) => verb)).toContain('reminder.show');
  });

  test('404: the chat is opened again, once', async () => {
    bot.teams.connector.fail({ on: ['send'], status: 404, code: 'ConversationNotFound' });
    const id = await put(alex.email);
    await whenSent(id);
    const kinds = bot.teams.connector.calls.slice(from).map(({ kind, status }) => `${kind} ${status}`);
    expect(kinds).toEqual(['send 404', 'create 201', 'send 201']);
  });
});

describe('what Teams may have done is never said twice', () => {
  const faults: [string, Fault][] = [
    ['502', { status: 502 }],
    ['504', { status: 504 }],
    ['500', { status: 500 }],
    ['connection lost after the POST', { reset: 'after' }],
    ['connection lost before the answer', { reset: 'before' }],
  ];
  test.each(faults)('%s: asked again on the next working day only', async (_name, fault) => {
    bot.teams.connector.fail({ on: ['send'], ...fault });
    const id = await put(alex.email);
    const row = await eventually(
      async () => rowOf(id),
      (reminder) => reminder !== undefined && reminder.dueAt.epochMilliseconds > Date.now(),
    );
    expect(row).toMatchObject({ status: 'scheduled', ignored: 0 });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(sends()).toHaveLength(1);
  });

  test('a known message is updated instead', async () => {
    await whenSent(await put(alex.email));
    const [known] = sends();
    bot.teams.connector.fail({ on: ['send'], status: 502 });
    const second = `second-${people}`;
    const base = (await bot.storage.customers.load(`faulty-${people}-${alex.email.length}`))!;
    const reminders = base.reminders.map((row) => ({
      ...row,
      id: `${second}:${row.workload}`,
      status: 'scheduled' as const,
      dueAt: systemClock.now(),
    }));
    const customer = { ...base.customer, id: second };
    await bot.storage.customers.commit({
      customerId: second,
      base: undefined,
      customer,
      workloads: base.workloads,
      reminders,
    });
    await whenSent(second);
    const calls = bot.teams.connector.calls.slice(from).filter(({ kind }) => kind === 'send' || kind === 'update');
    expect(calls.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['send 201', 'send 502', 'update 200']);
    expect(calls[2]?.activityId).toBe(known?.id);
  });
});

describe('an FM who cannot be reached', () => {
  const codes = ['BotDisabledByAdmin', 'BotNotInConversationRoster', 'ConversationBlockedByUser', 'SomethingNew'];
  test.each(codes)('403 %s: kept, and delivered when the FM writes again', async (code) => {
    bot.teams.connector.fail({ on: ['send'], status: 403, code, message: '{"subCode":"MessageWritesBlocked"}' });
    const id = await put(alex.email);
    await eventually(
      async () => (await bot.storage.deliveries.read(alex.email)).delivery,
      (delivery) => delivery?.unreachable !== undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect(sends().map(({ status }) => status)).toEqual([403]);
    expect(await rowOf(id)).toMatchObject({ status: 'scheduled' });
    await (code === 'SomethingNew' ? bot.teams.installationUpdate(alex) : bot.teams.sendMessage(alex, 'hello'));
    await whenSent(id);
    expect((await bot.storage.deliveries.read(alex.email)).delivery?.unreachable).toBeUndefined();
  });

  test('uninstalled: nothing is sent until the app is installed again', async () => {
    await bot.teams.installationUpdate(alex, 'remove');
    const id = await put(alex.email);
    await eventually(
      async () => (await bot.storage.deliveries.read(alex.email)).delivery,
      (delivery) => delivery?.unreachable !== undefined,
    );
    expect(sends()).toHaveLength(0);
    const conversation = { conversationType: 'groupChat', isGroup: true, id: '19:group', tenantId: bot.teams.tenantId };
    await bot.teams.sendMessage(alex, 'what is a start date?', { conversation });
    expect((await bot.storage.profiles.readNow(alex.aadObjectId))?.profile.reachable).toBe(false);
    await bot.teams.installationUpdate(alex, 'add');
    await whenSent(id);
  });

  test('who never wrote: the chat is opened from the AAD id', async () => {
    const mia = bot.teams.person(`Mia ${people}`);
    const conversation = { conversationType: 'groupChat', isGroup: true, id: '19:group', tenantId: bot.teams.tenantId };
    await bot.teams.sendMessage(mia, 'what is a start date?', { conversation });
    const id = await put(mia.email);
    await whenSent(id);
    const created = bot.teams.connector.calls.slice(from).find(({ kind }) => kind === 'create');
    expect(created?.body.members).toEqual([{ id: mia.aadObjectId, name: '' }]);
  });

  test('whom nobody knows is on the lead’s list, and is sent what was kept once they write', async () => {
    const noor = bot.teams.person(`Noor ${people}`);
    const id = await put(noor.email);
    await eventually(
      async () => (await bot.storage.deliveries.read(noor.email)).delivery,
      (delivery) => delivery?.unreachable !== undefined,
    );
    const lead = bot.teams.person('Lead', { email: LEAD });
    await bot.teams.sendMessage(lead, 'help');
    const report = await bot.teams.connector.next(
      (call) => call.kind === 'send' && call.conversationId === bot.teams.chatOf(lead),
      from,
    );
    expect(stringsOf(report.body)).toEqual(expect.arrayContaining([noor.email]));
    await bot.teams.sendMessage(noor, 'hello');
    await whenSent(id);
  });
});
