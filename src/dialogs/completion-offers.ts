import { completionOffer } from '../cards/completion-offer';
import { dueOffers } from '../domain/checklist/open-completions';
import type { Intent } from '../domain/vocabulary';
import { smallTalk } from '../language/small-talk';
import type { CustomerSummary } from '../ports/customer-index';
import { recordOffersMade } from '../usecases/record-offers-made';
import type { ConversationState } from './conversation-state';
import type { Turn } from './turn';

/** Sentences that leave the floor to the bot: whoever asked for something gets that and nothing else. */
const OPENINGS: ReadonlySet<Intent> = new Set<Intent>(['help', 'none']);

/**
 * Asks, once, whether to complete the engagements that an import has brought to the milestone, where the bot's own message
 * about them did not come first: when the FM greets, asks for help or thanks, and not while a question is open. They are
 * marked as asked about once the card is on its way.
 */
export async function offerCompletions(turn: Turn, own: readonly CustomerSummary[]): Promise<void> {
  const due = dueOffers(own);
  if (due.length === 0 || !isOpening(turn) || (await isBusy(turn))) {
    return;
  }
  await turn.show(await completionOffer(turn.language, due));
  turn.state.afterSend(async () => recordOffersMade(turn.services, due));
}

const isOpening = ({ input }: Turn): boolean =>
  input.kind === 'said' &&
  OPENINGS.has(input.understanding.intent) &&
  (input.understanding.intent === 'help' || smallTalk(input.text) !== undefined);

async function isBusy({ state }: Turn): Promise<boolean> {
  const kept = await state.get<ConversationState>();
  return kept?.dialog !== undefined || kept?.form !== undefined || kept?.completing !== undefined;
}
