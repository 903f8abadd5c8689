import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { PATIENCE_MS } from '../patience';

/** Whatever came over the wire. */
export type Json = ReturnType<typeof JSON.parse>;

export type CallKind = 'send' | 'reply' | 'update' | 'delete' | 'create' | 'member' | 'members';

/** A request Teams' connector got from the bot. */
export interface ConnectorCall {
  readonly kind: CallKind;
  readonly conversationId: string;
  readonly activityId: string | undefined;
  /** The JSON body: the activity, or the parameters of a new conversation. */
  readonly body: Json;
  readonly authorization: string | undefined;
  /** What was answered; 0 = the connection was cut. */
  readonly status: number;
  /** The id given to a message or conversation. */
  readonly id: string | undefined;
}

/** What happens to one of the next calls instead of success. */
export interface Fault {
  /** Only these calls; default: sends and replies. */
  readonly on?: readonly CallKind[];
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Answered only then. */
  readonly until?: Promise<void>;
  /** The connection is cut: before Teams acted on the call, or after (the answer is lost). */
  readonly reset?: 'before' | 'after';
  /** How many calls; default 1. */
  readonly times?: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly email: string;
  readonly locale: string;
  readonly timeZone: string;
}

interface PlannedFault extends Fault {
  left: number;
}

const SENDS: readonly CallKind[] = ['send', 'reply'];

/** Teams' connector service: records what the bot sends, gives ids, fails as told. */
export class ConnectorStandIn {
  readonly calls: ConnectorCall[] = [];
  readonly people = new Map<string, Person>();
  private readonly events = new EventEmitter();
  private readonly faults: PlannedFault[] = [];
  private readonly server = createServer((request, response) => void this.take(request, response));
  private readonly sockets = new Set<Socket>();
  private count = 0;
  connections = 0;

  async start(): Promise<void> {
    this.events.setMaxListeners(0);
    this.server.keepAliveTimeout = 60_000;
    this.server.on('connection', (socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get serviceUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/emea/`;
  }

  /** Plans failures, used up in the order given. */
  fail(...faults: Fault[]): void {
    this.faults.push(...faults.map((fault) => ({ ...fault, left: fault.times ?? 1 })));
  }

  /** The messages and cards sent and not refused, in order. */
  get sent(): readonly ConnectorCall[] {
    return this.calls.filter((call) => SENDS.includes(call.kind) && call.status === 201);
  }

  /** Resolves with the first call, past or future from index `from`, that fits. */
  async next(fits: (call: ConnectorCall) => boolean, from = 0, timeoutMs = PATIENCE_MS): Promise<ConnectorCall> {
    const known = this.calls.slice(from).find(fits);
    if (known !== undefined) {
      return known;
    }
    return new Promise<ConnectorCall>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.events.off('call', listener);
        reject(new Error(`No such call came within ${timeoutMs} ms`));
      }, timeoutMs);
      const listener = (call: ConnectorCall): void => {
        if (fits(call)) {
          clearTimeout(timer);
          this.events.off('call', listener);
          resolve(call);
        }
      };
      this.events.on('call', listener);
    });
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.sockets.forEach((socket) => socket.destroy());
    });
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const route = routeOf(request);
    if (route === undefined) {
      response.statusCode = 404;
      response.end();
      return;
    }
    const fault = this.takeFault(route.kind);
    if (fault?.delayMs !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    }
    await fault?.until;
    const body = text === '' ? {} : JSON.parse(text);
    const answer = this.answerFor(route, fault);
    const cut = fault?.reset !== undefined;
    const call: ConnectorCall = {
      ...route,
      body,
      authorization: request.headers.authorization,
      status: cut ? 0 : answer.status,
      id: (answer.body as { id?: string } | undefined)?.id,
    };
    if (cut) {
      request.socket.destroy();
    } else {
      response.writeHead(answer.status, { 'content-type': 'application/json', ...fault?.headers });
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    }
    this.calls.push(call);
    this.events.emit('call', call);
  }

  private takeFault(kind: CallKind): Fault | undefined {
    const fault = this.faults.find(({ on = SENDS, left }) => left > 0 && on.includes(kind));
    if (fault !== undefined) {
      fault.left -= 1;
    }
    return fault;
  }

  private answerFor(
    route: { kind: CallKind; activityId: string | undefined },
    fault: Fault | undefined,
  ): { status: number; body?: unknown } {
    if (fault?.status !== undefined) {
      return {
        status: fault.status,
        body: { error: { code: fault.code ?? 'Failed', message: fault.message ?? 'no' } },
      };
    }
    this.count += 1;
    switch (route.kind) {
      case 'send':
      case 'reply':
        return { status: 201, body: { id: `1:${this.count}` } };
      case 'create':
        return { status: 201, body: { id: `a:created-${this.count}` } };
      case 'update':
        return { status: 200, body: { id: route.activityId } };
      case 'delete':
        return { status: 200 };
      case 'members':
        return { status: 200, body: { members: [...this.people.values()].map(memberOf) } };
      case 'member':
        return this.memberAnswer(route.activityId ?? '');
    }
  }

  private memberAnswer(id: string): { status: number; body?: unknown } {
    const person = [...this.people.values()].find((one) => one.id === id || one.aadObjectId === id);
    return person === undefined
      ? { status: 404, body: { error: { code: 'MemberNotFoundInConversation', message: 'no' } } }
      : { status: 200, body: memberOf(person) };
  }
}

const memberOf = (person: Person): Record<string, string> => ({
  id: person.id,
  name: person.name,
  aadObjectId: person.aadObjectId,
  email: person.email,
  userPrincipalName: person.email,
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const ROUTES: readonly { method: string; pattern: RegExp; kind: CallKind }[] = [
  { method: 'POST', pattern: /\/v3\/conversations$/, kind: 'create' },
  { method: 'POST', pattern: /\/v3\/conversations\/([^/]+)\/activities$/, kind: 'send' },
  { method: 'POST', pattern: /\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, kind: 'reply' },
  { method: 'PUT', pattern: /\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, kind: 'update' },
  { method: 'DELETE', pattern: /\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, kind: 'delete' },
  { method: 'GET', pattern: /\/v3\/conversations\/([^/]+)\/members\/([^/]+)$/, kind: 'member' },
  { method: 'GET', pattern: /\/v3\/conversations\/([^/]+)\/pagedmembers$/, kind: 'members' },
];

function routeOf(
  request: IncomingMessage,
): { kind: CallKind; conversationId: string; activityId: string | undefined } | undefined {
  const path = (request.url ?? '').split('?')[0] ?? '';
  for (const { method, pattern, kind } of ROUTES) {
    const match = pattern.exec(path);
    if (request.method === method && match) {
      const [, conversationId = '', activityId] = match;
      return {
        kind,
        conversationId: decodeURIComponent(conversationId),
        activityId: activityId === undefined ? undefined : decodeURIComponent(activityId),
      };
    }
  }
  return undefined;
}
