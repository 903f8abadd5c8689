import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { Agent } from 'undici';
import { exchange, type Answer, type Exchange } from '../exchange';

/** One request that left this process, for metrics and the bench. */
export interface RequestSeen {
  readonly method: string;
  /** Has keys in it, which name customers and people: not for logs. */
  readonly url: string;
  /** HTTP status, or 0 when no answer came. */
  readonly status: number;
  readonly milliseconds: number;
  /** The server's clock when it answered, to the second; undefined when no answer came. */
  readonly serverTime?: number | undefined;
}

/** The connection failed or nothing answered in time: whether the server acted is unknown. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('No answer from storage', { cause });
    this.name = 'NoAnswerError';
  }
}

/**
 * More requests than this wait here for their turn, which is fair: each storage request takes milliseconds. On connections of
 * their own they would wait longer where storage is a busy Node process (Azurite): libuv takes one new connection each time
 * round its loop, so that in a burst the last of 128 waited for more than a turn has, while others were answered at once.
 */
const MOST_CONNECTIONS = 24;

/** The transport of the table clients: kept connections, half the CPU of the SDK's own (performance.md). */
export class UndiciTransport implements HttpClient {
  // Azure closes idle connections after about a minute; ours go first, so that a request rarely meets a closing one.
  private readonly agent = new Agent({
    connections: MOST_CONNECTIONS,
    keepAliveTimeout: 30_000,
    keepAliveMaxTimeout: 30_000,
  });

  constructor(private readonly onRequest?: (seen: RequestSeen) => void) {}

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const started = performance.now();
    let status = 0;
    let serverTime: number | undefined;
    try {
      const answer = await exchange(this.agent, optionsOf(request));
      status = answer.status;
      serverTime = timeOf(answer.headers['date']);
      return { request, status, headers: headersOf(answer.headers), bodyAsText: answer.text };
    } catch (error) {
      throw new NoAnswerError(error);
    } finally {
      this.onRequest?.({
        method: request.method,
        url: request.url,
        status,
        serverTime,
        milliseconds: performance.now() - started,
      });
    }
  }

  /** Ends the kept connections; requests under way are cut. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

function optionsOf(request: PipelineRequest): Exchange {
  const url = new URL(request.url);
  const body = bodyOf(request);
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method,
    headers: request.headers.toJSON({ preserveCase: true }),
    ...(body !== undefined && { body }),
    signal: request.abortSignal as AbortSignal | undefined,
  };
}

function bodyOf({ body, headers }: PipelineRequest): string | undefined {
  if (body === undefined || body === null) {
    return undefined;
  }
  if (typeof body !== 'string') {
    throw new TypeError('The table client sends text only');
  }
  if (headers.get('content-type')?.startsWith('application/json') !== true) {
    return body;
  }
  const ascii = asciiJson(body);
  headers.set('content-length', ascii.length);
  return ascii;
}

/**
 * The same JSON without a character of more than one byte: Azurite 3.35 decodes a body piece by piece and spoils
 * characters that two pieces share (batches it decodes whole).
 */
function asciiJson(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function timeOf(header: string | string[] | undefined): number | undefined {
  const time = typeof header === 'string' ? Date.parse(header) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

function headersOf(raw: Answer['headers']): PipelineResponse['headers'] {
  const headers = createHttpHeaders();
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
  }
  return headers;
}
