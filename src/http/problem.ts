import type { ServerResponse } from 'node:http';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not authorised',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'The request took too long',
  413: 'The request is too large',
  415: 'Unsupported media type',
  500: 'Something went wrong',
  503: 'Not available now',
};

/** Further members of a problem document (RFC 9457), for example the line of a file. */
export type ProblemDetails = Readonly<Record<string, unknown>>;

/** An RFC 9457 problem document, as text. */
export const problemText = (status: number, details: ProblemDetails = {}): string =>
  JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, ...details });

/** Answers with an RFC 9457 problem document. Says nothing about the inside unless `details` does. */
export function sendProblem(response: ServerResponse, status: number, details: ProblemDetails = {}): void {
  send(response, status, { contentType: 'application/problem+json', body: problemText(status, details) });
}

/** Answers with JSON. */
export const sendJson = (response: ServerResponse, status: number, value: object): void =>
  sendJsonText(response, status, JSON.stringify(value));

/** Answers with text that is JSON, or with an empty body. */
export function sendJsonText(response: ServerResponse, status: number, json: string | undefined): void {
  const content = json === undefined ? undefined : { contentType: 'application/json; charset=utf-8', body: json };
  send(response, status, content);
}

/** Answers with text of a given type. */
export function send(
  response: ServerResponse,
  status: number,
  content: { readonly contentType: string; readonly body: string } | undefined,
): void {
  if (response.headersSent || response.destroyed) {
    return;
  }
  const headers: Record<string, string | number> = {
    'content-length': content === undefined ? 0 : Buffer.byteLength(content.body),
  };
  if (content !== undefined) {
    headers['content-type'] = content.contentType;
  }
  response.writeHead(status, headers);
  response.end(content?.body);
}
