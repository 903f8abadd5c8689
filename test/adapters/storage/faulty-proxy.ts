import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What happens to a request: it passes; it never arrives; it is carried out but the answer is lost; nobody ever
 * answers (`silent`: it never arrives, `unheard`: it is carried out); it takes three seconds longer; the service says a status instead of
 * doing anything; or somebody else answers with a page of their own.
 */
export type Fault = 'pass' | 'lost' | 'answerLost' | 'silent' | 'unheard' | 'slow' | 'page' | 503 | 500;

const SLOW_MS = 3000;

export interface FaultyProxy {
  readonly connectionString: string;
  /** `METHOD path` of every request, as it came. */
  readonly seen: string[];
  /** `METHOD path` and body of those that the service accepted, whatever its client was told. */
  readonly accepted: string[];
  /** Decides about the next requests; a request waits until it is decided. */
  decide: (request: string) => Fault | Promise<Fault>;
  /** Sends further requests to another server of the same account and key. */
  retarget(connectionString: string): void;
  close(): Promise<void>;
}

/** A network between the store and its tables that fails when told to. */
export async function openFaultyProxy(connectionString: string): Promise<FaultyProxy> {
  const target = endpointOf(connectionString);
  let { port: targetPort } = target;
  const server = createServer((incoming, answer) => {
    const what = `${incoming.method} ${incoming.url}`;
    proxy.seen.push(what);
    void bodyOf(incoming)
      .then(async (body) => {
        const fault = await proxy.decide(what);
        return handle({ incoming, body, answer }, { fault, port: targetPort, accepted: proxy.accepted });
      })
      // Nobody listens on the other side: what the client sees is a cut connection.
      .catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    connectionString: connectionString.replace(target.host, `127.0.0.1:${port}`),
    seen: [],
    accepted: [],
    decide: () => 'pass',
    retarget: (other) => {
      targetPort = endpointOf(other).port;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

const endpointOf = (connectionString: string): URL =>
  new URL(/TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '');

async function handle(
  { incoming, body, answer }: { incoming: IncomingMessage; body: Buffer; answer: ServerResponse },
  { fault, port, accepted }: { fault: Fault; port: string; accepted: string[] },
): Promise<void> {
  if (fault === 'lost') {
    incoming.socket.destroy();
  } else if (fault === 'page') {
    answer.writeHead(200, { 'content-type': 'text/html' });
    answer.end('<html>Please sign in</html>');
  } else if (typeof fault === 'number') {
    answer.writeHead(fault, { 'content-type': 'application/json' });
    answer.end('{}');
  } else if (fault !== 'silent') {
    await (fault === 'slow' ? pause(SLOW_MS) : undefined);
    const { status, headers, text } = await forward(incoming, body, port);
    // A transaction that is refused answers 202 with the refusal inside.
    if (status < 300 && !/HTTP\/1\.1 [45]\d\d/.test(text.toString())) {
      accepted.push(`${incoming.method} ${incoming.url} ${body.toString()}`);
    }
    if (fault === 'answerLost') {
      incoming.socket.destroy();
    } else if (fault !== 'unheard') {
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
