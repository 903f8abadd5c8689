import type { OverviewGroup, OverviewRow } from '../domain/start-date-overview';
import { OVERVIEW_GROUPS } from '../domain/start-date-overview';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { startDateText } from '../locales/format';
import type { CardAction } from './actions';
import { cardAction, workloadData } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/start-date-list.json';

/** Rows on one card: some 2 KB each in the longest language, well under Teams' limit of 28 KB. */
const PAGE_SIZE = 9;

interface Data {
  readonly title: string;
  readonly empty: string;
  readonly groups: readonly { readonly title: string; readonly rows: readonly Row[] }[];
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

interface Row {
  readonly customer: string;
  readonly workload: string;
  readonly start: string;
  readonly actions: readonly CardAction[];
}

const list = cardTemplate<Data>(template);

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
  const all = OVERVIEW_GROUPS.flatMap((group) => groups[group].map((row) => ({ group, row })));
  const shown = all.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  const until = page * PAGE_SIZE + shown.length;
  return list.render({
    title: text(language, 'list.title'),
    empty: all.length === 0 ? text(language, 'list.empty') : '',
    groups: OVERVIEW_GROUPS.map((group) => ({
      title: text(language, `list.${group}`),
      rows: shown.filter((item) => item.group === group).map(({ row }) => rowOf(language, row)),
    })).filter(({ rows }) => rows.length > 0),
    footer: all.length > PAGE_SIZE ? text(language, 'list.shown', { shown: until, total: all.length }) : '',
    actions: [
      ...(until < all.length
        ? [
            cardAction('list.show', text(language, 'list.more'), {
              page: page + 1,
              ...(workload ? { workload } : {}),
              lang: language,
            }),
          ]
        : []),
      ...(completions
        ? [cardAction('completions.show', text(language, 'checklist.open.title'), { lang: language })]
        : []),
    ],
  });
}

function rowOf(language: Language, row: OverviewRow): Row {
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
