import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { Agent, type Dispatcher } from 'undici';

/** One request that left this process, for metrics and the bench. */
export interface RequestSeen {
  readonly method: string;
  /** HTTP status, or 0 when no answer came. */
  readonly status: number;
  readonly milliseconds: number;
}

/** The connection failed or nothing answered in time: whether the server acted is unknown. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('No answer from storage', { cause });
    this.name = 'NoAnswerError';
  }
}

/** The transport of the table clients: kept connections, half the CPU of the SDK's own (performance.md). */
export class UndiciTransport implements HttpClient {
  // Azure closes idle connections after about a minute; ours go first, so that a request rarely meets a closing one.
  private readonly agent = new Agent({ connections: 64, keepAliveTimeout: 30_000, keepAliveMaxTimeout: 30_000 });

  constructor(private readonly onRequest?: (seen: RequestSeen) => void) {}

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const started = performance.now();
    let status = 0;
    try {
      const answer = await this.agent.request(optionsOf(request));
      const bodyAsText = await answer.body.text();
      status = answer.statusCode;
      return { request, status, headers: headersOf(answer.headers), bodyAsText };
    } catch (error) {
      throw new NoAnswerError(error);
    } finally {
      this.onRequest?.({ method: request.method, status, milliseconds: performance.now() - started });
    }
  }

  /** Ends the kept connections; requests under way are cut. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

function optionsOf(request: PipelineRequest): Dispatcher.RequestOptions & { origin: string } {
  const url = new URL(request.url);
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method,
    headers: request.headers.toJSON({ preserveCase: true }),
    body: bodyOf(request),
    signal: request.abortSignal,
  };
}

function bodyOf(request: PipelineRequest): string | undefined {
  if (request.body === undefined || request.body === null || typeof request.body === 'string') {
    return request.body ?? undefined;
  }
  throw new TypeError('The table client sends text only');
}

function headersOf(raw: Dispatcher.ResponseData['headers']): PipelineResponse['headers'] {
  const headers = createHttpHeaders();
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
  }
  return headers;
}
