import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to a request: it passes; it never arrives; it is carried out but the answer is lost; nobody ever
 * answers; or the service says a status instead of doing anything.
 */
export type Fault = 'pass' | 'lost' | 'answerLost' | 'silent' | 503 | 500;

export interface FaultyProxy {
  readonly connectionString: string;
  /** `METHOD path` of every request, as it came. */
  readonly seen: string[];
  /** Decides about the next requests. */
  decide: (request: string) => Fault;
  close(): Promise<void>;
}

/** A network between the store and its tables that fails when told to. */
export async function openFaultyProxy(connectionString: string): Promise<FaultyProxy> {
  const target = new URL(/TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '');
  const server = createServer((incoming, answer) => {
    const what = `${incoming.method} ${incoming.url}`;
    proxy.seen.push(what);
    void handle(incoming, answer, { fault: proxy.decide(what), port: target.port });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    connectionString: connectionString.replace(target.host, `127.0.0.1:${port}`),
    seen: [],
    decide: () => 'pass',
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

async function handle(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { fault, port }: { fault: Fault; port: string },
): Promise<void> {
  const body = await bodyOf(incoming);
  if (fault === 'lost') {
    incoming.socket.destroy();
  } else if (typeof fault === 'number') {
    answer.writeHead(fault, { 'content-type': 'application/json' });
    answer.end('{}');
  } else if (fault !== 'silent') {
    const { status, headers, text } = await forward(incoming, body, port);
    if (fault === 'answerLost') {
      incoming.socket.destroy();
    } else {
      answer.writeHead(status, headers);
      answer.end(text);
    }
  }
}

async function forward(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  port: string,
): Promise<{ status: number; headers: IncomingMessage['headers']; text: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      bodyOf(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 0, headers: withoutTransfer(answer.headers), text }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function withoutTransfer({ ...headers }: IncomingMessage['headers']): IncomingMessage['headers'] {
  delete headers['transfer-encoding'];
  return headers;
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
