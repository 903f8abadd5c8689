import type { IncomingMessage, Server as HttpListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createServer, type Request, type Response, type Server } from 'restify';
import { mountOperations, type OperationsDeps } from './operations-routes';
import { problemText, sendJsonText, sendProblem } from './problem';
import { BodyError, readJson } from './read-body';

/** Teams' activities are far smaller; whoever sends more is not Teams. */
export const MAX_ACTIVITY_BYTES = 256 * 1024;

const RETRY_AFTER_SECONDS = 5;

/** The bot's answer to one activity; `TeamsEdge.answer` with the bot's logic fits. */
export type AnswerActivity = (request: {
  readonly authorization: string;
  /** The JSON body. @throws BodyError */
  readonly readBody: () => Promise<unknown>;
}) => Promise<{ readonly status: number; readonly json?: string }>;

export interface HttpServerDeps extends OperationsDeps {
  readonly answerActivity: AnswerActivity;
  readonly logger: Logger;
  /** Further routes (gateway); they read bodies with `readBody` and answer with `sendJson` and `sendProblem`. */
  readonly mount?: readonly ((server: Server) => void)[];
}

/** The server could not start: `PORT_IN_USE`, or `LISTEN_FAILED` with the system's reason as cause. */
export class ListenError extends Error {
  constructor(
    readonly code: 'PORT_IN_USE' | 'LISTEN_FAILED',
    readonly port: number,
    cause: unknown,
  ) {
    super(code === 'PORT_IN_USE' ? `Port ${port} is in use` : `Cannot listen on port ${port}`, { cause });
    this.name = 'ListenError';
  }
}

export interface HttpServer {
  /** Starts listening. @returns the port (useful when 0 was asked for). @throws ListenError */
  listen(port: number, host?: string): Promise<number>;
  /** Stops accepting, lets requests under way finish for at most `graceMs`, then closes every connection. */
  close(graceMs?: number): Promise<void>;
}

export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const server = createServer({ name: '', handleUncaughtExceptions: false });
  const http = server.server as HttpListener;
  // restify listens without answering: whoever offered another protocol (curl --http2, Java's client) would hold a
  // connection without an end. With nobody listening, Node answers the request as it is.
  http.removeAllListeners('upgrade');
  // Longer than Azure's front end keeps an idle connection, so that the closing side is never us.
  http.keepAliveTimeout = 245_000;
  http.headersTimeout = 15_000;
  http.requestTimeout = 30_000;
  answerErrorsBriefly(server, deps.logger);
  refuseUnreadableAddresses(server);
  server.post('/api/messages', async (request, response) => answerMessage(request, response, deps));
  mountOperations(server, deps);
  deps.mount?.forEach((mount) => mount(server));
  const stopping = closeAfterAnswering(http);
  return {
    listen: async (port, host) => {
      const taken = await listen(server, port, host);
      server.on('error', (error: unknown) => deps.logger.error(describeError(error), 'server.error'));
      return taken;
    },
    close: async (graceMs = 10_000) => close(http, stopping, graceMs),
  };
}

async function answerMessage(request: Request, response: Response, deps: HttpServerDeps): Promise<void> {
  try {
    const readBody = async (): Promise<unknown> => readJson(request, MAX_ACTIVITY_BYTES);
    const answer = await deps.answerActivity({ authorization: request.headers.authorization ?? '', readBody });
    if (answer.status === 503) {
      response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    }
    if (answer.status >= 400 && answer.json === undefined) {
      sendProblem(response, answer.status);
    } else {
      sendJsonText(response, answer.status, answer.json);
    }
  } catch (error) {
    failRequest(error, request, response, deps);
  }
}

export interface FailureDeps {
  readonly logger: Logger;
  /** Whether storage did not answer: asked again later, the request can succeed. */
  readonly isStorageDown?: (error: unknown) => boolean;
}

const BODY_PROBLEMS: Readonly<Record<BodyError['code'], string>> = {
  BODY_MALFORMED: 'The body is not JSON in UTF-8.',
  BODY_TOO_LARGE: 'The body is larger than this address takes.',
  BODY_ABORTED: 'The body ended early.',
};

/**
 * Answers a request whose handler threw: the body's fault with its status, storage that does not answer with 503,
 * everything else with a bare 500.
 */
export function failRequest(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  { logger, isStorageDown }: FailureDeps,
): void {
  if (error instanceof BodyError) {
    logger.warn({ status: error.status, reason: error.code }, 'request.refused');
    if (!request.complete) {
      // What is left of the body will not be read.
      response.setHeader('connection', 'close');
    }
    sendProblem(response, error.status, { detail: BODY_PROBLEMS[error.code], field: 'body' });
    return;
  }
  if (isStorageDown?.(error) === true) {
    logger.warn({ status: 503 }, 'request.storage-down');
    response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    sendProblem(response, 503, { detail: 'Storage does not answer; send it again.' });
    return;
  }
  logger.error(describeError(error), 'request.failed');
  sendProblem(response, 500);
}

/** An error for the log; never its message, which may quote what somebody sent. */
export const describeError = (error: unknown): Record<string, unknown> =>
  error instanceof Error
    ? { error: error.name, stack: error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) }
    : { error: typeof error };

/**
 * restify's router takes `Host` and address apart where nobody catches: ones that are none (`GET http://[`) would end the
 * process. What is read here is kept for it.
 */
function refuseUnreadableAddresses(server: Server): void {
  server.pre((request, _response, next) => {
    try {
      request.path();
      next();
    } catch {
      next(Object.assign(new Error('The address cannot be read'), { statusCode: 400 }));
    }
  });
}

/** Routing errors (404, 405) and errors thrown by mounted routes, without restify's text about them. */
function answerErrorsBriefly(server: Server, logger: Logger): void {
  server.on(
    'restifyError',
    (_request: Request, response: Response, error: Error & { statusCode?: number }, done: () => void) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) {
        logger.error(describeError(error), 'request.failed');
      }
      if (response.headersSent) {
        response.destroy();
        return;
      }
      // restify answers by itself unless the answer went through it.
      response.sendRaw(status, problemText(status), { 'content-type': 'application/problem+json' });
      done();
    },
  );
}

/** Asks every client to leave its connection with the answer under way, or the next one. */
function closeAfterAnswering(http: HttpListener): { begin(): void } {
  const underWay = new Set<ServerResponse>();
  let isStopping = false;
  http.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    if (isStopping) {
      response.setHeader('connection', 'close');
    }
  });
  return {
    begin: () => {
      isStopping = true;
      underWay.forEach((response) => response.headersSent || response.setHeader('connection', 'close'));
    },
  };
}

async function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void => {
      reject(new ListenError(cause.code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'LISTEN_FAILED', port, cause));
    };
    // restify passes its listener's errors on, and throws when nobody takes them.
    server.once('error', failed);
    const listening = (): void => {
      server.off('error', failed);
      resolve((server.server.address() as AddressInfo).port);
    };
    if (host === undefined) {
      server.server.listen(port, listening);
    } else {
      server.server.listen(port, host, listening);
    }
  });
}

async function close(http: HttpListener, stopping: { begin(): void }, graceMs: number): Promise<void> {
  stopping.begin();
  if (!http.listening) {
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => http.closeAllConnections(), graceMs);
    http.close(() => {
      clearTimeout(timer);
      resolve();
    });
    http.closeIdleConnections();
  });
}
