import { stringsOf } from '../cards/strings-of';
import type { Json, Turn } from './teams-stand-in';

/** A button as a client finds it on a card. */
export interface CardButton {
  readonly title: string;
  readonly verb: string;
  readonly data: Record<string, unknown>;
}

const isButton = (node: object): node is CardButton & { type: string } =>
  (node as { type?: unknown }).type === 'Action.Execute';

/** Every button of a card, in order. */
export function buttonsOf(card: Json): CardButton[] {
  const found: CardButton[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    if (isButton(node)) {
      found.push({ title: node.title, verb: node.verb, data: node.data });
      return;
    }
    Object.values(node).forEach(visit);
  };
  visit(card);
  return found;
}

/** The button with this verb (and title). @throws when the card has none. */
export function buttonOf(card: Json, verb: string, title?: string): CardButton {
  const button = buttonsOf(card).find((each) => each.verb === verb && (title === undefined || each.title === title));
  if (!button) {
    throw new Error(`no button ${verb} ${title ?? ''} on ${JSON.stringify(stringsOf(card))}`);
  }
  return button;
}

/** What the card's inputs hold, as a client would send them with a press. */
export function inputsOf(card: Json): Record<string, string> {
  const values: Record<string, string> = {};
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const { type, id, value } = node as { type?: unknown; id?: unknown; value?: unknown };
    if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string') {
      if (typeof value === 'string' && value !== '') {
        values[id] = value;
      }
    }
    Object.values(node).forEach(visit);
  };
  visit(card);
  return values;
}

/** All words of a card, for finding what it says. */
export const wordsOf = (card: Json): string => stringsOf(card).join('\n');

/** The card a turn ended with: sent, or put in the place of the one that was pressed. */
export const cardOf = (turn: Turn): Json => turn.cards.at(-1) ?? turn.body?.value;

/** All that a turn said. */
export const shown = (turn: Turn): string => [...turn.texts, ...turn.cards.map(wordsOf)].join('\n');
