import { createServiceUrlTest } from '../../../src/adapters/teams/service-url';
import type { TeamsSettings } from '../../../src/adapters/teams/settings';

const settings = (production: boolean, appId: string | undefined, serviceUrlHosts: string[] = []): TeamsSettings => ({
  production,
  bot: {
    appId,
    appType: 'SingleTenant',
    tenantId: undefined,
    password: undefined,
    openIdMetadataUrl: undefined,
    tokenIssuer: undefined,
  },
  serviceUrlHosts,
});

const PRODUCTION = createServiceUrlTest(settings(true, 'app'));
const DEVELOPMENT = createServiceUrlTest(settings(false, undefined));

it.each([
  'https://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net/de/0f0f/',
  'https://SMBA.trafficmanager.net/teams',
  'https://smba.infra.gcc.teams.microsoft.com/gcc',
  'https://smba.infra.gov.teams.microsoft.us/gcch',
  'https://smba.infra.dod.teams.microsoft.us/teams',
  'https://msteams.botframework.com/',
])('replies may go to %s', (url) => {
  expect([PRODUCTION(url), DEVELOPMENT(url)]).toEqual([true, true]);
});

it.each([
  undefined,
  null,
  42,
  '',
  'smba.trafficmanager.net',
  'http://smba.trafficmanager.net/emea/',
  'ftp://smba.trafficmanager.net/',
  'https://smba.trafficmanager.net:444/',
  'https://user@smba.trafficmanager.net/',
  'https://smba.trafficmanager.net@evil.test/',
  'https://smba.trafficmanager.net.evil.test/',
  'https://evil-smba.trafficmanager.net/',
  'https://other.trafficmanager.net/',
  'https://smba.trafficmanager.net/?to=https://evil.test',
  'https://smba.trafficmanager.net/#evil',
  'https://evilbotframework.com/',
  'https://botframework.com.evil.test/',
  'http://169.254.169.254/latest',
  'http://10.0.0.1/',
  `https://smba.trafficmanager.net/${'x'.repeat(600)}`,
])('replies may not go to %s', (url) => {
  expect([PRODUCTION(url), DEVELOPMENT(url)]).toEqual([false, false]);
});

it.each([
  ['development without an app id', settings(false, undefined), true],
  ['development with an app id', settings(false, 'app'), false],
  ['development with an app id and the host named', settings(false, 'app', ['localhost']), true],
  ['production', settings(true, 'app'), false],
  ['production with the host named', settings(true, 'app', ['localhost']), false],
])('in %s replies may go to this machine over http: %j', (_case, given, expected) => {
  expect(createServiceUrlTest(given)('http://localhost:56150/_connector')).toBe(expected);
});

it('a further host is trusted over https only', () => {
  const isTrusted = createServiceUrlTest(settings(true, 'app', ['Teams.example.cn']));
  expect([isTrusted('https://teams.example.cn/x'), isTrusted('http://teams.example.cn/x')]).toEqual([true, false]);
});
