/** Measures how long cards take to build, in a process of its own, and prints the figures as JSON. */
import { Temporal } from 'temporal-polyfill';
import { checklistCard } from '../src/cards/checklist';
import { completionFacts } from '../src/domain/checklist/completion';
import { problemsOf } from '../src/domain/checklist/decision';
import type { Answers } from '../src/domain/checklist/steps';
import { STEPS } from '../src/domain/checklist/steps';
import { startDateForm } from '../src/cards/start-date-form';
import { startDateList } from '../src/cards/start-date-list';
import { startDateResult } from '../src/cards/start-date-result';
import type { Card } from '../src/cards/render';
import { helpCard } from '../src/dialogs/help';
import { topicCard } from '../src/dialogs/questions';
import { overviewOf } from '../src/domain/start-date-overview';
import type { Workload } from '../src/domain/records';
import { median } from './section';

export interface CardFigures {
  readonly card: string;
  readonly bytes: number;
  /** Milliseconds; the first card of the process loads the templating library. */
  readonly first: number;
  readonly warm: number;
}

const today = Temporal.PlainDate.from('2026-11-20');
const workload: Workload = {
  workload: 'exchange-online',
  requestId: 'RFA-1',
  l1Status: 'InProgress',
  serviceStatus: 'Enablement',
  startDate: { date: today.add({ days: 5 }), precision: 'day', source: 'gateway' },
  kickoffDate: undefined,
  activeUsers: 20,
  lastContact: undefined,
};
const customer = {
  customerId: 'contoso',
  id: 'contoso',
  name: 'Contoso',
  fm: 'alex@example.com',
  deliveryChannel: 'FTC' as const,
};
const overview = overviewOf(
  Array.from({ length: 12 }, () => ({ ...customer, workloads: [{ ...workload, lastContact: undefined }] })),
  today,
);
const reason = 'they postponed the kickoff';

const checklistOf = async (answers: Answers): Promise<Card> => {
  const tenant = {
    ...customer,
    region: 'EMEA' as const,
    seats: 2000,
    motion: 'RFA',
    accountManaged: false,
    accountTeam: ['atu@example.com'],
    language: 'en' as const,
  };
  const facts = completionFacts({ customer: tenant, workloads: [workload], checklists: [] }, workload);
  const problems = problemsOf(facts, answers);
  const card = { customer: tenant, workload: workload.workload, facts, answers, seen: 'none', token: 'token' };
  return checklistCard('en', { ...card, said: { kind: 'refused', problems } });
};

const CARDS: Readonly<Record<string, () => Promise<Card>>> = {
  'start date form': async () =>
    startDateForm('en', {
      customer,
      current: workload,
      entered: { date: today.add({ days: 14 }), precision: 'day', occasion: 'kickoff', reason },
      token: 'token',
      messages: [],
      warnings: [],
      offerAttempt: false,
    }),
  'start date result': async () =>
    startDateResult('en', {
      customerId: 'contoso',
      facts: {
        customerName: 'Contoso',
        workload: 'exchange-online',
        from: workload.startDate,
        to: { date: today, precision: 'day' },
        occasion: 'kickoff',
        reason,
      },
      note: reason,
    }),
  'start date list (9 rows)': async () => startDateList('en', overview, { page: 0, completions: true }),
  'checklist (empty)': async () => checklistOf({}),
  'checklist (all answered, all steps called for)': async () =>
    checklistOf(Object.fromEntries(STEPS.map(({ id, options }) => [id, options?.[0] ?? 'true']))),
  help: async () => helpCard('en', 'help.intro', { own: [{ ...customer, workloads: [workload] }], lead: false }),
  answer: async () => topicCard('en', 'esd-first-contact'),
};

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function figures(): Promise<CardFigures[]> {
  const found: CardFigures[] = [];
  for (const [card, build] of Object.entries(CARDS)) {
    const first = await milliseconds(build);
    const warm: number[] = [];
    for (let time = 0; time < 500; time += 1) {
      warm.push(await milliseconds(build));
    }
    found.push({ card, bytes: JSON.stringify(await build()).length, first, warm: median(warm.slice(200)) });
  }
  return found;
}

void figures().then((found) => process.stdout.write(JSON.stringify(found)));
