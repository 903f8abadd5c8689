/** What the classifier tells apart, in the order of the weight table's columns; our patterns alone know the rest. */
export const REQUESTS = [
  'change-start-date',
  'start-date-list',
  'no-reply',
  'customer-replied',
  'complete-engagement',
  'show-history',
  'show-notes',
  'plan-deployment',
  'team-load',
  'help',
  'cancel',
  'set-language',
  'question',
  'none',
] as const;
export type Request = (typeof REQUESTS)[number];
