import { Temporal } from 'temporal-polyfill';
import type { Intent, WorkloadId } from '../domain/vocabulary';
import { isAboutReminders, isOneOf, LANGUAGES } from '../domain/vocabulary';
import { understand } from './understand';
import type { CustomerName } from './understanding';

/** A line of an utterances file as it is asked. */
export interface UtteranceLine {
  readonly lang: string;
  readonly text: string;
  /** YYYY-MM-DD, the day it is said. */
  readonly now: string;
}

/** What was understood, in the shape of the file's `expect`: only what the text states surely and once. */
export interface UtteranceGot {
  intent: Intent;
  customer?: string;
  workload?: WorkloadId;
  /** YYYY-MM-DD. */
  date?: string;
  reason?: string;
}

const WITHOUT_SLOTS: ReadonlySet<Intent> = new Set<Intent>([
  'question',
  'none',
  'help',
  'cancel',
  'set-language',
  'settings',
]);
/** The bot's own requests: no evaluation file knows them. */
const isOwnRequest = (intent: Intent): boolean =>
  intent === 'gaps' || intent === 'settings' || isAboutReminders(intent);

const WITH_DATE: ReadonlySet<Intent> = new Set<Intent>(['change-start-date', 'plan-deployment', 'customer-replied']);

/** Understands one line of an evaluation file in the language it says: a chat knows the one of its user, too. */
export function evalUtteranceLine(line: UtteranceLine, candidates: readonly CustomerName[]): UtteranceGot {
  const { intent, customers, workloads, date, reason } = understand(line.text, {
    today: Temporal.PlainDate.from(line.now),
    candidates,
    language: isOneOf(LANGUAGES, line.lang) ? line.lang : undefined,
  });
  const got: UtteranceGot = { intent: isOwnRequest(intent) ? 'none' : intent };
  if (WITHOUT_SLOTS.has(intent) || isAboutReminders(intent)) {
    return got;
  }
  const [customer, ...otherCustomers] = customers;
  const [workload, ...otherWorkloads] = workloads;
  return {
    ...got,
    ...(customer !== undefined && otherCustomers.length === 0 && { customer: customer.name }),
    ...(workload !== undefined && otherWorkloads.length === 0 && { workload }),
    ...(date.kind === 'date' && WITH_DATE.has(intent) && { date: date.date.toString() }),
    ...(reason !== undefined && { reason }),
  };
}
