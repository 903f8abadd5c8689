import type { DueOffer } from '../domain/checklist/open-completions';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { cardAction, choice, workloadData } from './actions';
import { noticeCard } from './notice';
import type { Card } from './render';

/** Offered at once; a first import may bring many. */
const MAX_OFFERS = 5;

/** Asks whether to complete these engagements, a button each. */
export async function completionOffer(language: Language, due: readonly DueOffer[]): Promise<Card> {
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
