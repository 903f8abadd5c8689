import { planning } from '../fakes/planning';
import fc from 'fast-check';
import pino from 'pino';
import { Registry } from 'prom-client';
import type { GatewayDeps } from '../../src/http/gateway-routes';
import { mountGateway } from '../../src/http/gateway-routes';
import type { HttpServer } from '../../src/http/server';
import { createHttpServer } from '../../src/http/server';
import { gatewayCsv } from '../builders/gateway-csv';
import { Temporal } from 'temporal-polyfill';
import { SettableClock } from '../fakes/settable-clock';
import { WatchedCustomers } from '../fakes/watched-customers';

const KEY = 'the-current-gateway-key';
const OLD_KEY = 'the-previous-gateway-key';
const CSV = { 'content-type': 'text/csv', authorization: `Bearer ${KEY}` };
const JSON_TYPE = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };

const GOOD = {
  name: 'Contoso',
  region: 'EMEA',
  seats: 1000,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm: 'FM@example.com',
  accountManaged: true,
  accountTeam: ['a@example.com'],
  language: 'de',
  workloads: [
    {
      workload: 'teams',
      requestId: 'RFA-1',
      l1Status: 'InProgress',
      serviceStatus: 'Enablement',
      startDate: { date: '2027-03-01', precision: 'month' },
      kickoffDate: null,
      activeUsers: 0,
    },
  ],
};

const open: HttpServer[] = [];

async function start(
  overrides: Partial<GatewayDeps> = {},
): Promise<{ url: string; customers: WatchedCustomers; log: string[] }> {
  const customers = new WatchedCustomers();
  const log: string[] = [];
  const logger = pino({}, { write: (line: string) => void log.push(line) });
  const deps: GatewayDeps = {
    ...planning(),
    customers,
    clock: new SettableClock(Temporal.Instant.from('2026-11-20T10:00:00Z')),
    gatewayKeys: [KEY, OLD_KEY],
    logger,
    rate: { perSecond: 1, burst: 100_000 },
    ...overrides,
  };
  const server = createHttpServer({
    answerActivity: async () => ({ status: 200 }),
    isReady: async () => true,
    registry: new Registry(),
    logger,
    mount: [(restify) => mountGateway(restify, deps)],
  });
  open.push(server);
  return { url: `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}/api/gateway`, customers, log };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.close(0)));
});

