import type { Activity } from 'botbuilder-core';
import { completionOffer } from '../../cards/completion-offer';
import { leadReport } from '../../cards/lead-report';
import { reminderDigest } from '../../cards/reminder-digest';
import type { Card } from '../../cards/render';
import type { Language } from '../../domain/vocabulary';
import type { Messenger, OutgoingDigest, SendResult } from '../../ports/messenger';
import type { Profile } from '../../ports/profiles';
import { ConnectorError } from './connector-error';
import type { LeanConnector } from './lean-connector';
import { NO_RETRY } from './retry-policy';

/** Where this deployment's bot lives in Teams; learned from any activity, for people who never wrote. */
export interface Channel {
  readonly serviceUrl: string;
  readonly botId: string;
  readonly tenantId: string;
}

interface Dependencies {
  readonly connector: LeanConnector;
  readonly defaultLanguage: Language;
  readonly channel: () => Promise<Channel | undefined>;
}

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
/** Refused for as long as nobody changes the set-up: no reason to give a reminder up. */
const SET_UP: ReadonlySet<string> = new Set(['TOKEN_UNAVAILABLE', 'SERVICE_URL_REFUSED']);

/** Reminders on their way to Teams: every call is one request, and its outcome a value. */
export function createMessenger({ connector, defaultLanguage, channel }: Dependencies): Messenger {
  const languageOf = ({ language, lastLanguage }: Profile): Language => language ?? lastLanguage ?? defaultLanguage;
  const digestCard = async ({ to, digest, items, timeZone, most }: OutgoingDigest): Promise<Card> =>
    reminderDigest(languageOf(to), {
      digestId: digest.id,
      items,
      from: 0,
      total: digest.items.length,
      timeZone,
      most,
    });
  const send = async (to: Profile, card: Card): Promise<SendResult> => {
    const { chat } = to;
    return chat === undefined
      ? { kind: 'noConversation' }
      : outcomeOf(async () => connector.sendToConversation(chat, messageOf(card), NO_RETRY));
  };
  return {
    sendDigest: async (digest) => send(digest.to, await digestCard(digest)),
    sendLeadReport: async (report) => send(report.to, await leadReport(languageOf(report.to), report)),
    sendOffer: async (to, due) => send(to, await completionOffer(languageOf(to), due)),
    updateDigest: async (messageId, digest) => {
      const { chat } = digest.to;
      if (chat === undefined) {
        return { kind: 'noConversation' };
      }
      const card = await digestCard(digest);
      return outcomeOf(async () => connector.updateActivity({ ...chat, activityId: messageId }, messageOf(card)));
    },
    openChat: async (to) => openChat(connector, to, await channel()),
  };
}

const messageOf = (card: Card): Partial<Activity> => ({
  type: 'message',
  attachments: [{ contentType: ADAPTIVE_CARD, content: card }],
});

async function openChat(
  connector: LeanConnector,
  { chat, userId }: Profile,
  channel: Channel | undefined,
): Promise<NonNullable<Profile['chat']> | SendResult> {
  const where = chat ?? channel;
  if (!where) {
    return { kind: 'unreachable', code: 'noChannel' };
  }
  const { serviceUrl, botId, tenantId } = where;
  const member = { id: chat?.teamsUserId ?? userId, name: '' };
  const parameters = {
    isGroup: false,
    bot: { id: botId, name: '' },
    members: [member],
    tenantId,
    channelData: { tenant: { id: tenantId } },
  };
  let conversationId = '';
  const result = await outcomeOf(async () => {
    const created = await connector.createConversation(serviceUrl, parameters, NO_RETRY);
    conversationId = created.id;
    return created;
  });
  if (result.kind === 'unknown' || (result.kind === 'sent' && conversationId === '')) {
    // Creating a one-to-one chat twice gives the same chat: unlike a message, it may be tried again.
    return { kind: 'failed', code: result.kind === 'unknown' ? result.code : 'noId' };
  }
  return result.kind === 'sent' ? { serviceUrl, conversationId, tenantId, teamsUserId: member.id, botId } : result;
}

async function outcomeOf(call: () => Promise<{ readonly id: string }>): Promise<SendResult> {
  try {
    return { kind: 'sent', messageId: (await call()).id };
  } catch (error) {
    if (error instanceof ConnectorError) {
      return resultOf(error);
    }
    throw error;
  }
}

/** What an error of Teams means for a reminder; status first, codes second (teams-facts: codes are not reliable). */
function resultOf({ status, code, subCode, retryAfterSeconds, ambiguous }: ConnectorError): SendResult {
  if (ambiguous) {
    return { kind: 'unknown', code };
  }
  if (status === undefined || status === 412 || status === 401 || SET_UP.has(code)) {
    return { kind: 'failed', code };
  }
  switch (status) {
    case 429:
      return { kind: 'throttled', retryAfterSeconds };
    case 403:
      return { kind: 'unreachable', code: subCode ?? code };
    case 404:
      return code === 'BotNotInConversationRoster' ? { kind: 'unreachable', code } : { kind: 'noConversation' };
    case 413:
      return { kind: 'tooLarge' };
    default:
      return { kind: 'refused', code };
  }
}
