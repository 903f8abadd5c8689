import type { CompletionStage, OpenCompletion } from '../domain/checklist/open-completions';
import { COMPLETION_STAGES } from '../domain/checklist/open-completions';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { instantText } from '../locales/format';
import { cardAction, workloadData } from './actions';
import type { Card } from './render';
import { workloadList, type WorkloadRow } from './workload-list';

/** Rows on one card: a row also names the FM, so fewer than in the start-date list. */
const PAGE_SIZE = 8;
/** Characters of a name: eight rows of the longest stay under the limit. */
const SHOWN_NAME = 80;

/** Open completions by stage, a button on each row. */
export async function completionList(
  language: Language,
  stages: Readonly<Record<CompletionStage, readonly OpenCompletion[]>>,
  { page, timeZone }: { readonly page: number; readonly timeZone: string },
): Promise<Card> {
  return workloadList(language, {
    title: text(language, 'checklist.open.title'),
    empty: text(language, 'checklist.open.empty'),
    groups: COMPLETION_STAGES.map((stage) => ({
      title: text(language, `checklist.open.${stage}`),
      items: stages[stage],
    })),
    rowOf: (row) => rowOf(language, row, timeZone),
    page,
    pageSize: PAGE_SIZE,
    more: cardAction('completions.show', text(language, 'list.more'), { page: page + 1, lang: language }),
  });
}

function rowOf(
  language: Language,
  { customerId, name, fm, workload, since }: OpenCompletion,
  timeZone: string,
): WorkloadRow {
  const workloadName = text(language, `workload.${workload}`);
  const data = { ...workloadData(customerId, workload), lang: language };
  const tooltip = text(language, 'checklist.offerFor', { customer: shorten(name), workload: workloadName });
  return {
    customer: shorten(name),
    workload: workloadName,
    start: text(language, 'checklist.open.row', {
      fm: fm ?? text(language, 'checklist.open.noFm'),
      since: instantText(language, since, timeZone),
    }),
    actions: [cardAction('checklist.open', text(language, 'checklist.openOne'), data, { tooltip })],
  };
}

const shorten = (name: string): string => (name.length > SHOWN_NAME ? `${name.slice(0, SHOWN_NAME)}…` : name);