const put = async (
  url: string,
  body: unknown,
  headers: Record<string, string> = JSON_TYPE,
  id = 'contoso',
): Promise<Response> =>
  fetch(`${url}/customers/${id}`, {
    method: 'PUT',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const post = async (url: string, body: string, headers: Record<string, string> = CSV): Promise<Response> =>
  fetch(`${url}/import`, { method: 'POST', headers, body });

describe('who gets in', () => {
  test.each([
    ['no header', undefined],
    ['another key', 'Bearer nobody-knows-this-key'],
    ['the start of a key', `Bearer ${KEY.slice(0, -1)}`],
    ['another scheme', `Basic ${KEY}`],
    ['an empty key', 'Bearer '],
  ])('%s is refused', async (_name, authorization) => {
    const { url, customers } = await start();
    const answer = await post(url, gatewayCsv([{}]), {
      'content-type': 'text/csv',
      ...(authorization && { authorization }),
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 401 });
    expect(await customers.ids()).toHaveLength(0);
  });

  test('nobody gets in where no key is configured', async () => {
    const { url } = await start({ gatewayKeys: [] });
    for (const authorization of ['Bearer ', 'Bearer undefined', `Bearer ${KEY}`]) {
      expect((await put(url, GOOD, { ...JSON_TYPE, authorization })).status).toBe(401);
    }
  });

  test('the previous key is good until it is taken away', async () => {
    const { url } = await start();
    expect((await put(url, GOOD, { ...JSON_TYPE, authorization: `bearer ${OLD_KEY}` })).status).toBe(201);
  });

  test('a key is rotated while the sender goes on: it changes keys when it likes between the two restarts', async () => {
    const asked = async (keys: readonly string[], key: string): Promise<boolean> => {
      const { url } = await start({ gatewayKeys: keys });
      return (await put(url, GOOD, { ...JSON_TYPE, authorization: `Bearer ${key}` })).ok;
    };
    expect(await asked([OLD_KEY], OLD_KEY)).toBe(true);
    expect([await asked([KEY, OLD_KEY], OLD_KEY), await asked([KEY, OLD_KEY], KEY)]).toEqual([true, true]);
    expect([await asked([KEY], KEY), await asked([KEY], OLD_KEY)]).toEqual([true, false]);
  });

  test('each key may ask so often, then has to wait', async () => {
    let now = 0;
    const { url } = await start({ rate: { perSecond: 0.5, burst: 2 }, now: () => now });
    const statuses = async (authorization: string): Promise<number> =>
      (await put(url, GOOD, { ...JSON_TYPE, authorization })).status;
    expect([await statuses(CSV.authorization), await statuses(CSV.authorization)]).toEqual([201, 200]);
    const refused = await put(url, GOOD);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await statuses(`Bearer ${OLD_KEY}`)).toBe(200);
    now = 2000;
    expect(await statuses(CSV.authorization)).toBe(200);
  });

  test('no key and no customer name gets into the log', async () => {
    const { url, log } = await start();
    await put(url, GOOD);
    await post(url, gatewayCsv([{ customerName: 'Fabrikam', seats: 'x' }]));
    expect(log.join('')).toContain('"customerId":"contoso"');
    expect(log.join('')).not.toMatch(/gateway-key|"Contoso"|Fabrikam|example\.com/);
  });
});

describe('PUT of a customer', () => {
  test('creates it, says so, and changes nothing the second time', async () => {
    const { url, customers } = await start();
    const [first, second] = [await put(url, GOOD), await put(url, GOOD)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(await first.json()).toEqual({ customers: 1, workloads: 1, unchanged: 0, conflicts: [], rejected: [] });
    expect(await second.json()).toMatchObject({ unchanged: 1 });
    const file = await customers.load('contoso');
    expect(file?.customer).toMatchObject({ id: 'contoso', name: 'Contoso', fm: 'fm@example.com' });
    expect(file?.workloads[0]?.startDate).toMatchObject({ precision: 'month', source: 'gateway' });
  });

  const workload = (change: object): unknown => ({ ...GOOD, workloads: [{ ...GOOD.workloads[0], ...change }] });
  test.each([
    ['name', { ...GOOD, name: undefined }],
    ['name', { ...GOOD, name: 'a\ud800b' }],
    ['seats', { ...GOOD, seats: '1000' }],
    ['seats', { ...GOOD, seats: -1 }],
    ['seats', { ...GOOD, seats: 1.5 }],
    ['region', { ...GOOD, region: 'Europe' }],
    ['accountManaged', { ...GOOD, accountManaged: 'yes' }],
    ['accountTeam[1]', { ...GOOD, accountTeam: ['a@example.com', 'nobody'] }],
    ['fm', { ...GOOD, fm: 'nobody' }],
    ['id', { ...GOOD, id: 'contoso' }],
    ['__proto__', JSON.parse(`{"__proto__":{"admin":true},${JSON.stringify(GOOD).slice(1)}`)],
    ['workloads', { ...GOOD, workloads: {} }],
    ['workloads', { ...GOOD, workloads: [GOOD.workloads[0], GOOD.workloads[0]] }],
    ['workloads[0].workload', workload({ workload: 'Skype' })],
    ['workloads[0].startDate.date', workload({ startDate: { date: '2027-02-30', precision: 'day' } })],
    ['workloads[0].startDate.date', workload({ startDate: { date: '2027-03-02', precision: 'month' } })],
    ['workloads[0].startDate.source', workload({ startDate: { date: '2027-03-01', precision: 'day', source: 'fm' } })],
    ['workloads[0].kickoffDate', workload({ kickoffDate: 5 })],
    ['body', 5],
    ['body', null],
  ])('with a wrong %s is refused naming it', async (field, body) => {
    const { url, customers } = await start();
    const answer = await put(url, body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    const problem = (await answer.json()) as { detail: string; errors: { field: string; problem: string }[] };
    expect(problem.errors).toEqual([{ field, problem: expect.stringMatching(/; |least/) }]);
    expect(problem.detail).toContain(field);
    expect(await customers.ids()).toHaveLength(0);
  });

  test('with an id that cannot be one is refused', async () => {
    const { url } = await start();
    const answer = await put(url, GOOD, JSON_TYPE, 'a%2Fb');
    expect([answer.status, await answer.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'customerId' })] }),
    ]);
  });

  test.each([
    ['no JSON', '{', JSON_TYPE, 400],
    ['another type', '{}', CSV, 415],
    ['no type at all', '{}', { authorization: CSV.authorization, 'content-type': '' }, 415],
    ['a compressed body', '{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415],
    ['another charset', '{}', { ...JSON_TYPE, 'content-type': 'application/json; charset=latin1' }, 415],
    ['too large a body', `"${'x'.repeat(300_000)}"`, JSON_TYPE, 413],
  ])('with %s is refused', async (_name, body, headers, status) => {
    const { url } = await start();
    const answer = await put(url, body, headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ detail: expect.any(String), field: expect.any(String) });
  });

  test('that others keep changing asks to be sent again', async () => {
    const { url, customers } = await start();
    customers.conflictNext = 100;
    const answer = await put(url, GOOD);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  });

  test('without storage says nothing about the inside', async () => {
    const { url, customers } = await start();
    jest.spyOn(customers, 'load').mockRejectedValue(new Error('connection string AccountKey=secret'));
    const answer = await put(url, GOOD);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
  });

  test('while storage does not answer is 503, to be sent again', async () => {
    const { url, customers } = await start({ isStorageDown: (error) => error instanceof RangeError });
    jest.spyOn(customers, 'load').mockRejectedValue(new RangeError('AccountKey=secret'));
    const answer = await put(url, GOOD);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.text()).not.toContain('secret');
  });

  test('of any JSON is never a crash and never a 5xx', async () => {
    const { url } = await start();
    const hostile = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc
        .tuple(fc.constantFrom(...Object.keys(GOOD)), fc.jsonValue({ maxDepth: 2 }))
        .map(([key, value]) => ({ ...GOOD, [key]: value })),
      fc
        .tuple(fc.constantFrom(...Object.keys(GOOD.workloads[0]!)), fc.jsonValue({ maxDepth: 2 }))
        .map(([key, value]) => workload({ [key]: value })),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (body) => {
        expect([200, 201, 422]).toContain((await put(url, JSON.stringify(body))).status);
      }),
      { numRuns: 150 },
    );
  });
});

