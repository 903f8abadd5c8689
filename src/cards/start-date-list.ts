import type { OverviewGroup, OverviewRow } from '../domain/start-date-overview';
import { OVERVIEW_GROUPS } from '../domain/start-date-overview';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { startDateText } from '../locales/format';
import { cardAction, workloadData } from './actions';
import type { Card } from './render';
import { workloadList, type WorkloadRow } from './workload-list';

/** Rows on one card: some 2 KB each in the longest language. */
const PAGE_SIZE = 9;

/** "My start dates": one page of the groups in order of urgency, with a button on each row. */
export async function startDateList(
  language: Language,
  groups: Readonly<Record<OverviewGroup, readonly OverviewRow[]>>,
  {
    page,
    workload,
    completions,
  }: { readonly page: number; readonly workload?: WorkloadId | undefined; readonly completions: boolean },
): Promise<Card> {
  const next = { page: page + 1, ...(workload ? { workload } : {}), lang: language };
  return workloadList(language, {
    title: text(language, 'list.title'),
    empty: text(language, 'list.empty'),
    groups: OVERVIEW_GROUPS.map((group) => ({ title: text(language, `list.${group}`), items: groups[group] })),
    rowOf: (row) => rowOf(language, row),
    page,
    pageSize: PAGE_SIZE,
    more: cardAction('list.show', text(language, 'list.more'), next),
    further: completions
      ? [cardAction('completions.show', text(language, 'checklist.open.title'), { lang: language })]
      : [],
  });
}

function rowOf(language: Language, row: OverviewRow): WorkloadRow {
  const workload = text(language, `workload.${row.workload}`);
  const data = { ...workloadData(row.customerId, row.workload), lang: language };
  const tooltip = text(language, 'list.changeFor', { customer: row.name, workload });
  return {
    customer: row.name,
    workload,
    start: startDateText(language, row.startDate),
    actions: [cardAction('startDate.open', text(language, 'list.change'), data, { tooltip })],
  };
}
