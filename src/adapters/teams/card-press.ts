import type { Activity } from 'botbuilder-core';
import type { CardData } from '../../cards/card-data';
import { readCardData } from '../../cards/card-data';
import { SAY, VERBS } from '../../cards/actions';
import type { Verb } from '../../cards/actions';
import { isOneOf } from '../../domain/vocabulary';

/** A press of a card's button, new client (Action.Execute) or old (Action.Submit). */
export interface CardPress {
  /** Undefined = a verb of no version we know. */
  readonly verb: Verb | typeof SAY | undefined;
  readonly data: CardData;
  /** Whatever came along, for inputs that only one dialog knows; untrusted. */
  readonly values: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns the press in an activity, or undefined when it is none. */
export function readPress({ type, name, value }: Activity): CardPress | undefined {
  const raw: unknown = value;
  if (type === 'invoke') {
    const action = name === 'adaptiveCard/action' && isRecord(raw) ? raw.action : undefined;
    return isRecord(action) ? toPress(action.verb, action.data) : undefined;
  }
  return type === 'message' && isRecord(raw) && 'verb' in raw ? toPress(raw.verb, raw) : undefined;
}

function toPress(verb: unknown, data: unknown): CardPress {
  return {
    verb: isOneOf([...VERBS, SAY], verb) ? verb : undefined,
    data: readCardData(data),
    values: isRecord(data) ? data : {},
  };
}
