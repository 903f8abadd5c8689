import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What went to the tables and came back since it was last asked. */
export interface Traffic {
  readonly requests: number;
  /** Rows that answers carried. */
  readonly rowsRead: number;
  /** Queries that do not say where in the table: Azure looks through all of it, however few rows it answers with. */
  readonly tablesSearched: number;
}

const NOTHING: Traffic = { requests: 0, rowsRead: 0, tablesSearched: 0 };

export interface CountingProxy {
  readonly connectionString: string;
  /** Waits until nothing has been sent for `quietMs`, tells what was, and starts anew. */
  take(quietMs?: number): Promise<Traffic>;
  close(): Promise<void>;
}

const QUIET_MS = 300;

/** Stands between a bot and its tables and counts: what a request costs Azure shows in rows, not in milliseconds here. */
export async function openCountingProxy(connectionString: string): Promise<CountingProxy> {
  const target = new URL(/TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '');
  let traffic = NOTHING;
  let last = performance.now();
  const server = createServer((incoming, answer) => {
    const { method, url: path, headers } = incoming;
    last = performance.now();
    const searched = method === 'GET' && isSearch(path ?? '') ? 1 : 0;
    const { requests, tablesSearched } = traffic;
    traffic = { ...traffic, requests: requests + 1, tablesSearched: tablesSearched + searched };
    const outgoing = request({ host: target.hostname, port: target.port, method, path, headers }, (from) => {
      void bodyOf(from).then((body) => {
        traffic = { ...traffic, rowsRead: traffic.rowsRead + (method === 'GET' ? rowsIn(body) : 0) };
        const rest = Object.fromEntries(Object.entries(from.headers).filter(([name]) => name !== 'transfer-encoding'));
        answer.writeHead(from.statusCode ?? 502, { ...rest, 'content-length': body.length });
        answer.end(body);
      });
    });
    outgoing.on('error', () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    connectionString: connectionString.replace(target.host, `127.0.0.1:${port}`),
    take: async (quietMs = QUIET_MS) => {
      while (performance.now() - last < quietMs) {
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 3));
      }
      const taken = traffic;
      traffic = NOTHING;
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A later page of a query begins where it says. */
const isSearch = (path: string): boolean => path.includes('()?') && !path.includes('PartitionKey');

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function rowsIn(body: Buffer): number {
  try {
    const { value, PartitionKey } = JSON.parse(body.toString()) as { value?: unknown; PartitionKey?: string };
    return Array.isArray(value) ? value.length : PartitionKey === undefined ? 0 : 1;
  } catch {
    return 0;
  }
}
