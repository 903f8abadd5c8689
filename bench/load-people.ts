import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { Pool } from 'undici';
import { ProfilesTable } from '../src/adapters/storage/profiles-table';
import { openTables } from '../src/adapters/storage/tables';
import type { GatewayCustomer, GatewayWorkload } from '../src/domain/gateway/records';
import { newProfile } from '../src/usecases/change-profile';
import { ALL_DONE } from '../test/builders/completion';
import { buttonOf, inputsOf } from '../test/wire/card-reading';

/** What an FM does, and how long the bot took to answer it. */
export interface Done {
  readonly milliseconds: number;
  /** HTTP status; 0 = no answer came. */
  readonly status: number;
  readonly text: string;
  /** How often it was asked for: whoever is told that it takes longer, or that nothing was saved, presses again. */
  readonly presses: number;
}

/** What the bot has said is so: exports are held against it. */
export interface Acknowledged {
  /** Changes by customer: date and reason, in the order they were acknowledged, and in which hour of the day. */
  readonly changes: Map<string, { readonly date: string; readonly reason: string; readonly phase: string }[]>;
  /** Customers whose checklist was submitted. */
  readonly completed: Set<string>;
}

export const CUSTOMERS_PER_FM = 3;
/** The last of an FM's customers is ready to be completed; the others wait for a reply since their start date. */
const READY = CUSTOMERS_PER_FM - 1;

const TODAY = Temporal.Now.plainDateISO();
const STARTED = TODAY.subtract({ days: 14 }).toString();

export const customerId = (fm: number, customer: number): string => `load-${fm}-${customer}`;
export const addressOf = (fm: number): string => `load${fm}@example.com`;
/** What the roster says about whoever it is asked for. */
export const addressOnLoadRoster = (path: string): string => addressOf(Number(/load-(\d+)(?!.*load-)/.exec(path)?.[1]));

export const customersOf = (fms: readonly number[]): GatewayCustomer[] =>
  fms.flatMap((fm) => Array.from({ length: CUSTOMERS_PER_FM }, (_unused, index) => customerOf(fm, index)));

function customerOf(fm: number, index: number): GatewayCustomer {
  const workload: GatewayWorkload = {
    workload: 'exchange-online',
    requestId: `RFA-${fm}-${index}`,
    l1Status: 'InProgress',
    serviceStatus: 'Enablement',
    startDate: index === READY ? undefined : { date: Temporal.PlainDate.from(STARTED), precision: 'day' },
    kickoffDate: undefined,
    activeUsers: index === READY ? 900 : 3,
  };
  const customer = {
    id: customerId(fm, index),
    name: `Load ${fm} ${['Bakery', 'Airlines', 'Metals'][index] ?? ''}`,
    region: 'EMEA',
    seats: 3000,
    motion: 'RFA',
    deliveryChannel: 'FTC',
    fm: addressOf(fm),
    accountManaged: true,
    accountTeam: ['account@example.com'],
    language: 'en',
  } as const;
  return { customer, workloads: [workload] };
}

