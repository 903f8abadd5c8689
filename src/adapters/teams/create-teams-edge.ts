import type { ConnectorHttpOptions } from './connector-http';
import { createAuthorization, createCredentialsFactory } from './bot-credentials';
import { LeanAuthentication, channelIssuer } from './lean-authentication';
import { createLeanConnector, type LeanConnector } from './lean-connector';
import { createRequestGuard } from './request-guard';
import { createServiceUrlTest } from './service-url';
import type { TeamsSettings } from './settings';
import { TeamsAdapter, type TeamsAnswer, type TeamsRequest } from './teams-adapter';
import { looksLikeToken } from './token-precheck';
import { MOST_TURNS, TurnRunner, type TurnLogic, type TurnRunnerDeps } from './turn-runner';

/** The Bot Framework's edge, put together. */
export interface TeamsEdge {
  /** Ways out without a turn (reminders) and roster lookups. Refuses service URLs that are not Teams'. */
  readonly connector: LeanConnector;
  answer(request: TeamsRequest, logic: TurnLogic): Promise<TeamsAnswer>;
  /** Turns that are running. */
  underWay(): number;
  /** Resolves when no turn is running. */
  idle(): Promise<void>;
  /** Closes the kept connections; call after `idle`. */
  close(): Promise<void>;
}

/**
 * Builds the edge from the bot's registration.
 * @throws AssertionError when the registration lacks what its type needs.
 */
export function createTeamsEdge(
  settings: TeamsSettings,
  deps: TurnRunnerDeps & Pick<ConnectorHttpOptions, 'onRequest'>,
): TeamsEdge {
  const credentials = createCredentialsFactory(settings);
  const authorization = createAuthorization(settings, credentials);
  const connector = createLeanConnector({
    isTrusted: createServiceUrlTest(settings),
    ...(authorization === undefined ? {} : { authorization }),
    ...(deps.onRequest && { onRequest: deps.onRequest }),
  });
  const runner = new TurnRunner(deps);
  const issuer = channelIssuer(settings);
  const adapter = new TeamsAdapter({
    authentication: new LeanAuthentication(settings, credentials, connector),
    looksLikeToken: (header) => settings.bot.appId === undefined || looksLikeToken(header, issuer, Date.now()),
    refusalOf: createRequestGuard(settings),
    runner,
    // Those beyond the turns are being told so; where even that queues up, only the bare status is left.
    mostRequests: (deps.mostTurns ?? MOST_TURNS) * 2,
    logger: deps.logger,
  });
  return {
    connector,
    answer: async (request, logic) => adapter.answer(request, logic),
    underWay: () => runner.underWay,
    idle: async () => runner.idle(),
    close: async () => connector.close(),
  };
}
