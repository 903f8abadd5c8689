import type { WorkloadId } from '../domain/vocabulary';

/** Verbs are public: cards stay in chats for months (contract). */
export const VERBS = [
  'startDate.save',
  'startDate.open',
  'startDate.cancel',
  'contact.attempt',
  'dialog.answer',
  'dialog.cancel',
  'list.show',
  'history.show',
  'notes.show',
  'faq.show',
  'faq.helpful',
  'language.set',
  'checklist.open',
  'checklist.save',
  'checklist.submit',
  'checklist.mail',
  'checklist.reopen',
  'completions.show',
  'reminder.replied',
  'reminder.keepTrying',
  'reminder.unresponsive',
  'reminder.show',
  'reminder.pause',
  'reminder.why',
  'settings.open',
  'settings.save',
  'team.show',
  'gaps.show',
] as const;
export type Verb = (typeof VERBS)[number];

/** A press that stands for saying something: handled as the sentence in its data, answered by a new message. */
export const SAY = 'say';

/** A button as the templates bind it. `submit` is what an old client sends with Action.Submit. */
export interface CardAction {
  readonly title: string;
  readonly verb: Verb | typeof SAY;
  readonly data: Readonly<Record<string, unknown>>;
  readonly submit: Readonly<Record<string, unknown>>;
  /** `auto` sends the card's inputs along, after checking them; `none` neither. */
  readonly inputs: 'auto' | 'none';
  readonly style: 'default' | 'positive';
  /** What a screen reader says where the title alone is not enough ("Change" on each row of a list). */
  readonly tooltip: string;
}

/** A button on a line of its own, so that long names stay readable at 320 px. */
export interface Choice {
  readonly actions: readonly [CardAction];
}

export const choice = (action: CardAction): Choice => ({ actions: [action] });

/** A button. Its data is read back by `adapters/teams/card-data`, as untrusted input. */
export function cardAction(
  verb: Verb | typeof SAY,
  title: string,
  data: Readonly<Record<string, unknown>> = {},
  options: {
    readonly inputs?: 'auto' | 'none';
    readonly style?: 'default' | 'positive';
    readonly tooltip?: string;
  } = {},
): CardAction {
  const { inputs = 'none', style = 'default', tooltip = title } = options;
  return { title, verb, data, submit: { ...data, verb }, inputs, style, tooltip };
}

/** What names a workload in a card's data (contract). */
export const workloadData = (
  customerId: string,
  workload: WorkloadId,
): { customerId: string; workload: WorkloadId } => ({
  customerId,
  workload,
});
