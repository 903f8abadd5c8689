import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import { createAuthorization, createCredentialsFactory } from '../../../src/adapters/teams/bot-credentials';
import type { TeamsSettings } from '../../../src/adapters/teams/settings';

const settings = (bot: Partial<TeamsSettings['bot']>): TeamsSettings => ({
  production: true,
  serviceUrlHosts: [],
  bot: {
    appId: undefined,
    appType: 'SingleTenant',
    tenantId: undefined,
    password: undefined,
    openIdMetadataUrl: undefined,
    tokenIssuer: undefined,
    ...bot,
  },
});

it('asks for no token without an app id', async () => {
  const none = settings({});
  const factory = createCredentialsFactory(none);
  expect(createAuthorization(none, factory)).toBeUndefined();
  expect(await factory.isAuthenticationDisabled()).toBe(true);
});

it.each([
  ['a secret', { appType: 'SingleTenant', password: 'secret' }],
  ['a managed identity, whatever password lies about', { appType: 'UserAssignedMSI', password: 'left over' }],
] as const)('takes %s', async (_case, bot) => {
  const factory = createCredentialsFactory(settings({ appId: 'app', tenantId: 'tenant', ...bot }));
  expect([await factory.isValidAppId('app'), await factory.isValidAppId('other')]).toEqual([true, false]);
  expect(await factory.isAuthenticationDisabled()).toBe(false);
});

it.each([
  ['tenant', { tenantId: undefined, password: 'secret' }],
  ['secret', { tenantId: 'tenant', password: undefined }],
])('refuses a registration without %s', (_case, bot) => {
  expect(() => createCredentialsFactory(settings({ appId: 'app', ...bot }))).toThrow(/required/);
});

it('takes the header from what the SDK signs, with one credentials object for all', async () => {
  let made = 0;
  let signed = 0;
  const factory = {
    createCredentials: async () => {
      made += 1;
      return Promise.resolve({
        signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
          signed += 1;
          request.headers.set('authorization', `Bearer token-${signed}`);
          return Promise.resolve(request);
        },
      });
    },
  } as unknown as ServiceClientCredentialsFactory;
  const authorization = createAuthorization(settings({ appId: 'app' }), factory);
  expect([await authorization?.(), await authorization?.()]).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(made).toBe(1);
});
