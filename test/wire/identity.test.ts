import { once } from 'node:events';
import { connect } from 'node:net';
import { echo, startEdge, type EdgeOptions, type EdgeUnderTest } from './edge-under-test';
import { startOpenId, type OpenIdStandIn, type TokenOptions } from './openid-stand-in';
import { TeamsStandIn, type Json, type Person } from './teams-stand-in';

const APP = '00000000-0000-4000-8000-000000000001';
const TENANT = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';

let openId: OpenIdStandIn;
let teams: TeamsStandIn;
let edge: EdgeUnderTest;
let alice: Person;
let runs: number;

const restOf = (production: boolean): EdgeOptions['settings'] => ({
  production,
  // Local hosts are never trusted in production; there the stand-in gets no replies, only the statuses count.
  serviceUrlHosts: ['127.0.0.1'],
  bot: { appId: APP, tenantId: TENANT, password: 'secret', openIdMetadataUrl: openId.metadataUrl },
});

async function start(production: boolean, endorsements?: string[]): Promise<void> {
  runs = 0;
  openId = await startOpenId(endorsements === undefined ? {} : { endorsements });
  edge = await startEdge(
    async (context, state) => {
      runs += 1;
      await echo(context, state);
    },
    { settings: restOf(production) },
  );
  teams = await TeamsStandIn.start({ botUrl: edge.url, tenantId: TENANT });
  alice = teams.person('Alice');
}

// The SDK prints the public key for each bad signature.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

const PUBLIC = 'https://smba.trafficmanager.net/emea/';

afterEach(async () => {
  await edge.close();
  await teams.close();
  await openId.close();
});

/** Delivers an activity with a token; in production the service URL is Teams' own. */
async function deliver(token: Partial<TokenOptions>, change: Json = {}): Promise<{ status: number; text: string }> {
  const serviceUrl = (change.serviceUrl as string | undefined) ?? teams.serviceUrl;
  const jwt = openId.token({ audience: APP, serviceUrl, ...token });
  return deliverWith(`Bearer ${jwt}`, change);
}

async function deliverWith(
  authorization: string | undefined,
  change: Json = {},
): Promise<{ status: number; text: string }> {
  const activity = { ...teams.activity(alice, { type: 'message', text: 'hello' }), ...change };
  const turn = await teams.postRaw(JSON.stringify(activity), undefined, {
    'content-type': 'application/json',
    ...(authorization === undefined ? {} : { authorization }),
  });
  return { status: turn.status, text: JSON.stringify(turn.body ?? '') };
}

/** Only the kind of error, nothing of the inside. */
const NO_INNER_TEXT = /jwt|signature|claim|endorse|token|expired|key|tenant|service|channel|stack|at /i;

test('without a token nothing of a body is read, and nobody waits for its end', async () => {
  await start(false);
  const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
  socket.write('POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\n\r\n{"type":"message"');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
});

