import type { Activity, ConversationParameters, ResourceResponse } from 'botbuilder-core';
import { createConnectorHttp, type ConnectorHttpOptions, type ConnectorRequest } from './connector-http';
import { IDEMPOTENT_RETRY, TURN_RETRY, type RetryPolicy } from './retry-policy';

/** A conversation, and where Teams wants calls about it. */
export interface ConversationTarget {
  readonly serviceUrl: string;
  readonly conversationId: string;
}

/** A message in a conversation. */
export interface ActivityTarget extends ConversationTarget {
  readonly activityId: string;
}

/** What Teams tells about a person in a conversation. */
export interface TeamsMember {
  readonly id: string;
  readonly name?: string;
  readonly aadObjectId?: string;
  readonly email?: string;
  readonly userPrincipalName?: string;
  readonly tenantId?: string;
}

export interface MembersPage {
  readonly members: readonly TeamsMember[];
  readonly continuationToken?: string;
}

/**
 * Our own way out to Teams: one request per send over kept connections, repeated only as the given policy says.
 * Activities go out as they are given, unknown fields included; `undefined` is left out, dates become ISO 8601.
 * All throw ConnectorError. The id is '' when Teams accepted the message without telling one.
 */
export interface LeanConnector {
  sendToConversation(
    target: ConversationTarget,
    activity: Partial<Activity>,
    retry?: RetryPolicy,
  ): Promise<ResourceResponse>;
  replyToActivity(target: ActivityTarget, activity: Partial<Activity>, retry?: RetryPolicy): Promise<ResourceResponse>;
  updateActivity(target: ActivityTarget, activity: Partial<Activity>, retry?: RetryPolicy): Promise<ResourceResponse>;
  deleteActivity(target: ActivityTarget, retry?: RetryPolicy): Promise<void>;
  createConversation(
    serviceUrl: string,
    parameters: Partial<ConversationParameters>,
    retry?: RetryPolicy,
  ): Promise<ResourceResponse>;
  getConversationMember(target: ConversationTarget, userId: string, retry?: RetryPolicy): Promise<TeamsMember>;
  getConversationPagedMembers(
    target: ConversationTarget,
    page?: { readonly pageSize?: number; readonly continuationToken?: string },
    retry?: RetryPolicy,
  ): Promise<MembersPage>;
  close(): Promise<void>;
}

const idOf = (answer: unknown): ResourceResponse => {
  const id = (answer as { readonly id?: unknown } | undefined)?.id;
  return { id: typeof id === 'string' ? id : '' };
};

const conversationPath = (target: ConversationTarget, rest: string): string =>
  `v3/conversations/${encodeURIComponent(target.conversationId)}/${rest}`;

const activityPath = (target: ActivityTarget): string =>
  conversationPath(target, `activities/${encodeURIComponent(target.activityId)}`);

export function createLeanConnector(options: ConnectorHttpOptions = {}): LeanConnector {
  const http = createConnectorHttp(options);
  const post = async (request: Omit<ConnectorRequest, 'method'>, retry = TURN_RETRY): Promise<ResourceResponse> =>
    idOf(await http.request({ ...request, method: 'POST' }, retry));
  return {
    sendToConversation: async (target, activity, retry) =>
      post({ serviceUrl: target.serviceUrl, path: conversationPath(target, 'activities'), body: activity }, retry),
    replyToActivity: async (target, activity, retry) =>
      post({ serviceUrl: target.serviceUrl, path: activityPath(target), body: activity }, retry),
    updateActivity: async (target, activity, retry = IDEMPOTENT_RETRY) =>
      idOf(
        await http.request(
          { serviceUrl: target.serviceUrl, method: 'PUT', path: activityPath(target), body: activity },
          retry,
        ),
      ),
    deleteActivity: async (target, retry = IDEMPOTENT_RETRY) => {
      await http.request({ serviceUrl: target.serviceUrl, method: 'DELETE', path: activityPath(target) }, retry);
    },
    createConversation: async (serviceUrl, parameters, retry) =>
      post({ serviceUrl, path: 'v3/conversations', body: parameters }, retry),
    getConversationMember: async (target, userId, retry = IDEMPOTENT_RETRY) => {
      const path = conversationPath(target, `members/${encodeURIComponent(userId)}`);
      return (await http.request({ serviceUrl: target.serviceUrl, method: 'GET', path }, retry)) as TeamsMember;
    },
    getConversationPagedMembers: async (target, page = {}, retry = IDEMPOTENT_RETRY) => {
      const query = new URLSearchParams();
      if (page.pageSize !== undefined) {
        query.set('pageSize', String(page.pageSize));
      }
      if (page.continuationToken !== undefined) {
        query.set('continuationToken', page.continuationToken);
      }
      const path = conversationPath(target, `pagedmembers${query.size === 0 ? '' : `?${query.toString()}`}`);
      return (await http.request({ serviceUrl: target.serviceUrl, method: 'GET', path }, retry)) as MembersPage;
    },
    close: async () => http.close(),
  };
}
