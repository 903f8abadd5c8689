import { cardAction, choice } from '../cards/actions';
import { noticeCard } from '../cards/notice';
import { historyCard, notesCard } from '../cards/record-list';
import type { Card } from '../cards/render';
import { startDateList } from '../cards/start-date-list';
import { byUrgency, overviewOf } from '../domain/start-date-overview';
import type { WorkloadId } from '../domain/vocabulary';
import type { CustomerName } from '../language/understanding';
import { text } from '../locales/catalog';
import type { CustomerSummary } from '../ports/customer-index';
import { lookUpLog } from '../usecases/look-up-customer';
import { MAX_CHOICES, offeredCustomers } from './start-date-question';
import type { Turn } from './turn';

/** The user's own customers, the most urgent first; none for somebody who is no FM. */
export async function ownCustomers({ services, actor, today }: Turn): Promise<CustomerSummary[]> {
  return actor.address === undefined ? [] : byUrgency(await services.index.ofFm(actor.address), today);
}

/** "My start dates", from the FM's index alone: one storage request. */
export async function listCard(
  turn: Turn,
  { page, workload }: { readonly page: number; readonly workload?: WorkloadId | undefined },
): Promise<Card> {
  const { language, actor } = turn;
  const customers = await ownCustomers(turn);
  if (customers.length === 0) {
    return noticeCard({ paragraphs: [text(language, actor.lead ? 'list.noCustomersLead' : 'list.noCustomers')] });
  }
  return listOf(turn, customers, { page, workload });
}

/**
 * "When does Contoso start with Teams?": its start dates that are ahead or overdue, else what became of them. A lead's
 * question about another FM's customer is answered by the history, too.
 */
export async function datesOfCustomerCard(
  turn: Turn,
  { customerId }: CustomerName,
  workload: WorkloadId | undefined,
): Promise<Card> {
  const ofThem = (await ownCustomers(turn)).filter((customer) => customer.customerId === customerId);
  const isListed = Object.values(overviewOf(withOnly(ofThem, workload), turn.today)).some((rows) => rows.length > 0);
  return isListed
    ? listOf(turn, ofThem, { page: 0, workload })
    : recordsCard(turn, 'history', { customerId, workload });
}

const withOnly = (customers: readonly CustomerSummary[], workload: WorkloadId | undefined): CustomerSummary[] =>
  customers.map((customer) => ({
    ...customer,
    workloads: customer.workloads.filter((row) => workload === undefined || row.workload === workload),
  }));

async function listOf(
  { language, today }: Turn,
  customers: readonly CustomerSummary[],
  { page, workload }: { readonly page: number; readonly workload: WorkloadId | undefined },
): Promise<Card> {
  const completions = customers.some(({ workloads }) => workloads.some(({ completion }) => completion !== undefined));
  return startDateList(language, overviewOf(withOnly(customers, workload), today), { page, workload, completions });
}

export type RecordKind = 'history' | 'notes';

/** History or notes of one customer, of one workload if it is named. */
export async function recordsCard(
  turn: Turn,
  kind: RecordKind,
  {
    customerId,
    workload,
    page = 0,
  }: {
    readonly customerId: string;
    readonly workload?: WorkloadId | undefined;
    readonly page?: number | undefined;
  },
): Promise<Card> {
  const { language, timeZone } = turn;
  const found = await lookUpLog(turn.services.customers, turn.actor, customerId);
  if (!found) {
    return noticeCard({ paragraphs: [text(language, 'startDate.unknown')] });
  }
  const ofWorkload = <T extends { readonly workload: WorkloadId }>(rows: readonly T[]): readonly T[] =>
    workload === undefined ? rows : rows.filter((row) => row.workload === workload);
  const context = { customerId, customerName: found.file.customer.name, workload, timeZone, page };
  return kind === 'history'
    ? historyCard(
        language,
        { changes: ofWorkload(found.log.startDateChanges), workloads: ofWorkload(found.file.workloads) },
        context,
      )
    : notesCard(language, ofWorkload(found.log.notes), context);
}

/** "Whose history?": buttons for the matches, else for the FM's own customers. */
export async function whichCustomerCard(
  turn: Turn,
  kind: RecordKind,
  { offered, unknown }: { readonly offered: readonly CustomerName[]; readonly unknown: string | undefined },
): Promise<Card> {
  const { language } = turn;
  if (offered.length === 0 && !turn.actor.lead) {
    return noticeCard({ paragraphs: [text(language, 'list.noCustomers')] });
  }
  const question = text(language, kind === 'history' ? 'history.ask' : 'notes.ask');
  const paragraph =
    unknown === undefined ? question : text(language, 'startDate.ask.customerUnknown', { name: unknown });
  return noticeCard({
    paragraphs: [paragraph],
    choices: offeredCustomers(offered).map(({ customerId, name }) =>
      choice(cardAction(`${kind}.show`, name, { customerId, lang: language })),
    ),
    footer: offered.length > MAX_CHOICES || offered.length === 0 ? text(language, 'lists.customerHint') : '',
  });
}

/** A customer's name and nothing else: what about it? */
export async function customerMenuCard(turn: Turn, { customerId, name }: CustomerName): Promise<Card> {
  const { language } = turn;
  const data = { customerId, lang: language };
  return noticeCard({
    subject: name,
    paragraphs: [text(language, 'customer.menu')],
    choices: [
      choice(cardAction('startDate.open', text(language, 'help.change'), data)),
      choice(cardAction('checklist.open', text(language, 'checklist.complete'), data)),
      choice(cardAction('history.show', text(language, 'history.title'), data)),
      choice(cardAction('notes.show', text(language, 'notes.title'), data)),
    ],
  });
}
