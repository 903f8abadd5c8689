import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { context, diag, DiagLogLevel, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Config } from './config';
import type { SpanValues, Tracing } from './tracing';

const CLOSE_MS = 2000;

/** Starts OpenTelemetry's SDK: this file and its packages are a bundle of their own, which only tracing loads. */
export async function startTracing(to: Config['tracing'], onFailure: () => void): Promise<Tracing> {
  const { otlpEndpoint, azureMonitor } = to;
  const exporters: SpanExporter[] = [];
  if (otlpEndpoint !== undefined) {
    // The standard says that the signal's path is appended to the base address.
    exporters.push(new OTLPTraceExporter({ url: `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces` }));
  }
  if (azureMonitor !== undefined) {
    const { AzureMonitorTraceExporter } = await import('@azure/monitor-opentelemetry-exporter');
    exporters.push(new AzureMonitorTraceExporter({ connectionString: azureMonitor, disableOfflineStorage: true }));
  }
  const silent = (): void => undefined;
  const logger = { error: onFailure, warn: silent, info: silent, debug: silent, verbose: silent };
  // What the SDK says about a failure may quote addresses and answers: only that there was one is told.
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'fm-assistant', 'service.instance.id': randomUUID() }),
    spanProcessors: exporters.map((exporter) => new BatchSpanProcessor(exporter)),
  });
  const tracer = provider.getTracer('fm-assistant');
  return {
    span: async (name, work) =>
      tracer.startActiveSpan(name, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    note: (values) => {
      describe(trace.getActiveSpan(), values);
    },
    request: (name, values, milliseconds) => {
      if (trace.getActiveSpan()) {
        const end = Date.now();
        const span = tracer.startSpan(name, { startTime: end - milliseconds });
        describe(span, values);
        span.end(end);
      }
    },
    logFields: () => {
      const running = trace.getActiveSpan()?.spanContext();
      return running ? { trace_id: running.traceId, span_id: running.spanId } : {};
    },
    close: async () => {
      await Promise.race([provider.shutdown().catch(onFailure), pause(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

function describe(span: Span | undefined, values: SpanValues): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      span?.setAttribute(`fm.${name}`, value);
    }
  }
}
