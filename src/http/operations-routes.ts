import type { Server } from 'restify';
import { send, sendJson } from './problem';

/** What the platform asks the process about. */
export interface OperationsDeps {
  /** True when storage answers; a rejection counts as false. */
  readonly isReady: () => Promise<boolean>;
  /** Prometheus' registry; `Registry` of prom-client fits. */
  readonly registry: { readonly contentType: string; metrics(): Promise<string> };
  /** Milliseconds between two asks of `isReady`, however often /readyz is asked. */
  readonly readyCacheMs?: number;
}

/** GET /healthz (the process answers), /readyz (storage answers), /metrics (Prometheus text). */
export function mountOperations(server: Server, deps: OperationsDeps): void {
  const isReady = cached(deps.isReady, deps.readyCacheMs ?? 1000);
  server.get('/healthz', (_request, response, next) => {
    sendJson(response, 200, { status: 'ok' });
    next(false);
  });
  server.get('/readyz', async (_request, response) => {
    const ready = await isReady();
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'storage not reachable' });
  });
  server.get('/metrics', async (_request, response) => {
    const { registry } = deps;
    send(response, 200, { contentType: registry.contentType, body: await registry.metrics() });
  });
}

function cached(ask: () => Promise<boolean>, keptMs: number): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  let askedAt = 0;
  return async () => {
    const now = performance.now();
    if (answer === undefined || now - askedAt > keptMs) {
      askedAt = now;
      answer = ask().catch(() => false);
    }
    return answer;
  };
}
