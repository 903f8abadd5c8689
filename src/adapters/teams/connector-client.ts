import type { Activity, ConversationParameters } from 'botbuilder-core';
import type { ConnectorClient } from 'botframework-connector';
import type { LeanConnector } from './lean-connector';

/** What the SDK and our code call on a ConnectorClient, answered by our own connector. */
export function createConnectorClient(connector: LeanConnector, serviceUrl: string): ConnectorClient {
  const conversations = {
    sendToConversation: async (conversationId: string, activity: Partial<Activity>) =>
      connector.sendToConversation({ serviceUrl, conversationId }, activity),
    replyToActivity: async (conversationId: string, activityId: string, activity: Partial<Activity>) =>
      connector.replyToActivity({ serviceUrl, conversationId, activityId }, activity),
    updateActivity: async (conversationId: string, activityId: string, activity: Partial<Activity>) =>
      connector.updateActivity({ serviceUrl, conversationId, activityId }, activity),
    deleteActivity: async (conversationId: string, activityId: string) =>
      connector.deleteActivity({ serviceUrl, conversationId, activityId }),
    createConversation: async (parameters: ConversationParameters) =>
      connector.createConversation(serviceUrl, parameters),
    getConversationMember: async (conversationId: string, userId: string) =>
      connector.getConversationMember({ serviceUrl, conversationId }, userId),
    getConversationPagedMembers: async (
      conversationId: string,
      page?: { pageSize?: number; continuationToken?: string },
    ) => connector.getConversationPagedMembers({ serviceUrl, conversationId }, page),
  };
  // The SDK types the whole generated client; turns use these calls only.
  return { conversations, serviceUrl } as unknown as ConnectorClient;
}
