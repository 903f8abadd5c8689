import { completionList } from '../cards/completion-list';
import type { Card } from '../cards/render';
import { openCompletions } from '../domain/checklist/open-completions';
import type { CustomerSummary } from '../ports/customer-index';
import type { Turn } from './turn';

/** Open completions, the oldest first: of the whole team for a lead, else the user's own. */
export async function openCompletionsCard(turn: Turn, page: number): Promise<Card> {
  const { language, timeZone } = turn;
  return completionList(language, openCompletions(await customersOf(turn)), { page, timeZone });
}

async function customersOf({ services: { index }, actor }: Turn): Promise<readonly CustomerSummary[]> {
  if (!actor.lead) {
    return actor.address === undefined ? [] : index.ofFm(actor.address);
  }
  return index.ofAllFms();
}
