import { ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder-core';
import {
  AuthenticationConstants,
  BotFrameworkAuthentication,
  ConnectorFactory,
  type AuthenticateRequestResult,
  type BotFrameworkClient,
  type ClaimsIdentity,
  type ConnectorClient,
  type ServiceClientCredentialsFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { createConnectorClient } from './connector-client';
import type { LeanConnector } from './lean-connector';
import type { TeamsSettings } from './settings';

/** Bot Framework's emulator metadata, needed as soon as any address is given by hand. */
const addressesOf = (settings: TeamsSettings): Record<string, string> => {
  const { openIdMetadataUrl, tokenIssuer } = settings.bot;
  if (openIdMetadataUrl === undefined && tokenIssuer === undefined) {
    return {};
  }
  // The SDK takes all of them as given as soon as one is.
  return {
    ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
    ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
    ToBotFromChannelTokenIssuer: tokenIssuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer,
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    CallerId: 'urn:botframework:azure',
  };
};

/** The issuer tokens from Teams must carry. */
export const channelIssuer = (settings: TeamsSettings): string =>
  settings.bot.tokenIssuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer;

/** Hands out one client per service URL, all sending through our own connector. */
class LeanConnectorFactory extends ConnectorFactory {
  private readonly clients = new Map<string, ConnectorClient>();

  constructor(private readonly connector: LeanConnector) {
    super();
  }

  override async create(serviceUrl: string): Promise<ConnectorClient> {
    let client = this.clients.get(serviceUrl);
    if (client === undefined) {
      client = createConnectorClient(this.connector, serviceUrl);
      if (this.clients.size > 1000) {
        this.clients.clear();
      }
      this.clients.set(serviceUrl, client);
    }
    return Promise.resolve(client);
  }
}

/**
 * The SDK's authentication, with our connector on the way out and without a user-token client per turn:
 * together two thirds of what a stock turn costs.
 */
export class LeanAuthentication extends BotFrameworkAuthentication {
  private readonly inner: ConfigurationBotFrameworkAuthentication;
  private readonly factory: LeanConnectorFactory;

  constructor(settings: TeamsSettings, credentials: ServiceClientCredentialsFactory, connector: LeanConnector) {
    super();
    const { appId, tenantId } = settings.bot;
    this.inner = new ConfigurationBotFrameworkAuthentication(
      { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, ...addressesOf(settings) },
      credentials,
    );
    this.factory = new LeanConnectorFactory(connector);
  }

  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const result = await this.inner.authenticateRequest(activity, authHeader);
    result.connectorFactory = this.factory;
    return result;
  }

  override async authenticateChannelRequest(authHeader: string): Promise<ClaimsIdentity> {
    return this.inner.authenticateChannelRequest(authHeader);
  }

  override async authenticateStreamingRequest(header: string, channelId: string): Promise<AuthenticateRequestResult> {
    return this.inner.authenticateStreamingRequest(header, channelId);
  }

  override createBotFrameworkClient(): BotFrameworkClient {
    return this.inner.createBotFrameworkClient();
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.factory;
  }

  /** Built when a turn first uses it; the bot signs nobody in, so normally never. */
  override async createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    let client: Promise<UserTokenClient> | undefined;
    const deferred = new Proxy({} as UserTokenClient, {
      // Not a promise: awaiting the proxy must not build the client.
      get: (_target, name) =>
        name === 'then'
          ? undefined
          : async (...args: unknown[]) => {
              client ??= this.inner.createUserTokenClient(claims);
              const method = Reflect.get(await client, name) as (...args: unknown[]) => unknown;
              return method.apply(await client, args);
            },
    });
    return Promise.resolve(deferred);
  }
}
