import { Temporal } from 'temporal-polyfill';
import { createStorage, type Storage } from '../src/adapters/storage/storage';
import { openTables } from '../src/adapters/storage/tables';
import { cleanUpDaily } from '../src/clean-up';
import { nextAt } from '../src/domain/reminders/reminder';
import type { SendResult } from '../src/ports/messenger';
import type { ReminderTask } from '../src/ports/reminder-queue';
import { deliver } from '../src/reminders/deliver';
import { deliverLeadReport } from '../src/reminders/deliver-lead-report';
import { idle, type DeliveryDependencies } from '../src/reminders/dependencies';
import { Limiter } from '../src/reminders/limiter';
import { queueLeadReports } from '../src/reminders/queue-lead-reports';
import { sweep } from '../src/reminders/sweep';
import { createSchedules } from '../src/usecases/schedules';
import { SettableClock } from '../test/fakes/settable-clock';
import { buttonOf } from '../test/wire/card-reading';
import { gatewayCustomer, gatewayWorkload, putCustomer, startingOn } from '../test/wire/gateway-customer';
import type { Person } from '../test/wire/teams-stand-in';
import { GATEWAY_KEY } from './bots';
import { cardOf, type Play } from './growth-uses';

const DIGEST = 'digest-of-the-bench';
const WORKLOAD = 'exchange-online';
/** Before anything of the crowd's is due. */
const DAYS_AHEAD = 3;
/** So long ago that what was written then has expired. */
const LONG_AGO = Temporal.Duration.from({ hours: 24 * 300 });

interface Clockwork extends Pick<Play, 'teams' | 'url' | 'lead' | 'counted'> {
  readonly fm: Person;
  readonly connectionString: string;
}

/** What happens because time passes, in a process of its own whose clock is set to when it happens. */
export async function clockWork(play: Clockwork): Promise<void> {
  const { url, fm, lead, counted, connectionString } = play;
  const customer = gatewayCustomer('Zanzibar Spices', fm.email, {
    workloads: [
      gatewayWorkload(WORKLOAD, startingOn(Temporal.Now.plainDateISO().add({ days: DAYS_AHEAD }).toString())),
    ],
  });
  await putCustomer(url, 'zanzibar', customer, GATEWAY_KEY);
  const clock = new SettableClock(Temporal.Now.instant());
  const tables = openTables({ connectionString });
  const storage = createStorage({ tables, clock, onBackgroundError: () => undefined });
  try {
    const reminder = (await storage.customers.load('zanzibar'))?.reminders[0];
    const dueAt = reminder && nextAt(reminder);
    if (dueAt === undefined) {
      throw new Error('No reminder is planned');
    }
    await leaveExpired(storage, clock);
    clock.advance(clock.now().until(dueAt));
    const by = dependenciesOf(storage, clock);
    await counted('clock: sweep, an FM’s reminder is due', async () => sweep(by));
    await counted('clock: sweep, nothing new is due', async () => sweep(by));
    const [task] = by.tasks;
    if (task?.fm !== fm.email || by.tasks.length !== 1) {
      throw new Error(`One FM is due; queued were ${by.tasks.length} tasks`);
    }
    await counted('clock: delivery of a digest', async () => deliver(by, task));
    await answered(play);
    const leads = [lead.email];
    await counted('clock: thinking of a lead’s news', async () => queueLeadReports(by, { leads, everySeconds: 600 }));
    await counted('clock: a lead’s daily news', async () =>
      deliverLeadReport(by, { kind: 'lead', fm: lead.email, hints: [] }),
    );
    if (by.sent.join() !== 'digest,report') {
      throw new Error(`Sent were ${by.sent.join()}`);
    }
    const clean = async (): Promise<void> => {
      clock.advance({ hours: 24 });
      await cleanUpDaily({ ...storage, clock }, { info: () => undefined }, new AbortController().signal);
    };
    await clean();
    await leaveExpired(storage, clock);
    await counted('clock: daily clean-up, of a state and a digest', clean);
  } finally {
    await storage.close();
  }
}

/** The FM's answer to it. */
async function answered({ teams, fm, counted }: Clockwork): Promise<void> {
  const press = async (verb: string, data: object): Promise<object> => {
    const card = cardOf(await teams.pressCard(fm, verb, data, { replyToId: 'card' }));
    return card ?? {};
  };
  const card = await counted('reminder: shown again', async () =>
    press('reminder.show', { digest: DIGEST, lang: 'en' }),
  );
  const choices = await press('reminder.keepTrying', buttonOf(card, 'reminder.keepTrying').data);
  const { data } = buttonOf(choices, 'reminder.keepTrying');
  await counted('reminder: answered', async () => press('reminder.keepTrying', data));
}

/** State of a chat and a digest, to be removed by the next clean-up, and an FM whom a lead is to be told about. */
async function leaveExpired({ botState, deliveries }: Storage, clock: SettableClock): Promise<void> {
  const away = { since: clock.now(), code: 'blocked' };
  const { version } = await deliveries.read('away@example.com');
  await deliveries.put({ ...idle('away@example.com'), unreachable: away }, version);
  clock.advance(LONG_AGO.negated());
  await botState.write({ 'msteams/a:long-ago/29:long-ago': { data: {}, eTag: '*' } });
  await deliveries.putDigest({ id: 'long-ago', fm: 'long-ago@example.com', at: clock.now(), items: [] });
  clock.advance(LONG_AGO);
}

interface Instance extends DeliveryDependencies, Pick<Storage, 'marks'> {
  readonly tasks: ReminderTask[];
  readonly sent: string[];
}

function dependenciesOf(storage: Storage, clock: SettableClock): Instance {
  const tasks: ReminderTask[] = [];
  const sent: string[] = [];
  const nothing = (): void => undefined;
  const sends = (what: string) => async (): Promise<SendResult> => {
    sent.push(what);
    return Promise.resolve({ kind: 'sent', messageId: what });
  };
  const schedules = createSchedules({
    ...storage,
    clock,
    holidays: { of: async () => Promise.resolve(() => false) },
    defaults: { timeZone: 'UTC', localTime: '09:00' },
  });
  return {
    ...storage,
    clock,
    schedules,
    tasks,
    sent,
    queue: {
      put: async (task) => Promise.resolve(void tasks.push(task)),
      putAll: async (some) => Promise.resolve(void tasks.push(...some)),
      take: async () => Promise.resolve([]),
      length: async () => Promise.resolve(tasks.length),
    },
    messenger: {
      sendDigest: sends('digest'),
      updateDigest: sends('update'),
      sendLeadReport: sends('report'),
      sendOffer: sends('offer'),
      openChat: async () => Promise.resolve({ kind: 'unreachable', code: 'none' }),
    },
    limiter: new Limiter({ ...storage, clock, ratePerSecond: 1000, pause: async () => Promise.resolve() }),
    events: { sent: nothing, retried: nothing, unknown: nothing, unreachable: nothing, dead: nothing },
    newId: () => DIGEST,
    pause: async () => Promise.resolve(),
    random: () => 0.5,
  };
}
