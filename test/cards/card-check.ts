import * as AdaptiveCards from 'adaptivecards';
import type { Card } from '../../src/cards/render';

/** Teams' limit for a card, in UTF-16 as it counts. */
export const MAX_CARD_BYTES = 28 * 1024;

/** Every complaint of Microsoft's own renderer about a card of version 1.5. */
export function validationEvents(card: Card): string[] {
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_unused, index) => context.getEventAt(index).message);
  const results = parsed.validateProperties();
  return [...events, ...results.validationEvents.map(({ message }) => message)];
}

export const sizeOf = (card: Card): number => JSON.stringify(card).length * 2;

/** Text of a TextBlock is markdown to Teams: nothing a user wrote may stand there. */
export function markdownTexts(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { type, text } = node as { type?: unknown; text?: unknown };
  const own = type === 'TextBlock' && typeof text === 'string' ? [text] : [];
  return [...own, ...Object.values(node).flatMap(markdownTexts)];
}

/** Texts that a client shows which does not know an action: where there is no fallback of its own, that of what holds it counts. */
export function textsWithout(actionType: string, card: Card): string[] {
  const actions = new AdaptiveCards.CardObjectRegistry<AdaptiveCards.Action>();
  AdaptiveCards.GlobalRegistry.actions.copyTo(actions);
  actions.unregister(actionType);
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  context.setActionRegistry(actions);
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  return textsOf(parsed);
}

function textsOf(element: AdaptiveCards.CardElement): string[] {
  if (element instanceof AdaptiveCards.TextBlock) {
    return [element.text ?? ''];
  }
  return element instanceof AdaptiveCards.CardElementContainer && !(element instanceof AdaptiveCards.RichTextBlock)
    ? Array.from({ length: element.getItemCount() }, (_unused, index) => textsOf(element.getItemAt(index))).flat()
    : [];
}
