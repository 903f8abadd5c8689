import type { TurnContext } from 'botbuilder-core';
import {
  ActivityTypes,
  CloudAdapterBase,
  INVOKE_RESPONSE_KEY,
  type Activity,
  type InvokeResponse,
} from 'botbuilder-core';
import type { AuthenticateRequestResult, BotFrameworkAuthentication } from 'botframework-connector';
import type { Logger } from 'pino';
import { knownActivity, toActivity } from './activity-shape';
import { bytesOf, RecentTurns, turnKeyOf } from './recent-turns';
import type { Refusal } from './request-guard';
import { isInvoke } from './turn-failure';
import type { TurnLogic, TurnRunner } from './turn-runner';

/** A POST to /api/messages: its `Authorization` header ('' when there is none) and its JSON body, read when asked for. */
export interface TeamsRequest {
  readonly authorization: string;
  readonly readBody: () => Promise<unknown>;
}

/** What to answer over HTTP. Errors have no body here: nothing of the inside is told. */
export interface TeamsAnswer {
  readonly status: number;
  /** The body as it is sent: a card is written as text once, however often its press is delivered. */
  readonly json?: string;
}

export interface TeamsAdapterDeps {
  readonly authentication: BotFrameworkAuthentication;
  /** False = the header cannot be a token of ours; checked before the SDK sees it. */
  readonly looksLikeToken: (header: string) => boolean;
  readonly refusalOf: (activity: Activity) => Refusal | undefined;
  readonly runner: TurnRunner;
  /** Requests that may wait for their answers at the same time; further ones are refused with 503 unread. */
  readonly mostRequests: number;
  readonly logger: Logger;
}

const AUTHENTICATION_MS = 5000;
const NO_ANSWER: InvokeResponse = { status: 400 };
/** What the SDK throws when the key server, not the token, is at fault. */
const KEY_SERVER_FAILED = new Set(['FetchError', 'AbortError', 'KeysTimeout']);

/**
 * The SDK's adapter behind checks of our own. It has no middleware and no `onTurnError`: the runner does both jobs,
 * and a turn's context stays usable after the request was answered (a turn beyond its deadline).
 */
export class TeamsAdapter extends CloudAdapterBase {
  /** A press that is forgotten is known by its token, and answered from storage: cards must not push messages out. */
  private readonly recent = { presses: recentTurns(), others: recentTurns() };
  private underWay = 0;

  constructor(private readonly deps: TeamsAdapterDeps) {
    super(deps.authentication);
  }

  /**
   * Answers one request: 503 too many at once, 401 no valid token, 400 no activity, 403 not for us, else the turn's answer.
   * Of a request that is none of ours nothing is read: bodies that never end would fill the memory.
   */
  async answer({ authorization, readBody }: TeamsRequest, logic: TurnLogic): Promise<TeamsAnswer> {
    if (this.isFull()) {
      return this.refuse(503, 'busy');
    }
    if (!this.deps.looksLikeToken(authorization)) {
      return this.refuse(401, 'no-token');
    }
    // A slow sender takes nobody's place meanwhile; others may take theirs.
    const body = await readBody();
    if (this.isFull()) {
      return this.refuse(503, 'busy');
    }
    this.underWay += 1;
    try {
      return await this.answerOne(body, authorization, logic);
    } finally {
      this.underWay -= 1;
    }
  }

  private isFull(): boolean {
    return this.underWay >= this.deps.mostRequests;
  }

  private async answerOne(body: unknown, authorization: string, logic: TurnLogic): Promise<TeamsAnswer> {
    const activity = toActivity(body);
    if (activity === undefined) {
      return this.refuse(400, 'malformed');
    }
    const identity = await this.authenticate(activity, authorization);
    if (typeof identity === 'number') {
      return this.refuse(identity, 'token');
    }
    const refusal = this.deps.refusalOf(activity);
    if (refusal !== undefined) {
      return this.refuse(403, refusal);
    }
    return this.take(identity, activity, logic);
  }

  /** No middleware, and no revoked proxy around the context: a late turn must still be able to finish. */
  protected override async runMiddleware(
    context: TurnContext,
    next: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    await next(context);
  }

  private async take(identity: AuthenticateRequestResult, activity: Activity, logic: TurnLogic): Promise<TeamsAnswer> {
    const id = turnKeyOf(activity);
    const key = id === undefined ? undefined : `${activity.conversation.id}|${id}`;
    const recent = isInvoke(activity) ? this.recent.presses : this.recent.others;
    const { value, again } = await recent.answer(key, async () =>
      answerOf(await this.processActivity(identity, activity, async (context) => this.runTurn(context, logic))),
    );
    if (again) {
      this.deps.logger.info({ type: knownActivity(activity.type) }, 'turn.delivered-again');
    }
    return value;
  }

  private async runTurn(context: TurnContext, logic: TurnLogic): Promise<void> {
    await this.deps.runner.run(context, logic);
    // The SDK would answer 501 to an invoke the bot knows nothing about.
    if (isInvoke(context.activity) && context.turnState.get(INVOKE_RESPONSE_KEY) === undefined) {
      context.turnState.set(INVOKE_RESPONSE_KEY, { type: ActivityTypes.InvokeResponse, value: NO_ANSWER });
    }
  }

  private async authenticate(activity: Activity, header: string): Promise<AuthenticateRequestResult | 401 | 503> {
    try {
      return await within(this.deps.authentication.authenticateRequest(activity, header), AUTHENTICATION_MS);
    } catch (error) {
      return isKeyServerFailure(error) ? 503 : 401;
    }
  }

  private refuse(status: number, reason: string): TeamsAnswer {
    this.deps.logger.warn({ status, reason }, 'request.refused');
    return { status };
  }
}

const recentTurns = (): RecentTurns<TeamsAnswer> => new RecentTurns(({ json = '' }) => bytesOf(json));

function answerOf(response: InvokeResponse | undefined): TeamsAnswer {
  const body: unknown = response?.body;
  return { status: response?.status ?? 200, ...(body !== undefined && { json: JSON.stringify(body) }) };
}

/** Whether the token could not be checked at all; Teams then delivers again. Everything else is the token's fault. */
function isKeyServerFailure(error: unknown): boolean {
  const { name, statusCode } = error as { readonly name?: string; readonly statusCode?: number };
  return statusCode === 500 || (name !== undefined && KEY_SERVER_FAILED.has(name));
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('Signing keys did not come in time'), { name: 'KeysTimeout' }));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
