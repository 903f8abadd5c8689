/** What went wrong with a call to Teams; `status` is absent when no answer came. */
export interface ConnectorFailure {
  readonly status?: number;
  /** Teams' error code (`ConversationBlockedByUser`), or the network's (`ECONNRESET`). */
  readonly code: string;
  /** The code inside the message, for example `MessageWritesBlocked`. */
  readonly subCode?: string;
  readonly retryAfterSeconds?: number;
  /** True when nobody can know whether Teams acted on the request. */
  readonly ambiguous: boolean;
}

/** A call to Teams that did not succeed. Carries codes only, never text from the answer. */
export class ConnectorError extends Error {
  readonly status: number | undefined;
  readonly code: string;
  readonly subCode: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly ambiguous: boolean;

  constructor(failure: ConnectorFailure, cause?: unknown) {
    const answer = failure.status === undefined ? 'Teams was not reached' : `Teams answered ${failure.status}`;
    super(`${answer} (${failure.subCode ?? failure.code})`, cause === undefined ? undefined : { cause });
    this.name = 'ConnectorError';
    this.status = failure.status;
    this.code = failure.code;
    this.subCode = failure.subCode;
    this.retryAfterSeconds = failure.retryAfterSeconds;
    this.ambiguous = failure.ambiguous;
  }
}

/** Failures that happen before a byte of the request has left: the request was certainly not acted on. */
const NOTHING_LEFT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EMFILE',
  'ENFILE',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const parse = (text: unknown): unknown => {
  if (typeof text !== 'string' || !text.trimStart().startsWith('{')) {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const CODE = /^[A-Za-z0-9_.-]{1,80}$/;
const asCode = (value: unknown): string | undefined =>
  typeof value === 'string' && CODE.test(value) ? value : undefined;

/** `Retry-After` in seconds, from seconds or an HTTP date (relative to `nowMs`); undefined when absent or senseless. */
export function retryAfterSeconds(header: string | string[] | undefined, nowMs: number): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) {
    return undefined;
  }
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : (Date.parse(text) - nowMs) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/** The error for an answer other than 2xx. `body` is read for codes only. */
export function errorFromAnswer(status: number, body: string, retryAfter: number | undefined): ConnectorError {
  const parsed = parse(body);
  const error = isRecord(parsed) && isRecord(parsed.error) ? parsed.error : parsed;
  const details = isRecord(error) ? error : {};
  const inner = parse(details.message);
  const subCode = asCode(details.subCode) ?? (isRecord(inner) ? asCode(inner.subCode) : undefined);
  return new ConnectorError({
    status,
    code: asCode(details.code) ?? `HTTP_${status}`,
    ...(subCode === undefined ? {} : { subCode }),
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
    ambiguous: status === 408 || status >= 500,
  });
}

/** The error for a request that got no answer. */
export function errorFromNetwork(cause: unknown): ConnectorError {
  const code = (isRecord(cause) ? asCode(cause.code) : undefined) ?? 'NETWORK';
  return new ConnectorError({ code, ambiguous: !NOTHING_LEFT.has(code) }, cause);
}
