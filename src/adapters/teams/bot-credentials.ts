import { ConfigurationServiceClientCredentialFactory } from 'botbuilder-core';
import { AuthenticationConstants, type ServiceClientCredentialsFactory } from 'botframework-connector';
import type { TeamsSettings } from './settings';

/** botbuilder's credentials for our registration (secret or managed identity); it caches the tokens. */
export function createCredentialsFactory(settings: TeamsSettings): ServiceClientCredentialsFactory {
  const { appId, appType, tenantId, password } = settings.bot;
  if (appId === undefined) {
    return new ConfigurationServiceClientCredentialFactory();
  }
  return new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: appId,
    MicrosoftAppType: appType,
    MicrosoftAppTenantId: tenantId,
    // Managed identity refuses to start with a password.
    MicrosoftAppPassword: appType === 'SingleTenant' ? password : undefined,
  });
}

/** The `Authorization` header for calls to Teams, or undefined when the bot has no app id. */
export function createAuthorization(
  settings: TeamsSettings,
  factory: ServiceClientCredentialsFactory,
): (() => Promise<string | undefined>) | undefined {
  const { appId } = settings.bot;
  if (appId === undefined) {
    return undefined;
  }
  let credentials: ReturnType<ServiceClientCredentialsFactory['createCredentials']> | undefined;
  return async () => {
    credentials ??= factory.createCredentials(
      appId,
      AuthenticationConstants.ToChannelFromBotOAuthScope,
      AuthenticationConstants.ToChannelFromBotLoginUrl,
      true,
    );
    let header: string | undefined;
    // The SDK hands tokens out only by signing a request.
    const request = { headers: { set: (_name: string, value: string) => (header = value) } };
    await (await credentials).signRequest(request as never);
    return header;
  };
}
