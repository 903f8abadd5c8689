import type { Activity } from 'botbuilder-core';

/** A mention as Teams sends it among the entities; anything of it may be missing. */
interface Mention {
  readonly type?: unknown;
  readonly mentioned?: { readonly id?: unknown } | null;
  readonly text?: unknown;
}

/**
 * The words of a message without the mention of the bot, which group chats need and dialogs do not. The SDK's own way
 * of doing it throws on a mention of nobody and takes the word "undefined" out for one without text.
 */
export function sentenceOf(
  activity: Pick<Activity, 'recipient'> & Partial<Pick<Activity, 'text' | 'entities'>>,
): string {
  const { recipient, text = '', entities = [] } = activity;
  const mention = (entities as readonly Mention[]).find(
    ({ type, mentioned }) => isMention(type) && mentioned?.id === recipient.id,
  );
  return (typeof mention?.text === 'string' ? text.replace(mention.text, '') : text).trim();
}

const isMention = (type: unknown): boolean => typeof type === 'string' && type.toLowerCase() === 'mention';
