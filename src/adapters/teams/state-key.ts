import type { Activity } from 'botbuilder-core';
import type { Profile } from '../../ports/profiles';

const keyOf = (channelId: string, conversationId: string, userId: string): string =>
  `${channelId}/${conversationId}/${userId}`;

/** One key per person and conversation: two people in a group chat do not answer each other's questions. */
export const stateKeyOf = ({ channelId, conversation, from }: Activity): string =>
  keyOf(channelId, conversation.id, (from as { id?: string } | undefined)?.id ?? '');

/** The same for a person's own chat with the bot. */
export const chatStateKeysOf = ({ chat }: Profile): readonly string[] =>
  chat ? [keyOf('msteams', chat.conversationId, chat.teamsUserId)] : [];
