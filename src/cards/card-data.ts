import { z } from 'zod';
import { COMPLETION_MAILS } from '../domain/checklist/mails';
import type { AgainIn } from '../domain/reminders/reminder';
import { AGAIN_IN } from '../domain/reminders/reminder';
import { START_DATE_WARNINGS } from '../domain/start-date';
import { FAQ_TOPICS, LANGUAGES, WORKLOADS } from '../domain/vocabulary';

/**
 * What a press brings back. Cards stay in chats for months and card data can be forged, so everything is read as
 * untrusted text: what is missing or of the wrong form is absent here, and rights are checked where it is used.
 */
const schema = z.object({
  customerId: z.string().min(1).max(200).optional().catch(undefined),
  workload: z.enum(WORKLOADS).optional().catch(undefined),
  token: z.string().min(1).max(100).optional().catch(undefined),
  lang: z.enum(LANGUAGES).optional().catch(undefined),
  language: z.enum(LANGUAGES).optional().catch(undefined),
  date: z.string().max(100).optional().catch(undefined),
  precision: z.string().max(10).optional().catch(undefined),
  estimate: z.string().max(20).optional().catch(undefined),
  occasion: z.string().max(50).optional().catch(undefined),
  reason: z.string().max(50_000).optional().catch(undefined),
  seen: z.string().max(40).optional().catch(undefined),
  accepted: z.array(z.enum(START_DATE_WARNINGS)).max(10).optional().catch(undefined),
  acceptedFor: z.string().max(20).optional().catch(undefined),
  chained: z.boolean().optional().catch(undefined),
  note: z.string().max(50_000).optional().catch(undefined),
  mail: z.enum(COMPLETION_MAILS).optional().catch(undefined),
  mailLanguage: z.enum(LANGUAGES).optional().catch(undefined),
  dialog: z.string().max(100).optional().catch(undefined),
  slot: z.string().max(20).optional().catch(undefined),
  topic: z.enum(FAQ_TOPICS).optional().catch(undefined),
  helpful: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
    .optional()
    .catch(undefined),
  text: z.string().max(2000).optional().catch(undefined),
  digest: z.string().min(1).max(40).optional().catch(undefined),
  againIn: z
    .enum(['1', '3', '5', '10'])
    .transform((days): AgainIn => Number(days) as AgainIn)
    .or(z.literal(AGAIN_IN))
    .optional()
    .catch(undefined),
  resume: z.boolean().optional().catch(undefined),
  pausedUntil: z.string().max(20).optional().catch(undefined),
  timeZone: z.string().max(60).optional().catch(undefined),
  otherZone: z.string().max(60).optional().catch(undefined),
  workingDays: z.string().max(20).optional().catch(undefined),
  reminderTime: z.string().max(10).optional().catch(undefined),
  holidays: z.string().max(10).optional().catch(undefined),
  headsUp: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
    .optional()
    .catch(undefined),
  spoken: z.string().max(10).optional().catch(undefined),
  page: z.coerce.number().int().min(0).max(1000).optional().catch(undefined),
});

export type CardData = z.infer<typeof schema>;

/** Reads a press's data; anything that is not an object counts as empty. */
export const readCardData = (raw: unknown): CardData => {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
};
