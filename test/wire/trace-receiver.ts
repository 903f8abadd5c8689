import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it came over OTLP. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** Takes traces by OTLP over HTTP with JSON. */
export interface TraceReceiver {
  /** Base address, as the standard's variable takes it. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Every request: path, headers and body. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** @param answers false = it takes requests and never says anything. */
export async function startTraceReceiver(answers = true): Promise<TraceReceiver> {
  const spans: ReceivedSpan[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      requests.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
      if (answers) {
        spans.push(...spansOf(JSON.parse(body) as OtlpBody));
        response.setHeader('content-type', 'application/json').end('{}');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** OTLP's JSON, as far as it is read here. */
interface OtlpBody {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
}
type OtlpSpan = Omit<ReceivedSpan, 'values'> & {
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, string>> }[];
};

const spansOf = ({ resourceSpans }: OtlpBody): ReceivedSpan[] =>
  resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map(({ attributes, ...span }) => ({
      ...span,
      values: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] ?? ''])),
    }));
