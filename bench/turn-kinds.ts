import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { GATEWAY_COLUMNS, type GatewayColumn } from '../src/domain/gateway/columns';
import { csvLine } from '../src/domain/gateway/csv-text';
import type { Bound } from './section';

/** As many conversations as are ever driven at once; each has a customer of its own, so that commits do not collide. */
export const CONVERSATIONS = 64;
const CUSTOMERS_PER_FM = 8;
const WORKLOADS = ['exchange-online', 'teams', 'intune'];

const START = nextMonday(Temporal.Now.plainDateISO().add({ days: 30 }));

/** A kind of turn: what is sent, and what shows that the bot did what is measured. */
export interface TurnKind {
  readonly name: string;
  /** Sent once per conversation before the measured turns, unmeasured. */
  readonly before?: string;
  readonly activity: (conversation: number, turn: number) => object;
  /** What the message sent, or the answer to a press, contains. */
  readonly shows: string;
  readonly answered: 'message' | 'invoke';
  /** Bounds of performance.md: CPU as a ratio to echo, and storage requests per turn. */
  readonly cpuRatio?: Bound['atMost'];
  readonly storage?: Bound['atMost'];
}

const says = (text: string | ((conversation: number, turn: number) => string)): TurnKind['activity'] => {
  const textOf = typeof text === 'string' ? () => text : text;
  return (conversation, turn) => ({ type: 'message', textFormat: 'plain', text: textOf(conversation, turn) });
};

/** In order: what is committed last does not disturb what is read before. */
export const TURN_KINDS: readonly TurnKind[] = [
  {
    name: 'question',
    activity: says((conversation, turn) => QUESTIONS[(conversation + turn) % QUESTIONS.length] ?? ''),
    shows: 'faq.helpful',
    answered: 'message',
    cpuRatio: 0.8,
    storage: 2,
  },
  { name: 'help', activity: says('help'), shows: 'AdaptiveCard', answered: 'message', cpuRatio: 0.8, storage: 2 },
  {
    name: 'my start dates',
    activity: says('my start dates'),
    shows: 'startDate.open',
    answered: 'message',
    storage: 2,
  },
  {
    // A date, and then another one: each is read, checked, kept, and the next question is asked.
    name: 'dialog answer',
    before: 'cancel',
    activity: (conversation, turn) =>
      says(turn === 0 ? `change the start date of ${customerName(conversation)} Exchange` : dayAfter(7 * (turn % 2)))(
        conversation,
        turn,
      ),
    shows: 'dialog.answer',
    answered: 'message',
    cpuRatio: 1.5,
  },
  {
    name: 'sentence to form',
    before: 'cancel',
    activity: says(
      (conversation) =>
        `Move ${customerName(conversation)} Exchange to ${dayAfter(7)} because they postponed the kickoff`,
    ),
    shows: 'startDate.save',
    answered: 'message',
  },
  {
    name: 'unknown text',
    before: 'cancel',
    activity: says('the weather in Paris is lovely'),
    shows: 'playbook',
    answered: 'message',
  },
  {
    name: 'commit',
    activity: pressSave,
    shows: 'Start date saved',
    answered: 'invoke',
    cpuRatio: 2.5,
    storage: 5,
  },
];

/** People do not ask the same question twice: nothing gained by remembering an answer shows here. */
const QUESTIONS = [
  'what counts as the start date?',
  'Does a voicemail count as first contact?',
  'Do I set a start date for a workload that is blocked?',
  'the customer does not answer my mails, what now?',
  'What do I write into the notes when the date moves?',
  'is the kickoff the start date?',
  'When do I close an engagement?',
  'which tasks belong to the completion checklist?',
  'Do FRP customers need a start date?',
  'What happens when the customer has no account team?',
  'They want another workload later on, how do I plan its date?',
  'how often do I have to try before I call a customer unresponsive?',
];

export const ECHO = says((_conversation, turn) => `hello ${turn}`);

const seen = new Map<number, string>();

/** Save on the form, with a token of its own, two dates in turn; the form saw the date saved before. */
function pressSave(conversation: number): object {
  const shown = seen.get(conversation) ?? START.toString();
  const date = START.add({ days: shown === START.add({ days: 7 }).toString() ? 14 : 7 }).toString();
  seen.set(conversation, date);
  const data = {
    customerId: customerId(conversation),
    workload: 'exchange-online',
    token: randomUUID(),
    lang: 'en',
    seen: shown,
    accepted: [],
    acceptedFor: date,
    date,
    occasion: 'customer-rescheduled',
    reason: 'they postponed the kickoff',
  };
  const action = { type: 'Action.Execute', id: 'startDate.save', verb: 'startDate.save', data };
  return { type: 'invoke', name: 'adaptiveCard/action', replyToId: '1', value: { action, trigger: 'manual' } };
}

/** The sheet of customers: eight FMs of eight conversations each, a customer per conversation, three workloads each. */
export function benchGatewayCsv(): string {
  const rows = Array.from({ length: CONVERSATIONS }, (_unused, conversation) =>
    WORKLOADS.map((workload) => rowOf(conversation, workload)),
  ).flat();
  return [GATEWAY_COLUMNS, ...rows.map((row) => GATEWAY_COLUMNS.map((column) => row[column]))].map(csvLine).join('');
}

function rowOf(conversation: number, workload: string): Record<GatewayColumn, string> {
  return {
    customerId: customerId(conversation),
    customerName: customerName(conversation),
    region: 'EMEA',
    seats: '5000',
    motion: 'RFA',
    deliveryChannel: 'FTC',
    fm: addressOf(conversation),
    accountManaged: 'yes',
    accountTeam: 'account@example.com',
    language: 'en',
    requestId: `RFA-${conversation}`,
    workload,
    l1Status: 'InProgress',
    engagementStartDate: START.toString(),
    kickoffDate: '',
    activeUsers: '20',
    serviceStatus: 'Enablement',
  };
}

const addressOf = (conversation: number): string => `fm${Math.floor(conversation / CUSTOMERS_PER_FM)}@example.com`;

/** What the roster says about whoever it is asked for. */
export const addressOnRoster = (path: string): string => addressOf(Number(/bench-(\d+)(?!.*bench-)/.exec(path)?.[1]));

const FIRST = ['Adatum', 'Bellows', 'Cascade', 'Datum', 'Eastmore', 'Fincher', 'Graphic', 'Humongous'];
const SECOND = ['Bakery', 'Airlines', 'Hospital', 'Insurance', 'Logistics', 'Metals', 'Pharma', 'Retail'];

const customerId = (conversation: number): string => `bench-customer-${conversation}`;
const customerName = (conversation: number): string =>
  `${FIRST[Math.floor(conversation / CUSTOMERS_PER_FM) % FIRST.length] ?? ''} ${SECOND[conversation % SECOND.length] ?? ''}`;

function dayAfter(days: number): string {
  return START.add({ days: 7 + days }).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

function nextMonday(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.add({ days: 8 - date.dayOfWeek });
}
