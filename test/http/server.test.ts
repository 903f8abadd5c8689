import { connect } from 'node:net';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createHttpServer } from '../../src/http/server';
import { startEdge, type EdgeUnderTest } from '../wire/edge-under-test';
import { TeamsStandIn, type Person } from '../wire/teams-stand-in';

let edge: EdgeUnderTest;
let teams: TeamsStandIn;
let alice: Person;

beforeEach(async () => {
  edge = await startEdge();
  teams = await TeamsStandIn.start({ botUrl: edge.url });
  alice = teams.person('Alice');
});

afterEach(async () => {
  await edge.close();
  await teams.close();
});

const PROBLEM = 'application/problem+json';

describe('POST /api/messages refuses', () => {
  const valid = (): Record<string, unknown> =>
    teams.activity(alice, { type: 'message', text: 'x' }) as object as Record<string, unknown>;

  it.each<[string, string]>([
    ['nothing', ''],
    ['half a JSON', '{"type":'],
    ['an array', '[]'],
    ['an array of activities', '[{"type":"message"}]'],
    ['null', 'null'],
    ['a number', '1'],
    ['a text', '"message"'],
    ['bytes that are no UTF-8', '\u0000'],
  ])('%s with 400', async (_case, body) => {
    const turn = await teams.postRaw(body);
    expect([turn.status, turn.contentType]).toEqual([400, PROBLEM]);
  });

  it('bytes that are no UTF-8 with 400', async () => {
    const turn = await teams.postRaw(new Uint8Array([0x22, 0xff, 0xfe, 0x22]));
    expect(turn.status).toBe(400);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no type', { type: undefined }],
    ['an empty type', { type: '' }],
    ['a type that is no text', { type: 5 }],
    ['no channel', { channelId: undefined }],
    ['an empty channel', { channelId: '' }],
    ['no conversation', { conversation: undefined }],
    ['a conversation that is a text', { conversation: 'a:1' }],
    ['a conversation without id', { conversation: {} }],
    ['a message from nobody', { from: undefined }],
    ['an edit by nobody', { type: 'messageUpdate', from: undefined }],
    ['a reaction of nobody', { type: 'messageReaction', from: {} }],
    ['an installation by nobody', { type: 'installationUpdate', action: 'add', from: null }],
    ['a sender whose id is no text', { from: { id: { a: 1 } } }],
    ['a text that is no text', { text: { evil: true } }],
    ['attachments that are no list', { attachments: {} }],
    ['attachments of nothing', { attachments: [null] }],
    ['a locale that is no text', { locale: 7 }],
  ])('an activity with %s with 400', async (_case, change) => {
    const turn = await teams.postRaw(JSON.stringify({ ...valid(), ...change }));
    expect([turn.status, turn.contentType]).toEqual([400, PROBLEM]);
    expect(teams.connector.calls).toHaveLength(0);
  });

  it('takes null for a missing field', async () => {
    const turn = await teams.post({ ...valid(), attachments: null, locale: null });
    expect(turn.texts).toEqual(['Echo: x']);
  });

  it('a body over 256 KB with 413, whether announced or in chunks', async () => {
    const large = JSON.stringify({ ...valid(), text: 'x'.repeat(256 * 1024) });
    expect((await teams.postRaw(large)).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 30; index += 1) {
          controller.enqueue(new TextEncoder().encode('x'.repeat(10_000)));
        }
        controller.close();
      },
    });
    const init = { method: 'POST', body: chunks, duplex: 'half' };
    const chunked = await fetch(`${edge.url}/api/messages`, init as RequestInit);
    expect([chunked.status, chunked.headers.get('content-type')]).toEqual([413, PROBLEM]);
  });

  it('takes a body just below it', async () => {
    const text = 'x'.repeat(255 * 1024);
    expect((await teams.sendMessage(alice, text)).status).toBe(200);
  });

  it('survives a sender who hangs up in the middle', async () => {
    const { port } = new URL(edge.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write('POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"type"', () => {
          socket.destroy();
          resolve();
        });
      });
    });
    expect((await teams.sendMessage(alice, 'still here')).texts).toEqual(['Echo: still here']);
  });
});

