import { cardAction } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import { text } from '../locales/catalog';
import type { OpenForm } from './conversation-state';
import type { Turn } from './turn';

/** A card whose purpose is over: says so, and offers to begin again where it is known what it was about. */
export async function closedCard(
  { language }: Pick<Turn, 'language'>,
  key: 'startDate.cancelled' | 'dialog.closed' | 'startDate.attemptRecorded' | 'startDate.unknown',
  { customerId, workload }: CardData,
): Promise<Card> {
  const target = { customerId, workload, lang: language };
  const known = customerId !== undefined && key !== 'startDate.unknown';
  return noticeCard({
    paragraphs: [text(language, key)],
    actions: known ? [cardAction('startDate.open', text(language, 'help.change'), target)] : [],
  });
}

/**
 * Whether the form on the screen was saved by its button meanwhile: its one-time token tells. A press leaves the state
 * alone, so that it costs no request; who types about the form asks.
 */
export async function wasSaved({ services }: Turn, { draft, token }: OpenForm): Promise<boolean> {
  const { customer } = draft;
  return customer !== undefined && (await services.customers.actionOutcome(customer.customerId, token)) !== undefined;
}

/**
 * Takes the form off its card, so that there is one to save and not two: the next one comes below, or none does. Not for
 * a form that was saved: its card shows the result.
 */
export async function putAway(turn: Turn, form: OpenForm, why: 'cancelled' | 'replaced'): Promise<void> {
  const { draft, messageId } = form;
  if (messageId === undefined) {
    return;
  }
  const target = { customerId: draft.customer?.customerId, workload: draft.workload };
  const card =
    why === 'cancelled'
      ? closedCard(turn, 'startDate.cancelled', target)
      : noticeCard({ paragraphs: [text(draft.language, 'startDate.outdated')] });
  await turn.replace(messageId, await card);
}
