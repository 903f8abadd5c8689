import type { TurnContext } from 'botbuilder-core';
import type { Temporal } from 'temporal-polyfill';
import type { Card } from '../cards/render';
import type { Actor } from '../domain/actor';
import type { Language } from '../domain/vocabulary';
import type { Understanding } from '../language/understanding';
import type { Clock } from '../ports/clock';
import type { CustomerIndex, CustomerSummary } from '../ports/customer-index';
import type { Customers } from '../ports/customers';
import type { Deliveries } from '../ports/deliveries';
import type { Feedback } from '../ports/feedback';
import type { Profiles } from '../ports/profiles';
import type { ReminderQueue } from '../ports/reminder-queue';
import type { Schedules } from '../usecases/schedules';

/** What the conversation works with; made once, in the composition root. */
export interface Services {
  readonly customers: Customers;
  readonly index: CustomerIndex;
  readonly profiles: Profiles;
  readonly feedback: Feedback;
  readonly clock: Clock;
  readonly schedules: Schedules;
  readonly deliveries: Deliveries;
  readonly queue: ReminderQueue;
  /** A fresh one-time token for a card. */
  readonly newToken: () => string;
}

/** What the user did: said something, or answered the open question on its card. */
export type TurnInput =
  | { readonly kind: 'said'; readonly text: string; readonly understanding: Understanding }
  | { readonly kind: 'pressed'; readonly values: Readonly<Record<string, unknown>> };

/** One turn of a conversation, whatever brought it about. */
export interface Turn {
  readonly state: StateAccess;
  readonly services: Services;
  readonly actor: Actor;
  /** The user's own customers, a minute old at most: to speak of, not to act on. */
  readonly ownLately: () => Promise<readonly CustomerSummary[]>;
  readonly language: Language;
  /** The user's own calendar date and zone. */
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
  readonly input: TurnInput;
  /** Sends a card; on a press, the card that replaces the pressed one. @returns the message's (placeholder) id. */
  readonly show: (card: Card) => Promise<string | undefined>;
  /** Puts a card into a message sent earlier. */
  readonly replace: (messageId: string, card: Card) => Promise<void>;
  /** Sends a line of plain text. */
  readonly say: (text: string) => Promise<void>;
}

/** The state of this person in this conversation; saved after the turn if it changed. */
export interface StateAccess {
  get<T extends object>(): Promise<T | undefined>;
  set(value: object | undefined): void;
  /** Runs after sending; `idOf` turns a placeholder into the id Teams gave. */
  afterSend(hook: (idOf: (placeholder: string) => string | undefined) => Promise<void>): void;
}

const TURN = Symbol('fm-assistant turn');

/** Dialogs get nothing but the TurnContext: our turn travels with it. */
export const attachTurn = (context: TurnContext, turn: Turn): void => {
  context.turnState.set(TURN, turn);
};

/** @throws when the context was not prepared by `attachTurn`. */
export function turnOf(context: TurnContext): Turn {
  const turn = context.turnState.get<Turn | undefined>(TURN);
  if (!turn) {
    throw new Error('this turn was not prepared');
  }
  return turn;
}
