import { TABLE_NAMES } from './adapters/storage/tables';
import type { RequestSeen } from './adapters/storage/undici-transport';
import { knownActivity } from './adapters/teams/activity-shape';
import type { Config } from './config';

/** What is measured. */
export type SpanName = 'turn' | 'gateway' | 'sweep' | 'delivery' | 'storage' | 'connector';

/** What is told about it: kinds, codes and numbers, never what people wrote, who they are or which customer it was about. */
export type SpanValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** Traces of what the bot does, for OpenTelemetry. */
export interface Tracing {
  /** Runs `work` as a span; a failure is told by its name alone. */
  span<T>(name: SpanName, work: () => Promise<T>): Promise<T>;
  /** Tells more about the span that is running. */
  note(values: SpanValues): void;
  /** A request that has just ended, as a part of the span that is running; outside of one it is told to nobody. */
  request(name: 'storage' | 'connector', values: SpanValues, milliseconds: number): void;
  /** What log lines written now are to carry, so that they are found from the trace. */
  logFields(): object;
  /** Sends what is left, for two seconds at most. */
  close(): Promise<void>;
}

const NOTHING = {};

export const NO_TRACING: Tracing = {
  span: async (_name, work) => work(),
  note: () => undefined,
  request: () => undefined,
  logFields: () => NOTHING,
  close: async () => Promise.resolve(),
};

/** Tracing as configured. The packages behind it are loaded only when there is somewhere to send to. */
export async function openTracing({ tracing }: Config, onFailure: () => void): Promise<Tracing> {
  if (tracing.otlpEndpoint === undefined && tracing.azureMonitor === undefined) {
    return NO_TRACING;
  }
  const { startTracing } = await import('./tracing-sdk');
  return startTracing(tracing, onFailure);
}

const TARGETS: readonly string[] = [...TABLE_NAMES, 'reminders'];

/** The keys in a storage URL name customers and people: only the table or queue is told. */
export function traceStorage(tracing: Tracing, { method, status, url, milliseconds }: RequestSeen): void {
  if (tracing !== NO_TRACING) {
    const target = new URL(url).pathname.split(/[/(]/).find((part) => TARGETS.includes(part));
    tracing.request('storage', { method, status, target: target ?? 'batch' }, milliseconds);
  }
}

const CHANNELS: readonly unknown[] = ['msteams', 'emulator'];

/** Whatever an activity calls itself may be anything: only what is known is told. */
export function kindOfActivity(body: unknown): SpanValues {
  const { type, channelId } = (body ?? {}) as { readonly type?: unknown; readonly channelId?: unknown };
  return { activity: knownActivity(type), channel: CHANNELS.includes(channelId) ? String(channelId) : 'other' };
}
