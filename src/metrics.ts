import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ReminderEvents } from './reminders/dependencies';
import type { TurnReport } from './adapters/teams/turn-runner';

export interface Metrics {
  readonly registry: Registry;
  readonly onTurn: (report: TurnReport) => void;
  /** A request to storage for a turn or the Gateway. */
  readonly onStorageRequest: () => void;
  /** A request to storage for a sweep or a delivery. */
  readonly onReminderRequest: () => void;
  readonly reminders: ReminderEvents;
  /** A pass has come to its end: seconds the oldest due reminder has waited, and how many seem due. */
  readonly onSweep: (report: { readonly due: number; readonly backlogSeconds: number }) => void;
}

/** What Prometheus reads from /metrics: process figures, turns by kind and outcome, storage requests. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const turns = new Histogram({
    name: 'fm_turn_duration_seconds',
    help: 'Time to answer one activity',
    labelNames: ['type', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const reruns = new Counter({
    name: 'fm_turn_reruns_total',
    help: 'Turns run again because another turn changed the state first',
    registers: [registry],
  });
  const storage = new Counter({
    name: 'fm_storage_requests_total',
    help: 'Requests sent to Table Storage by turns and Gateway',
    registers: [registry],
  });
  const forReminders = new Counter({
    name: 'fm_reminder_storage_requests_total',
    help: 'Requests sent to tables and queue by sweeps and deliveries',
    registers: [registry],
  });
  return {
    registry,
    ...reminderMetrics(registry),
    onTurn: ({ type, outcome, milliseconds, reruns: again }) => {
      turns.observe({ type, outcome }, milliseconds / 1000);
      reruns.inc(again);
    },
    onStorageRequest: () => {
      storage.inc();
    },
    onReminderRequest: () => {
      forReminders.inc();
    },
  };
}

/** Due-to-sent delay, sent, retried, unknown, unreachable, dead, backlog, last sweep. */
function reminderMetrics(registry: Registry): Pick<Metrics, 'reminders' | 'onSweep'> {
  const registers = [registry];
  const delay = new Histogram({
    name: 'fm_reminder_due_to_sent_seconds',
    help: 'From when a reminder was due until Teams had it',
    buckets: [1, 5, 15, 30, 60, 120, 300, 900, 3600, 14_400, 86_400],
    registers,
  });
  const sent = new Counter({ name: 'fm_reminders_sent_total', help: 'Reminders sent', registers });
  const digests = new Counter({
    name: 'fm_reminder_digests_sent_total',
    help: 'Messages they were sent in',
    registers,
  });
  const counter = (name: string, help: string, label: 'code' | 'why') =>
    new Counter({ name, help, labelNames: [label], registers });
  const retried = counter('fm_reminder_retries_total', 'Sends that certainly failed and are tried again', 'code');
  const unknown = counter('fm_reminder_unknown_total', 'Sends whose outcome nobody knows', 'why');
  const unreachable = counter('fm_reminder_unreachable_total', 'FMs found unreachable', 'code');
  // Without a label it is there, and 0, from the start: a counter that appears with its first event has no increase.
  const dead = new Counter({
    name: 'fm_reminders_dead_total',
    help: 'Reminders given up; see reminders list --status dead',
    registers,
  });
  const due = new Gauge({
    name: 'fm_reminders_due',
    help: 'Customers of whom the last sweep found something due',
    registers,
  });
  const backlog = new Gauge({
    name: 'fm_reminder_backlog_seconds',
    help: 'Age of the oldest due reminder that is not held back by its FM or by Teams',
    registers,
  });
  const lastSweep = new Gauge({
    name: 'fm_reminder_last_sweep_timestamp_seconds',
    help: 'When the last sweep came to its end; until the first one, when the process started',
    registers,
  });
  lastSweep.setToCurrentTime();
  return {
    reminders: {
      sent: (delays) => {
        delays.forEach((milliseconds) => delay.observe(Math.max(0, milliseconds) / 1000));
        sent.inc(delays.length);
        digests.inc();
      },
      retried: (code) => retried.inc({ code }),
      unknown: (why) => unknown.inc({ why }),
      unreachable: (code) => unreachable.inc({ code }),
      dead: (count) => dead.inc(count),
    },
    onSweep: (report) => {
      due.set(report.due);
      backlog.set(report.backlogSeconds);
      lastSweep.setToCurrentTime();
    },
  };
}