describe('an address that is none', () => {
  it.each([
    ['with half an IPv6 host', 'GET http://[::1/healthz', 'x'],
    ['without a host', 'POST http://', 'x'],
    ['with a port that cannot be', 'PUT http://x:99999/healthz', 'x'],
    ['for a host that cannot be', 'GET /healthz', '['],
    ['for a host of two words', 'POST /api/messages', 'a b'],
  ])('%s is answered with 400, and the process lives', async (_case, line, host) => {
    const answer = await rawAnswer(
      `${line} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(PROBLEM);
    expect((await teams.sendMessage(alice, 'still here')).texts).toEqual(['Echo: still here']);
  });
});

/** Everything answered to bytes that no HTTP client would send. */
const rawAnswer = async (bytes: string): Promise<string> =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.once('end', () => resolve(answer));
    socket.once('error', reject);
  });

describe('routes', () => {
  it.each([
    ['GET', '/nothing/secret-path', 404],
    ['GET', '/api/messages', 405],
    ['DELETE', '/healthz', 405],
    ['GET', '/%E0%A4%A', 404],
  ])('%s %s is %i without inner text', async (method, path, status) => {
    const response = await fetch(`${edge.url}${path}`, { method });
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, PROBLEM]);
    expect(text).not.toMatch(/secret-path|restify|Error/);
  });

  it.each([
    [
      'a client that would rather speak HTTP/2',
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\n',
    ],
    ['a web socket', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n'],
  ])('answer %s in HTTP/1.1, and hold no connection without an end', async (_who, headers) => {
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
    socket.write(`GET /healthz HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    socket.destroy();
  });

  it('tell neither server nor version', async () => {
    const response = await fetch(`${edge.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    expect(response.headers.get('server')).toBeNull();
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it.each([
    ['keeps the answer for a while', 3_600_000, 200],
    ['asks again after that', 0, 503],
  ])('/readyz asks storage, and %s', async (_what, readyCacheMs, later) => {
    let isReady = true;
    await edge.close();
    edge = await startEdge(undefined, {
      isReady: async () => (isReady ? true : Promise.reject(new Error('secret'))),
      readyCacheMs,
    });
    expect((await fetch(`${edge.url}/readyz`)).status).toBe(200);
    isReady = false;
    const response = await fetch(`${edge.url}/readyz`);
    expect(response.status).toBe(later);
    expect(await response.text()).not.toContain('secret');
  });

  it('/metrics is Prometheus text', async () => {
    const response = await fetch(`${edge.url}/metrics`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/plain'),
    ]);
  });
});

describe('start and stop', () => {
  it('names a port in use', async () => {
    const port = Number(new URL(edge.url).port);
    const second = createHttpServer({
      logger: pino({ level: 'silent' }),
      registry: new Registry(),
      isReady: async () => true,
      answerActivity: async () => ({ status: 200 }),
    });
    await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'PORT_IN_USE', port });
    await second.close();
  });

  it('lets the turn under way finish, and takes no new one', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const slow = await startEdge(async (context) => {
      begun();
      await held;
      await context.sendActivity('done');
    });
    teams.playAgainst(slow.url);
    const turn = teams.sendMessage(alice, 'x');
    await hasBegun;
    const closed = slow.server.close(5000);
    await expect(fetch(`${slow.url}/healthz`)).rejects.toThrow();
    release();
    expect((await turn).texts).toEqual(['done']);
    await closed;
    await slow.close();
  });

  it('waits no longer than told', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const stuck = await startEdge(async () => {
      begun();
      await held;
    });
    teams.playAgainst(stuck.url);
    const turn = teams.sendMessage(alice, 'x').catch(() => 'cut');
    await hasBegun;
    // It comes back although the turn never ends.
    await stuck.server.close(100);
    expect(await turn).toBe('cut');
    release();
    await stuck.close();
  });
});
