import type { Activity } from 'botbuilder-core';

type Shape = 'string' | 'object' | 'array';

/** The fields the bot and the SDK read, with the only shape they may have. Unknown fields are let through. */
const SHAPES = {
  id: 'string',
  name: 'string',
  text: 'string',
  textFormat: 'string',
  locale: 'string',
  localTimezone: 'string',
  replyToId: 'string',
  action: 'string',
  timestamp: 'string',
  localTimestamp: 'string',
  expiration: 'string',
  from: 'object',
  recipient: 'object',
  channelData: 'object',
  relatesTo: 'object',
  attachments: 'array',
  entities: 'array',
  membersAdded: 'array',
  membersRemoved: 'array',
} as const satisfies Readonly<Record<string, Shape>>;

const SHAPE_ENTRIES = Object.entries(SHAPES);

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'array') {
    return Array.isArray(value) && value.every(isRecord);
  }
  return shape === 'object' ? isRecord(value) : typeof value === 'string';
}

/** Accounts are read for `id`, `name`, `aadObjectId`: strings wherever they are given. */
function isAccount(value: unknown): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  return (
    isRecord(value) &&
    ['id', 'name', 'aadObjectId', 'tenantId'].every(
      (key) => value[key] === undefined || value[key] === null || typeof value[key] === 'string',
    )
  );
}

/** What somebody does; the bot asks who. Of other events it does nothing. */
const DONE_BY_SOMEBODY: ReadonlySet<unknown> = new Set([
  'message',
  'invoke',
  'messageUpdate',
  'messageReaction',
  'installationUpdate',
]);

const ACTIVITIES: ReadonlySet<unknown> = new Set([
  ...DONE_BY_SOMEBODY,
  'messageDelete',
  'conversationUpdate',
  'event',
  'typing',
]);

/** The type of an activity for figures and logs: it may call itself anything, only what is known is told. */
export const knownActivity = (type: unknown): string => (ACTIVITIES.has(type) ? String(type) : 'other');

const hasWho = (body: Fields): boolean =>
  !DONE_BY_SOMEBODY.has(body.type) || (isRecord(body.from) && isText(body.from.id));

/**
 * The activity in a request's JSON body, or undefined when it is none the bot could work with (answered 400).
 * Null fields are taken for absent, as Teams' own serialiser writes some of them.
 */
export function toActivity(body: unknown): Activity | undefined {
  if (!isRecord(body) || !isText(body.type) || !isText(body.channelId)) {
    return undefined;
  }
  for (const [field, shape] of SHAPE_ENTRIES) {
    const value = body[field];
    if (value === null) {
      delete body[field];
    } else if (value !== undefined && !fits(value, shape)) {
      return undefined;
    }
  }
  const conversation = body.conversation;
  if (!isRecord(conversation) || !isText(conversation.id) || !isAccount(conversation) || !hasWho(body)) {
    return undefined;
  }
  if (!isAccount(body.from) || !isAccount(body.recipient)) {
    return undefined;
  }
  // The SDK and the bot read it without asking whether it is there.
  body.recipient ??= { id: '', name: '' };
  return withDates(body);
}

/** What the SDK's own validation does: dates as Date, the text kept beside them. */
function withDates(body: Record<string, unknown>): Activity {
  for (const [field, raw] of [
    ['timestamp', 'rawTimestamp'],
    ['localTimestamp', 'rawLocalTimestamp'],
    ['expiration', 'rawExpiration'],
  ] as const) {
    const value = body[field];
    if (typeof value === 'string') {
      body[raw] = value;
      body[field] = new Date(value);
    }
  }
  // Replies are always sent through the connector; the buffered modes belong to skills, which are refused.
  delete body.deliveryMode;
  return body as unknown as Activity;
}
