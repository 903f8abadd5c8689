/**
 * The words of the playbook as closed lists: list and type come from one line, so that a new member makes the
 * compiler name every place that has to know it. Values are the ones of the Gateway file and the export.
 */

/** Languages the bot speaks; also the languages of customers. */
export const LANGUAGES = ['en', 'de', 'pt-BR', 'zh-Hans', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

export const REGIONS = ['Americas', 'APJ', 'EMEA'] as const;
export type Region = (typeof REGIONS)[number];

/** FTC = FastTrack Center; FRP = FastTrack Ready Partner (S11: never reminded). */
export const DELIVERY_CHANNELS = ['FTC', 'FRP'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** Deployment status of a workload; a start date applies to InProgress only (S2). */
export const L1_STATUSES = ['InProgress', 'Unknown', 'Blocked', 'NoIntent'] as const;
export type L1Status = (typeof L1_STATUSES)[number];

export const SERVICE_STATUSES = ['Enablement', 'Adoption', 'Migration', 'Completed'] as const;
export type ServiceStatus = (typeof SERVICE_STATUSES)[number];

export const WORKLOADS = [
  'exchange-online',
  'sharepoint-online',
  'onedrive',
  'teams',
  'intune',
  'm365-apps',
  'entra-id-p1',
  'viva-engage',
  'defender-for-office-365',
  'purview-information-protection',
] as const;
export type WorkloadId = (typeof WORKLOADS)[number];

/** Why a start date is what it is (S4 S5 S6 S7 S10). */
export const OCCASIONS = [
  'customer-rescheduled',
  'first-discussion',
  'kickoff',
  'serialized-deployment',
  'success-review',
] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** Offered because users name them, and refused: one-way contact is not a start (S5). */
export const ONE_WAY_OCCASIONS = ['first-email', 'voicemail'] as const;
export type OneWayOccasion = (typeof ONE_WAY_OCCASIONS)[number];

/** Every occasion, in the order in which the choices show them. */
export const ALL_OCCASIONS = [...OCCASIONS, ...ONE_WAY_OCCASIONS] as const;

export const NOTE_FIELDS = ['overallStatus', 'technicalEnablement', 'engagementManagement'] as const;
export type NoteField = (typeof NOTE_FIELDS)[number];

export const CONTACT_KINDS = ['attempt', 'reply', 'unresponsive'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** The 22 playbook topics; ids are public (answers, evaluation sets and feedback use them). */
export const FAQ_TOPICS = [
  'esd-purpose',
  'esd-workloads',
  'esd-backfill',
  'esd-kickoff',
  'esd-first-contact',
  'esd-reschedule',
  'esd-no-reply',
  'esd-notes',
  'esd-active-customers',
  'esd-frp',
  'completion-when',
  'completion-account-team',
  'completion-no-account-team',
  'completion-meeting',
  'completion-multi-service',
  'completion-ready',
  'completion-not-ready',
  'completion-status',
  'completion-queues',
  'completion-unassign',
  'completion-task',
  'completion-next-step',
] as const;
export type FaqTopic = (typeof FAQ_TOPICS)[number];

/** What is said about the reminders themselves, not about a customer. */
const REMINDER_REQUESTS = ['pause-reminders', 'resume-reminders', 'why-reminders'] as const;

/** What a person can want from the bot; ids are public (evaluation sets). */
export const INTENTS = [
  'change-start-date',
  'start-date-list',
  'no-reply',
  'customer-replied',
  'complete-engagement',
  'open-completions',
  'show-history',
  'show-notes',
  'plan-deployment',
  'team-load',
  'gaps',
  ...REMINDER_REQUESTS,
  'settings',
  'help',
  'cancel',
  'set-language',
  'question',
  'none',
] as const;
export type Intent = (typeof INTENTS)[number];

/** Whether a sentence is about the reminders themselves: whatever date is in it belongs to no customer. */
export const isAboutReminders = (intent: Intent): boolean => isOneOf(REMINDER_REQUESTS, intent);

/** @returns whether `value` is one of `list`, narrowing it: the one way from untrusted text into a closed list. */
export function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return typeof value === 'string' && (list as readonly string[]).includes(value);
}
