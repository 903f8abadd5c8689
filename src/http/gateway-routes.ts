import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import type { GatewayConflict } from '../domain/gateway/merge';
import type { GatewayCustomer } from '../domain/gateway/records';
import type { ImportReport } from '../usecases/import-customers';
import { importCustomers } from '../usecases/import-customers';
import type { PutDependencies } from '../usecases/put-customer';
import { putCustomer } from '../usecases/put-customer';
import { readCustomer } from './gateway-body';
import type { Rate } from './gateway-keys';
import { GatewayKeys } from './gateway-keys';
import { type ProblemDetails, send, sendJson, sendProblem } from './problem';
import { readBody, readJson } from './read-body';
import { failRequest } from './server';

export interface GatewayDeps extends PutDependencies {
  /** None = nobody gets in. */
  readonly gatewayKeys: readonly string[];
  readonly logger: Logger;
  /** Such an error is answered with 503: the request can be sent again. */
  readonly isStorageDown?: (error: unknown) => boolean;
  /** Runs the answering of a request that may enter, to be measured. */
  readonly traced?: (work: () => Promise<void>) => Promise<void>;
  /** Per key; 20 requests a second after 200 at once unless said otherwise. */
  readonly rate?: Rate;
  /** Milliseconds of a clock that does not go back, for the rate. */
  readonly now?: () => number;
}

const MAX_CSV_BYTES = 20 * 1024 * 1024;
const MAX_CUSTOMER_BYTES = 256 * 1024;
/** A file is read in pieces of this size, and others get their turn in between: thousands of short rows, all of them wrong, fit in. */
const PIECE = 8 * 1024;

/** Gateway's way in: `PUT /api/gateway/customers/{customerId}` and `POST /api/gateway/import`. */
export function mountGateway(server: Server, deps: GatewayDeps): void {
  const keys = new GatewayKeys(
    deps.gatewayKeys,
    deps.rate ?? { perSecond: 20, burst: 200 },
    deps.now ?? (() => performance.now()),
  );
  const guarded =
    (mediaType: string, answer: (request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response): Promise<void> => {
      try {
        if (mayEnter(keys, request, response) && hasMediaType(mediaType, request, response)) {
          const answering = async (): Promise<void> => answer(request, response);
          await (deps.traced?.(answering) ?? answering());
        }
      } catch (error) {
        failRequest(error, request, response, deps);
      }
    };
  server.put(
    '/api/gateway/customers/:customerId',
    guarded('application/json', async (request, response) => answerPut(request, response, deps)),
  );
  server.post(
    '/api/gateway/import',
    guarded('text/csv', async (request, response) => answerImport(request, response, deps)),
  );
}

function mayEnter(keys: GatewayKeys, request: IncomingMessage, response: ServerResponse): boolean {
  const verdict = keys.check(request.headers.authorization);
  switch (verdict.kind) {
    case 'accepted':
      return true;
    case 'refused':
      response.setHeader('www-authenticate', 'Bearer realm="gateway"');
      refuse(request, response, 401, { detail: 'Send Authorization: Bearer with a valid gateway key.' });
      return false;
    case 'tooMany':
      response.setHeader('retry-after', verdict.retryAfterSeconds);
      refuse(request, response, 429, { title: 'Too many requests', detail: 'Wait as long as Retry-After says.' });
      return false;
  }
}

function hasMediaType(mediaType: string, request: IncomingMessage, response: ServerResponse): boolean {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((each) => /^\s*charset="?([^"]*?)"?\s*$/.exec(each)?.[1]).find((each) => each);
  const isUtf8 = charset === undefined || charset === 'utf-8' || charset === 'utf8';
  const isPlain = (request.headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity';
  if (type?.trim() === mediaType && isUtf8 && isPlain) {
    return true;
  }
  refuse(request, response, 415, { detail: `Send ${mediaType} in UTF-8, not compressed.`, field: 'Content-Type' });
  return false;
}

/** Refuses before the body was read; it is thrown away, so that its sender gets as far as reading the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, details: ProblemDetails): void {
  request.resume();
  sendProblem(response, status, details);
}

async function answerPut(request: Request, response: Response, deps: GatewayDeps): Promise<void> {
  const { customerId } = request.params as { customerId: string };
  const read = readCustomer(customerId, await readJson(request, MAX_CUSTOMER_BYTES));
  if (!read.ok) {
    const [first] = read.errors;
    const detail = first && `${first.field} ${first.problem}`;
    sendProblem(response, 422, { title: 'The customer is not valid', detail, errors: read.errors });
    return;
  }
  const outcome = await putCustomer(deps, read.value);
  if (outcome.kind === 'busy') {
    response.setHeader('retry-after', 1);
    sendProblem(response, 503, { detail: 'The customer is being changed by others; send it again.' });
    return;
  }
  deps.logger.info({ customerId: read.value.customer.id, outcome: outcome.kind }, 'gateway.customer');
  sendJson(response, outcome.kind === 'created' ? 201 : 200, reportOf(read.value, outcome));
}

/** The report of an import of this one customer. */
function reportOf(
  { workloads }: GatewayCustomer,
  { kind, conflicts }: { readonly kind: string; readonly conflicts: readonly GatewayConflict[] },
): ImportReport {
  const unchanged = kind === 'unchanged' ? 1 : 0;
  return { customers: 1, workloads: workloads.length, unchanged, conflicts: [...conflicts], rejected: [] };
}

async function answerImport(request: Request, response: Response, deps: GatewayDeps): Promise<void> {
  const body = await readBody(request, MAX_CSV_BYTES);
  const report = await importCustomers(deps, piecesOf(body));
  const { conflicts, rejected, ...counts } = report;
  deps.logger.info({ ...counts, conflicts: conflicts.length, rejected: rejected.length }, 'gateway.import');
  if (rejected.length === 0) {
    sendJson(response, 200, report);
  } else {
    // A problem document too: all its own members are optional, and `rejected` names the lines.
    send(response, 422, { contentType: 'application/problem+json', body: JSON.stringify(report) });
  }
}

async function* piecesOf(body: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < body.length; start += PIECE) {
    yield body.subarray(start, start + PIECE);
    await new Promise(setImmediate);
  }
}
