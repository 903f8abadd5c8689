import { useAzurite } from '../azurite';
import { startBot, type RunningBot } from '../browser/processes';
import { startOpenId, type OpenIdStandIn, type TokenOptions } from '../wire/openid-stand-in';
import { buttonOf, wordsOf } from '../wire/card-reading';
import { TeamsStandIn, type Json, type Person } from '../wire/teams-stand-in';
import { putCustomer } from '../wire/gateway-customer';
import { comingDay } from '../coming-days';
import { customerAtWork } from './customer-at-work';
import { removeFolder } from '../temporary-folders';

const APP = '00000000-0000-4000-8000-000000000001';
const TENANT = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const PASSWORD = 'the-client-secret-of-the-registration';
const KEYS = ['the-current-gateway-key', 'the-previous-gateway-key'] as const;
const TEAMS_URL = 'https://smba.trafficmanager.net/emea/';
const CUSTOMER = 'Wide World Importers';
const REASON = 'their admin Jürgen is on parental leave';

const azurite = useAzurite();
let openId: OpenIdStandIn;
let teams: TeamsStandIn;
let bot: RunningBot;
let alice: Person;

/** `node dist/main.js` with a registration, as production runs it. */
async function run(production: boolean, endorsements?: string[]): Promise<void> {
  openId = await startOpenId(endorsements === undefined ? {} : { endorsements });
  bot = await startBot({
    env: {
      NODE_ENV: production ? 'production' : 'development',
      LOG_LEVEL: 'trace',
      SAMPLE_DATA: 'off',
      AZURE_STORAGE_CONNECTION_STRING: azurite(),
      MicrosoftAppId: APP,
      MicrosoftAppTenantId: TENANT,
      MicrosoftAppPassword: PASSWORD,
      BotOpenIdMetadata: openId.metadataUrl,
      ToBotFromChannelTokenIssuer: openId.issuer,
      // Local hosts are trusted in development only: in production the stand-in gets no replies, the statuses count.
      SERVICE_URL_HOSTS: '127.0.0.1',
      GATEWAY_KEYS: KEYS.join(','),
    },
  });
  teams = await TeamsStandIn.start({ botUrl: bot.url, tenantId: TENANT });
  alice = teams.person('Alice Intruder');
}

async function stop(): Promise<void> {
  await bot.stop();
  await removeFolder(bot.dataDir);
  await teams.close();
  await openId.close();
}

/** An activity nobody is answered to, so that nothing leaves the machine. */
const quiet = (production: boolean): Json => ({
  type: 'installationUpdate',
  action: 'remove',
  ...(production ? { serviceUrl: TEAMS_URL } : {}),
});

async function deliver(authorization: string | undefined, change: Json): Promise<{ status: number; text: string }> {
  const activity = { ...teams.activity(alice, {}), ...change };
  const response = await fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify(activity),
  });
  return { status: response.status, text: await response.text() };
}

const INNER_TEXT = /jwt|signature|claim|endorse|token|expired|key|tenant|service|channel|stack|at \/|node_modules/i;

const TOKENS: readonly [string, Partial<TokenOptions>, number][] = [
  ['valid', {}, 200],
  ['expired', { expiresIn: -3600 }, 401],
  ['not valid yet', { notBefore: 3600 }, 401],
  ['for another audience', { audience: OTHER }, 401],
  ['of another issuer', { issuer: 'https://sts.example.com/' }, 401],
  ['with a key nobody published', { keyId: 'unknown' }, 401],
  ['signed with another key', { signature: 'foreign-key' }, 401],
  ['with a signature that was touched', { signature: 'tampered' }, 401],
  ['without signature', { signature: 'missing' }, 401],
  ['alg none', { algorithm: 'none' }, 401],
  ['HS256', { algorithm: 'HS256' }, 401],
  ['without service URL', { serviceUrl: undefined }, 401],
  ['for another service URL', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }, 401],
];

const ACTIVITIES: readonly [string, Json, number][] = [
  ['of another tenant', { conversation: { id: 'a:1', tenantId: OTHER }, channelData: { tenant: { id: OTHER } } }, 403],
  ['of no tenant', { conversation: { id: 'a:1' }, channelData: {} }, 403],
  ['of the web chat', { channelId: 'webchat' }, 403],
  ['of direct line', { channelId: 'directline' }, 403],
  ['without service URL', { serviceUrl: undefined }, 403],
];

