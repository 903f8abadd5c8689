import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { AnswerLostError, exchange, type Answer, type Exchange } from '../exchange';
import { ConnectorError, errorFromAnswer, errorFromNetwork, retryAfterSeconds } from './connector-error';
import { waitBeforeRetry, type RetryPolicy } from './retry-policy';
import { isPlainHttp } from './service-url';

export interface ConnectorRequest {
  readonly serviceUrl: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path under the service URL, encoded, without leading slash. */
  readonly path: string;
  readonly body?: object;
}

/** Sends requests to Teams over kept connections: one request per attempt, repeated only as the policy says. */
export interface ConnectorHttp {
  /** The parsed JSON answer, undefined when it has no body. @throws ConnectorError */
  request(request: ConnectorRequest, retry: RetryPolicy): Promise<unknown>;
  close(): Promise<void>;
}

/** One request that went to Teams, answered or not. */
export interface ConnectorRequestSeen {
  readonly method: string;
  /** What became of it: `ok`, or the code of the failure. */
  readonly outcome: string;
  readonly milliseconds: number;
}

export interface ConnectorHttpOptions {
  /** The bot's `Authorization` header; undefined = none is sent. */
  readonly authorization?: () => Promise<string | undefined>;
  /** Milliseconds Teams has to answer one request. */
  readonly timeoutMs?: number;
  /** Told of each request that was sent. */
  readonly onRequest?: (seen: ConnectorRequestSeen) => void;
  /** Which service URLs may be called; undefined = every one. */
  readonly isTrusted?: (serviceUrl: string) => boolean;
}

const USER_AGENT = 'fm-assistant (Microsoft-BotFramework/3.1)';
const MAX_ERROR_BODY = 64 * 1024;

export function createConnectorHttp(options: ConnectorHttpOptions = {}): ConnectorHttp {
  const timeoutMs = options.timeoutMs ?? 8000;
  const pools = new Map<string, Pool>();
  const poolFor = (origin: string): Pool => {
    let pool = pools.get(origin);
    if (pool === undefined) {
      pool = new Pool(origin, {
        connections: 64,
        keepAliveTimeout: 30_000,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        connect: { timeout: Math.min(timeoutMs, 4000) },
      });
      pools.set(origin, pool);
    }
    return pool;
  };
  const attempt = async (request: ConnectorRequest): Promise<unknown> => {
    if (options.isTrusted?.(request.serviceUrl) === false) {
      throw new ConnectorError({ code: 'SERVICE_URL_REFUSED', ambiguous: false });
    }
    const { origin, prefix } = baseOf(request.serviceUrl);
    const headers = await headersFor(request, options);
    const answer = await send(poolFor(origin), {
      method: request.method,
      path: `${prefix}${request.path}`,
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    return readAnswer(answer);
  };
  return {
    request: async (request, retry) => withRetry(async () => seen(request, attempt, options.onRequest), retry),
    close: async () => {
      await Promise.all([...pools.values()].map(async (pool) => pool.close()));
      pools.clear();
    },
  };
}

async function seen(
  request: ConnectorRequest,
  attempt: (request: ConnectorRequest) => Promise<unknown>,
  tell: ConnectorHttpOptions['onRequest'],
): Promise<unknown> {
  const started = performance.now();
  let outcome = 'ok';
  try {
    return await attempt(request);
  } catch (error) {
    outcome = error instanceof ConnectorError ? error.code : 'unexpected';
    throw error;
  } finally {
    tell?.({ method: request.method, outcome, milliseconds: performance.now() - started });
  }
}

async function withRetry(attempt: () => Promise<unknown>, policy: RetryPolicy): Promise<unknown> {
  const started = performance.now();
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      const wait = waitBeforeRetry(error, count, policy);
      if (wait === undefined || performance.now() - started + wait > policy.budgetMs) {
        throw error;
      }
      await sleep(wait);
    }
  }
}

const bases = new Map<string, { origin: string; prefix: string }>();

function baseOf(serviceUrl: string): { origin: string; prefix: string } {
  let base = bases.get(serviceUrl);
  if (base === undefined) {
    const url = new URL(serviceUrl);
    base = { origin: url.origin, prefix: url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/` };
    if (bases.size > 1000) {
      bases.clear();
    }
    bases.set(serviceUrl, base);
  }
  return base;
}

async function headersFor(request: ConnectorRequest, options: ConnectorHttpOptions): Promise<Record<string, string>> {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': USER_AGENT };
  if (request.body !== undefined) {
    headers['content-type'] = 'application/json; charset=utf-8';
  }
  // A token never travels over plain http; only stand-ins on this machine are reached that way.
  if (options.authorization === undefined || isPlainHttp(request.serviceUrl)) {
    return headers;
  }
  try {
    const authorization = await options.authorization();
    return authorization === undefined ? headers : { ...headers, authorization };
  } catch (cause) {
    throw new ConnectorError({ code: 'TOKEN_UNAVAILABLE', ambiguous: false }, cause);
  }
}

async function send(pool: Pool, options: Exchange): Promise<Answer> {
  try {
    return await exchange(pool, options);
  } catch (cause) {
    if (cause instanceof AnswerLostError) {
      const { status } = cause;
      throw new ConnectorError({ status, code: 'ANSWER_LOST', ambiguous: isSuccess(status) }, cause.cause);
    }
    throw errorFromNetwork(cause);
  }
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

function readAnswer({ status, headers, text }: Answer): unknown {
  if (!isSuccess(status)) {
    throw errorFromAnswer(status, text.slice(0, MAX_ERROR_BODY), retryAfterSeconds(headers['retry-after'], Date.now()));
  }
  return parseAnswer(text);
}

/** Teams acted on the request: an answer that cannot be read is no reason to say it failed. */
function parseAnswer(text: string): unknown {
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