describe.each([
  ['development', false],
  ['production', true],
])('tokens in %s', (_name, production) => {
  const service = (): Json => (production ? { serviceUrl: PUBLIC } : {});

  it('lets a valid token in', async () => {
    await start(production);
    // In production the reply would leave the machine; an event says nothing.
    const quiet = production ? { type: 'installationUpdate', action: 'add' } : {};
    expect((await deliver({}, { ...service(), ...quiet })).status).toBe(200);
    expect((await deliver({ expiresIn: -120 }, { ...service(), ...quiet })).status).toBe(200);
    expect((await deliver({ algorithm: 'RS512' }, { ...service(), ...quiet })).status).toBe(200);
    expect(runs).toBe(3);
  });

  it.each<[string, Partial<TokenOptions>]>([
    ['expired', { expiresIn: -3600 }],
    ['without an end', { hasNoExpiry: true }],
    ['not valid yet', { notBefore: 3600 }],
    ['for another bot', { audience: OTHER }],
    ['from another issuer', { issuer: 'https://sts.example.com/' }],
    ['from a tenant as issuer, as the emulator has it', { issuer: `https://sts.windows.net/${TENANT}/` }],
    [
      'from the issuer of skills',
      { issuer: 'https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0' },
    ],
    ['with the wrong key under the right name', { signature: 'foreign-key' }],
    ['with a key nobody knows', { keyId: 'unknown' }],
    ['with a tampered signature', { signature: 'tampered' }],
    ['without a signature', { signature: 'missing' }],
    ['with alg none', { algorithm: 'none' }],
    ['with a symmetric algorithm', { algorithm: 'HS256' }],
    ['for another service URL', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
    ['without a service URL', { serviceUrl: undefined }],
    [
      'of a skill',
      {
        claims: { ver: '2.0', azp: OTHER, aud: APP },
        issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      },
    ],
  ])('refuses a token %s with 401', async (_case, token) => {
    await start(production);
    const answer = await deliver(token, service());
    expect(answer.status).toBe(401);
    expect(answer.text).not.toMatch(NO_INNER_TEXT);
    expect(runs).toBe(0);
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['Basic', 'Basic YTpi'],
    ['no token', 'Bearer'],
    ['an empty token', 'Bearer '],
    ['garbage', 'Bearer garbage'],
    ['three parts of garbage', 'Bearer a.b.c'],
    [
      'JSON that is no object',
      `Bearer ${Buffer.from('1').toString('base64url')}.${Buffer.from('null').toString('base64url')}.x`,
    ],
    ['a token of many thousand characters', `Bearer ${'a'.repeat(7000)}.b.c`],
    ['two tokens', 'Bearer a.b.c d.e.f'],
  ])('refuses %s with 401', async (_case, authorization) => {
    await start(production);
    const answer = await deliverWith(authorization, service());
    expect(answer.status).toBe(401);
    expect(answer.text).not.toMatch(NO_INNER_TEXT);
    expect(runs).toBe(0);
  });

  it.each<[string, Json]>([
    ['another tenant in the conversation', { conversation: { id: 'a:1', tenantId: OTHER } }],
    ['another tenant in the channel data', { channelData: { tenant: { id: OTHER } } }],
    ['no tenant', { conversation: { id: 'a:1' }, channelData: {} }],
    ['a tenant that is no text', { channelData: { tenant: { id: { $ne: '' } } } }],
    ['the web chat', { channelId: 'webchat' }],
    ['direct line', { channelId: 'directline' }],
  ])('refuses %s with 403', async (_case, change) => {
    await start(production);
    const answer = await deliver({}, { ...service(), ...change });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toMatch(NO_INNER_TEXT);
    expect(runs).toBe(0);
  });

  it.each([
    'https://evil.example.com/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example.com/',
    'https://smba.trafficmanager.net@evil.example.com/',
    'https://smba.trafficmanager.net:8443/',
    'http://smba.trafficmanager.net/emea/',
    'http://169.254.169.254/metadata',
    'https://botframework.com.evil.example.com/',
    'file:///etc/passwd',
    'nonsense',
  ])('refuses the service URL %s with 403 although the token names it', async (serviceUrl) => {
    await start(production);
    const answer = await deliver({ serviceUrl }, { serviceUrl });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toMatch(NO_INNER_TEXT);
    expect(runs).toBe(0);
  });

  it('refuses a missing service URL with 403', async () => {
    await start(production);
    expect((await deliver({}, { serviceUrl: undefined })).status).toBe(403);
  });

  it('says 503, not 401, when the keys cannot be had', async () => {
    await start(production);
    openId.failWith(500);
    const answer = await deliver({}, service());
    expect(answer.status).toBe(503);
    expect(answer.text).not.toMatch(NO_INNER_TEXT);
  });

  it('takes a key only for the channels it is published for', async () => {
    await start(production, ['webchat']);
    expect((await deliver({}, service())).status).toBe(401);
  });

  it('takes a key published for Teams', async () => {
    await start(production, ['msteams']);
    const quiet = { type: 'installationUpdate', action: 'add' };
    expect((await deliver({}, { ...service(), ...quiet })).status).toBe(200);
  });
});

describe('where development is laxer', () => {
  it('the emulator channel is let in, in production it is not', async () => {
    await start(false);
    expect((await deliver({}, { channelId: 'emulator' })).status).toBe(200);
    await edge.close();
    edge = await startEdge(echo, { settings: restOf(true) });
    teams.playAgainst(edge.url);
    expect((await deliver({}, { channelId: 'emulator', serviceUrl: PUBLIC })).status).toBe(403);
  });

  it('replies may go to this machine over http, in production they may not', async () => {
    await start(true);
    expect((await deliver({})).status).toBe(403);
  });

  it('without SERVICE_URL_HOSTS an app id keeps replies away from this machine', async () => {
    await start(false);
    await edge.close();
    edge = await startEdge(echo, { settings: { ...restOf(false), serviceUrlHosts: [] } });
    teams.playAgainst(edge.url);
    expect((await deliver({})).status).toBe(403);
  });

  it('without an app id everybody is let in, with any token', async () => {
    await start(false);
    await edge.close();
    edge = await startEdge(echo, {});
    teams.playAgainst(edge.url);
    expect((await deliverWith(undefined)).status).toBe(200);
    expect((await deliverWith('Bearer garbage')).status).toBe(200);
  });
});

describe('our token', () => {
  it('never travels over plain http', async () => {
    await start(false);
    await deliver({});
    const reply = await teams.connector.next((call) => call.kind === 'reply');
    expect(reply.authorization).toBeUndefined();
  });

  it('never travels to a host that is not Teams', async () => {
    await start(true);
    const target = { serviceUrl: 'https://evil.example.com/', conversationId: 'a:1' };
    const sent = edge.edge.connector.sendToConversation(target, { type: 'message', text: 'x' });
    await expect(sent).rejects.toMatchObject({ code: 'SERVICE_URL_REFUSED', ambiguous: false });
  });
});