describe.each([
  ['production', true],
  ['development', false],
])('dist/main.js in %s', (_name, production) => {
  beforeAll(async () => run(production));
  afterAll(stop);

  const tokenFor = (wanted: Partial<TokenOptions>): string =>
    openId.token({ audience: APP, serviceUrl: production ? TEAMS_URL : teams.serviceUrl, ...wanted });

  test.each(TOKENS)('a token %s', async (_case, wanted, status) => {
    const answer = await deliver(`Bearer ${tokenFor(wanted)}`, quiet(production));
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(INNER_TEXT);
  });

  test.each(['', 'Basic YTpi', 'Bearer', 'Bearer a.b.c', `Bearer ${'a'.repeat(7000)}.b.c`, undefined])(
    'refused with 401: header %#',
    async (authorization) => {
      const answer = await deliver(authorization, quiet(production));
      expect(answer.status).toBe(401);
      expect(answer.text).not.toMatch(INNER_TEXT);
    },
  );

  test.each(ACTIVITIES)('a valid token and an activity %s', async (_case, change, status) => {
    const answer = await deliver(`Bearer ${tokenFor({})}`, { ...quiet(production), ...change });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(INNER_TEXT);
  });

  test('keys of Gateway: both of a rotation, no other, and a limit per key', async () => {
    const customer = customerAtWork(CUSTOMER, alice.email);
    for (const key of KEYS) {
      expect((await putCustomer(bot.url, 'wide-world', customer, key)).ok).toBe(true);
    }
    for (const key of ['the-current-gateway-ke', `${KEYS[0]}x`, KEYS.join(','), 'x'.repeat(5000), '']) {
      const answer = await putCustomer(bot.url, 'wide-world', customer, key);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
    }
    const knock = async (): Promise<number> => (await putCustomer(bot.url, 'x', {}, KEYS[0])).status;
    const statuses = new Set<number>();
    // A key may ask twenty times a second, and two hundred times at once: a slow machine has to knock longer to be too fast.
    for (let round = 1; round <= 10 && !statuses.has(429); round += 1) {
      (await Promise.all(Array.from({ length: 260 }, knock))).forEach((status) => statuses.add(status));
    }
    expect(statuses).toEqual(new Set([422, 429]));
    expect((await putCustomer(bot.url, 'wide-world', customer, KEYS[1])).status).toBe(200);
  });

  test('the log of it all, with everything on, has no key, no token, no person, no customer and no word said', async () => {
    if (!production) {
      // Only here replies reach the stand-in.
      teams.playAgainst(bot.url, () => tokenFor({}));
      const data = { customerId: 'wide-world', workload: 'exchange-online' };
      const form: Json = (await teams.pressCard(alice, 'startDate.open', data)).body.value;
      const entry = { date: comingDay(6), occasion: 'kickoff', reason: REASON };
      const saved = await teams.pressCard(alice, 'startDate.save', {
        ...buttonOf(form, 'startDate.save').data,
        ...entry,
      });
      expect(wordsOf(saved.body.value)).toContain('Start date saved');
      expect((await teams.sendMessage(alice, `history ${CUSTOMER}`)).cards).toHaveLength(1);
    }
    const log = bot.output();
    expect(log).toContain('gateway.customer');
    // The SDK prints the published keys when a token names another one.
    expect(log.split('\n').filter((line) => line !== '' && !line.startsWith('{"level":'))).toEqual([]);
    const accountKey = /AccountKey=([^;]+)/.exec(azurite())?.[1] ?? '';
    const secrets = [PASSWORD, ...KEYS, accountKey, tokenFor({}).slice(0, 60), tokenFor({}).split('.')[2]];
    const personal = [alice.name, alice.email, alice.id, CUSTOMER, REASON, 'Jürgen'];
    for (const word of [...secrets, ...personal]) {
      expect(word).toBeTruthy();
      expect(log.includes(word ?? '')).toBe(false);
    }
  });
});

describe('keys published for certain channels', () => {
  afterEach(stop);

  test.each([
    ['the web chat', ['webchat'], 401],
    ['Teams', ['msteams'], 200],
  ])('for %s', async (_name, endorsements, status) => {
    await run(true, endorsements);
    const token = openId.token({ audience: APP, serviceUrl: TEAMS_URL });
    expect((await deliver(`Bearer ${token}`, quiet(true))).status).toBe(status);
  });
});
