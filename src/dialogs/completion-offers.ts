import { cardAction, choice, workloadData } from '../cards/actions';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import type { Intent, WorkloadId } from '../domain/vocabulary';
import { smallTalk } from '../language/small-talk';
import { text } from '../locales/catalog';
import type { CustomerSummary } from '../ports/customer-index';
import { recordOffersMade } from '../usecases/record-offers-made';
import type { ConversationState } from './conversation-state';
import type { Turn } from './turn';

/** A workload at the milestone whose FM has not been asked yet. */
interface DueOffer {
  readonly customerId: string;
  readonly name: string;
  readonly workload: WorkloadId;
}

/** Offered at once; a first import may bring many. */
const MAX_OFFERS = 5;

/** Sentences that leave the floor to the bot: whoever asked for something gets that and nothing else. */
const OPENINGS: ReadonlySet<Intent> = new Set<Intent>(['help', 'none']);

/**
 * Asks, once, whether to complete the engagements that an import has brought to the milestone: when the FM greets, asks
 * for help or thanks, and not while a question is open. They are marked as asked about once the card is on its way.
 */
export async function offerCompletions(turn: Turn, own: readonly CustomerSummary[]): Promise<void> {
  const due = own.flatMap(({ customerId, name, workloads }) =>
    workloads.filter(({ offerDue }) => offerDue).map(({ workload }) => ({ customerId, name, workload })),
  );
  if (due.length === 0 || !isOpening(turn) || (await isBusy(turn))) {
    return;
  }
  await turn.show(await offerCard(turn, due));
  turn.state.afterSend(async () => {
    for (const customerId of new Set(due.map((offer) => offer.customerId))) {
      await recordOffersMade(turn.services, customerId);
    }
  });
}

const isOpening = ({ input }: Turn): boolean =>
  input.kind === 'said' &&
  OPENINGS.has(input.understanding.intent) &&
  (input.understanding.intent === 'help' || smallTalk(input.text) !== undefined);

async function isBusy({ state }: Turn): Promise<boolean> {
  const kept = await state.get<ConversationState>();
  return kept?.dialog !== undefined || kept?.form !== undefined || kept?.completing !== undefined;
}

async function offerCard({ language }: Turn, due: readonly DueOffer[]): Promise<Card> {
  const more = due.length - MAX_OFFERS;
  return noticeCard({
    paragraphs: [text(language, 'checklist.offer')],
    choices: due
      .slice(0, MAX_OFFERS)
      .map(({ customerId, name, workload }) =>
        choice(
          cardAction(
            'checklist.open',
            text(language, 'checklist.offerFor', { customer: name, workload: text(language, `workload.${workload}`) }),
            { ...workloadData(customerId, workload), lang: language },
          ),
        ),
      ),
    footer: more > 0 ? text(language, 'checklist.offerMore', { count: more }) : '',
  });
}
