import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { TurnReport } from './adapters/teams/turn-runner';

export interface Metrics {
  readonly registry: Registry;
  readonly onTurn: (report: TurnReport) => void;
  readonly onStorageRequest: () => void;
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
    help: 'Requests sent to Table Storage',
    registers: [registry],
  });
  return {
    registry,
    onTurn: ({ type, outcome, milliseconds, reruns: again }) => {
      turns.observe({ type, outcome }, milliseconds / 1000);
      reruns.inc(again);
    },
    onStorageRequest: () => {
      storage.inc();
    },
  };
}
