import type { ConnectorError } from '../../../src/adapters/teams/connector-error';
import { errorFromAnswer, errorFromNetwork, retryAfterSeconds } from '../../../src/adapters/teams/connector-error';
import { IDEMPOTENT_RETRY, NO_RETRY, TURN_RETRY, waitBeforeRetry } from '../../../src/adapters/teams/retry-policy';

const NOW = Date.UTC(2026, 0, 5, 10, 0, 0);

it.each([
  [undefined, undefined],
  ['3', 3],
  ['0.5', 0.5],
  ['Mon, 05 Jan 2026 10:00:30 GMT', 30],
  ['Mon, 05 Jan 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  [['7', '8'], 7],
])('Retry-After %j means %j seconds', (header, seconds) => {
  expect(retryAfterSeconds(header, NOW)).toBe(seconds);
});

it.each([
  ['{"error":{"code":"ConversationBlockedByUser","message":"Alice"}}', 'ConversationBlockedByUser', undefined],
  [
    '{"error":{"code":"Forbidden","message":"{\\"subCode\\":\\"MessageWritesBlocked\\",\\"errorCode\\":209}"}}',
    'Forbidden',
    'MessageWritesBlocked',
  ],
  ['{"code":"BadArgument"}', 'BadArgument', undefined],
  ['<html>Alice</html>', 'HTTP_403', undefined],
  ['{"error":{"code":"Alice Meyer said no"}}', 'HTTP_403', undefined],
  ['{"error":{"code":"Forbidden","message":"{half"}}', 'Forbidden', undefined],
  ['null', 'HTTP_403', undefined],
  ['', 'HTTP_403', undefined],
])('the codes in %s', (body, code, subCode) => {
  const error = errorFromAnswer(403, body, undefined);
  expect([error.code, error.subCode]).toEqual([code, subCode]);
  expect(error.message).not.toContain('Alice');
});

it.each([
  [400, false],
  [401, false],
  [403, false],
  [404, false],
  [408, true],
  [412, false],
  [413, false],
  [429, false],
  [500, true],
  [502, true],
  [503, true],
  [504, true],
])('after %i it is unknown whether Teams acted: %j', (status, ambiguous) => {
  expect(errorFromAnswer(status, '', undefined).ambiguous).toBe(ambiguous);
});

it.each([
  ['ECONNREFUSED', false],
  ['ENOTFOUND', false],
  ['UND_ERR_CONNECT_TIMEOUT', false],
  ['ECONNRESET', true],
  ['UND_ERR_SOCKET', true],
  ['UND_ERR_HEADERS_TIMEOUT', true],
  ['EPIPE', true],
])('after %s it is unknown whether Teams acted: %j', (code, ambiguous) => {
  expect(errorFromNetwork(Object.assign(new Error('x'), { code }))).toMatchObject({ code, ambiguous });
});

describe('waiting before another attempt', () => {
  const answered = (status: number, retryAfter?: number): ConnectorError => errorFromAnswer(status, '', retryAfter);
  const cut = errorFromNetwork(Object.assign(new Error(), { code: 'ECONNRESET' }));

  it('never happens without a policy for it', () => {
    expect(waitBeforeRetry(answered(429, 1), 1, NO_RETRY)).toBeUndefined();
    expect(waitBeforeRetry(answered(429, 1), 3, TURN_RETRY)).toBeUndefined();
    expect(waitBeforeRetry(new Error('defect'), 1, IDEMPOTENT_RETRY)).toBeUndefined();
  });

  it.each([400, 401, 403, 404, 413, 500, 502, 503, 504])('never repeats a POST after %i', (status) => {
    expect(waitBeforeRetry(answered(status, 1), 1, TURN_RETRY)).toBeUndefined();
  });

  it('never repeats a POST whose fate nobody knows, but does repeat a PUT', () => {
    expect(waitBeforeRetry(cut, 1, TURN_RETRY)).toBeUndefined();
    expect(waitBeforeRetry(cut, 1, IDEMPOTENT_RETRY)).toBeGreaterThan(0);
  });

  it('waits as long as Teams says', () => {
    expect(waitBeforeRetry(answered(429, 2), 1, TURN_RETRY)).toBe(2000);
  });

  it('backs off with jitter after 412', () => {
    expect(waitBeforeRetry(answered(412), 1, TURN_RETRY)).toBeGreaterThanOrEqual(150);
    expect(waitBeforeRetry(answered(412), 2, TURN_RETRY)).toBeGreaterThanOrEqual(300);
  });
});