describe('POST of a Gateway file', () => {
  test('answers with the report', async () => {
    const { url } = await start();
    const answer = await post(url, gatewayCsv([{}]), { ...CSV, 'content-type': 'text/csv; charset=utf-8' });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { customers: 1, workloads: 1, unchanged: 0, conflicts: [], rejected: [] },
    ]);
  });

  test('with a rejected customer answers 422 with the same report, the others are in', async () => {
    const { url, customers } = await start();
    const answer = await post(url, gatewayCsv([{ seats: 'x' }, { customerId: 'f' }]));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ customers: 1, rejected: [{ line: 2, column: 'seats' }] });
    expect(await customers.ids()).toEqual(['f']);
  });

  test('over 20 MB is refused, nothing of it is in', async () => {
    const { url, customers } = await start();
    const answer = await post(url, gatewayCsv([{}]) + '\n'.repeat(20 * 1024 * 1024));
    expect([answer.status, (await customers.ids()).length]).toEqual([413, 0]);
  });

  test('lets other requests through while it is read', async () => {
    const { url } = await start();
    const long = post(url, gatewayCsv([]) + 'x\n'.repeat(400_000));
    const ready = new URL('/healthz', url);
    let answered = 0;
    const state = { isDone: false };
    void long.then(() => (state.isDone = true));
    while (!state.isDone) {
      await (await fetch(ready)).text();
      answered++;
    }
    expect((await long).status).toBe(422);
    // Some fifty: with pieces of 64 KB, of 32,000 such rows each, there were eleven.
    expect(answered).toBeGreaterThan(20);
  });

  test.each([
    ['GET', '/import', 405],
    ['POST', '/customers/contoso', 405],
    ['DELETE', '/customers/contoso', 405],
    ['PUT', '/customers', 404],
    ['PUT', '/customers/%zz', 404],
  ])('%s %s is not there', async (method, path, status) => {
    const { url } = await start();
    const answer = await fetch(url + path, { method, headers: JSON_TYPE });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  });
});
