import { deploymentLinesCard } from '../cards/gaps';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import type { Understanding } from '../language/understanding';
import { text } from '../locales/catalog';
import { namedDeploymentLines, ownDeploymentLines } from '../usecases/gaps';
import type { Turn } from './turn';

/** Customers that one sentence may name. */
const MOST_NAMED = 4;

/** "Gaps", "gaps Contoso": the user's own customers, or the ones named. */
export async function gapsAnswer(
  turn: Turn,
  { customers, unknownCustomer }: Pick<Understanding, 'customers' | 'unknownCustomer'>,
): Promise<Card> {
  if (unknownCustomer !== undefined) {
    return noticeCard({ paragraphs: [text(turn.language, 'startDate.unknown')] });
  }
  if (customers.length === 0) {
    return gapsCard(turn, { page: 0 });
  }
  const ids = customers.slice(0, MOST_NAMED).map(({ customerId }) => customerId);
  const lines = await namedDeploymentLines(turn.services, askingOf(turn), ids);
  return lines.length === 0
    ? noticeCard({ paragraphs: [text(turn.language, 'startDate.unknown')] })
    : deploymentLinesCard(turn.language, lines, 0);
}

/** Lines of the user's own customers; a lead without any is asked for a name. */
export async function gapsCard(turn: Turn, { page }: { readonly page: number }): Promise<Card> {
  const { language, actor, services } = turn;
  const own = actor.address === undefined ? [] : await services.index.ofFm(actor.address);
  if (own.length === 0) {
    return noticeCard({ paragraphs: [text(language, actor.lead ? 'gaps.nameOne' : 'list.noCustomers')] });
  }
  return deploymentLinesCard(language, await ownDeploymentLines(services, askingOf(turn)), page);
}

const askingOf = ({ actor, timeZone, services }: Turn): Parameters<typeof ownDeploymentLines>[1] => ({
  actor,
  timeZone,
  now: services.clock.now(),
});
