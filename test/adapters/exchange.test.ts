import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { AnswerLostError, exchange } from '../../src/adapters/exchange';

describe('exchange', () => {
  let server: Server;
  let pool: Pool;

  async function serve(listener: RequestListener, connections = 4): Promise<void> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections });
  }

  afterEach(async () => {
    await pool.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends the body and reads status, headers and the whole text', async () => {
    await serve((request, response) => {
      request.setEncoding('utf8').once('data', (body: string) => {
        response.writeHead(201, { 'x-kind': 'echo' });
        response.write(`${request.method} `);
        setImmediate(() => response.end(body.repeat(1000)));
      });
    });
    const answer = await exchange(pool, { method: 'POST', path: '/a', body: 'São 東京' });
    expect(answer.status).toBe(201);
    expect(answer.headers['x-kind']).toBe('echo');
    expect(answer.text).toBe(`POST ${'São 東京'.repeat(1000)}`);
  });

  it('reads an answer without a body as empty text', async () => {
    await serve((_request, response) => {
      response.writeHead(204);
      response.end();
    });
    await expect(exchange(pool, { method: 'DELETE', path: '/' })).resolves.toMatchObject({ status: 204, text: '' });
  });

  it('takes what only announces an answer for none', async () => {
    await serve((_request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.end('at last');
    });
    await expect(exchange(pool, { method: 'GET', path: '/' })).resolves.toMatchObject({ status: 200, text: 'at last' });
  });

  it('tells an answer that broke off from a request nobody answered', async () => {
    await serve((request, response) => {
      if (request.url === '/half') {
        response.writeHead(200, { 'content-length': '10' });
        response.write('half');
      }
      setImmediate(() => request.socket.destroy());
    });
    const half = exchange(pool, { method: 'GET', path: '/half' });
    await expect(half).rejects.toBeInstanceOf(AnswerLostError);
    await expect(half).rejects.toMatchObject({ status: 200 });
    await expect(exchange(pool, { method: 'POST', path: '/none', body: 'x' })).rejects.not.toBeInstanceOf(
      AnswerLostError,
    );
  });

  it('gives up when told to: under way, while it waits for a connection, and before it began', async () => {
    await serve(() => undefined, 1);
    const controller = new AbortController();
    const underWay = exchange(pool, { method: 'GET', path: '/', signal: controller.signal });
    const waiting = exchange(pool, { method: 'GET', path: '/', signal: controller.signal });
    const settled = Promise.allSettled([underWay, waiting]);
    controller.abort(new Error('too late'));
    expect((await settled).map((each) => each.status === 'rejected' && String(each.reason))).toEqual([
      'Error: too late',
      'Error: too late',
    ]);
    await expect(exchange(pool, { method: 'GET', path: '/', signal: controller.signal })).rejects.toThrow('too late');
  });
});