/** They have written before: the reminders know where to go. */
export async function knowEverybody(
  connectionString: string,
  serviceUrl: string,
  fms: readonly number[],
): Promise<void> {
  const tables = openTables({ connectionString }, { budget: 60_000 });
  await tables.prepare();
  const clock = { now: () => Temporal.Now.instant() };
  const profiles = new ProfilesTable(tables.table.profiles, clock);
  const waiting = fms.values();
  const worker = async (): Promise<void> => {
    for (const fm of waiting) {
      const id = chatOf(fm);
      const chat = { serviceUrl, conversationId: id, tenantId: 'load', teamsUserId: `29:${id}`, botId: '28:bot' };
      await profiles.put({ ...newProfile(id), address: addressOf(fm), chat }, undefined);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  await tables.close();
}

const chatOf = (fm: number): string => `a:load-${fm}`;

/** Failures after which the same press is right: `slow` and `storage`. */
const TOLD_TO_PRESS_AGAIN = /"code":"(?:slow|storage)"/;
const MOST_PRESSES = 3;
const PATIENCE_OF_PEOPLE_MS = 3000;

const QUESTIONS = [
  'what counts as the start date?',
  'Does a voicemail count as first contact?',
  'the customer does not answer my mails, what now?',
  'When do I close an engagement?',
];

/** The FMs in front of their Teams, each at one of the bots at a time as a load balancer would have it. */
export class People {
  readonly acknowledged: Acknowledged = { changes: new Map(), completed: new Set() };
  /** What they have asked for, whatever came of it. */
  readonly asked = { changes: 0, completions: 0 };
  /** The hour of the day. */
  phase = '';
  private readonly pools: readonly Pool[];
  private sent = 0;

  constructor(
    urls: readonly string[],
    private readonly serviceUrl: string,
  ) {
    this.pools = urls.map((url) => new Pool(url, { connections: 256 }));
  }

  async signsIn(fm: number): Promise<Done> {
    return this.says(fm, 'help');
  }

  async asks(fm: number, turn: number): Promise<Done> {
    return this.says(fm, QUESTIONS[(fm + turn) % QUESTIONS.length] ?? '');
  }

  /** Saves a new date on the form; what the bot says is saved counts from then on. */
  async moves(fm: number, customer: number, turn: number): Promise<Done> {
    this.asked.changes += 1;
    const id = customerId(fm, customer);
    const known = this.acknowledged.changes.get(id) ?? [];
    // A Monday: on a working day nothing has to be confirmed.
    const date = TODAY.add({ days: 30 - TODAY.dayOfWeek + 6 + 7 * ((fm + turn) % 12) }).toString();
    const reason = `they postponed the kickoff, ${randomUUID().slice(0, 8)}`;
    const done = await this.presses(fm, 'startDate.save', {
      customerId: id,
      workload: 'exchange-online',
      token: randomUUID(),
      lang: 'en',
      seen: known.at(-1)?.date ?? STARTED,
      accepted: [],
      acceptedFor: date,
      date,
      occasion: 'customer-rescheduled',
      reason,
    });
    if (done.text.includes('Start date saved')) {
      this.acknowledged.changes.set(id, [...known, { date, reason, phase: this.phase }]);
    }
    return done;
  }

  /** Opens the checklist of the customer that is ready, fills it in and submits it. */
  async completes(fm: number): Promise<Done> {
    this.asked.completions += 1;
    const id = customerId(fm, READY);
    const opened = await this.presses(fm, 'checklist.open', { customerId: id, workload: 'exchange-online' });
    const card = (JSON.parse(opened.text || '{}') as { value?: object }).value;
    if (opened.status !== 200 || card === undefined || !opened.text.includes('checklist.submit')) {
      return opened;
    }
    const data = { ...inputsOf(card), ...buttonOf(card, 'checklist.submit').data, ...ALL_DONE };
    const done = await this.presses(fm, 'checklist.submit', data);
    if (done.text.includes('Engagement completed')) {
      this.acknowledged.completed.add(id);
    }
    const presses = Math.max(done.presses, opened.presses);
    return { ...done, presses, milliseconds: Math.max(done.milliseconds, opened.milliseconds) };
  }

  async close(): Promise<void> {
    await Promise.all(this.pools.map(async (pool) => pool.destroy()));
  }

  private async says(fm: number, text: string): Promise<Done> {
    return this.post(fm, { type: 'message', textFormat: 'plain', text });
  }

  /** Presses, and again as the bot asks for; how long it took is that of the slowest press. */
  private async presses(fm: number, verb: string, data: object): Promise<Done> {
    const action = { type: 'Action.Execute', id: verb, verb, data };
    let milliseconds = 0;
    for (let presses = 1; ; presses += 1) {
      const press = { type: 'invoke', name: 'adaptiveCard/action', replyToId: '1', value: { action } };
      const done = await this.post(fm, press);
      milliseconds = Math.max(milliseconds, done.milliseconds);
      if (presses === MOST_PRESSES || !TOLD_TO_PRESS_AGAIN.test(done.text)) {
        return { ...done, milliseconds, presses };
      }
      await pause(PATIENCE_OF_PEOPLE_MS);
    }
  }

  private async post(fm: number, fields: object): Promise<Done> {
    this.sent += 1;
    const name = chatOf(fm);
    const timestamp = new Date().toISOString();
    const activity = {
      id: `f:load-${this.sent}`,
      timestamp,
      localTimestamp: timestamp,
      localTimezone: 'Europe/Berlin',
      channelId: 'msteams',
      serviceUrl: this.serviceUrl,
      from: { id: `29:${name}`, name, aadObjectId: name },
      conversation: { conversationType: 'personal', id: name, tenantId: 'load' },
      recipient: { id: '28:bot', name: 'FM Assistant' },
      locale: 'en-US',
      channelData: { tenant: { id: 'load' } },
      ...fields,
    };
    const started = performance.now();
    const answer = await this.answerTo(JSON.stringify(activity));
    return { ...answer, presses: 1, milliseconds: performance.now() - started };
  }

  private async answerTo(body: string): Promise<{ status: number; text: string }> {
    const headers = { 'content-type': 'application/json' };
    try {
      const answer = await this.pools[this.sent % this.pools.length]?.request({
        method: 'POST',
        path: '/api/messages',
        headers,
        body,
      });
      return { status: answer?.statusCode ?? 0, text: (await answer?.body.text()) ?? '' };
    } catch (error) {
      return { status: 0, text: String(error) };
    }
  }
}
