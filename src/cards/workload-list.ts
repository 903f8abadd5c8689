import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import type { CardAction } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/workload-list.json';

export interface WorkloadRow {
  readonly customer: string;
  readonly workload: string;
  readonly start: string;
  readonly actions: readonly CardAction[];
}

interface Data {
  readonly title: string;
  readonly empty: string;
  readonly groups: readonly { readonly title: string; readonly rows: readonly WorkloadRow[] }[];
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

const list = cardTemplate<Data>(template);

/** What a list of workloads is made of; `Item` is a row before it has words. */
interface WorkloadList<Item> {
  readonly title: string;
  /** Shown when there are no rows at all. */
  readonly empty: string;
  readonly groups: readonly { readonly title: string; readonly items: readonly Item[] }[];
  readonly rowOf: (item: Item) => WorkloadRow;
  /** Of the rows of all groups together, counted from 0. */
  readonly page: number;
  /** So many rows, with their buttons, stay under Teams' 28 KB in the longest language. */
  readonly pageSize: number;
  /** Shows the page after this one. */
  readonly more: CardAction;
  /** Below the list on every page. */
  readonly further?: readonly CardAction[];
}

/** One page of grouped workloads, a button on each row; groups without a row on this page are left out. */
export async function workloadList<Item>(language: Language, content: WorkloadList<Item>): Promise<Card> {
  const { title, empty, groups, rowOf, page, pageSize, more, further = [] } = content;
  const all = groups.flatMap((group) => group.items.map((item) => ({ group, item })));
  const shown = all.slice(page * pageSize, (page + 1) * pageSize);
  const until = page * pageSize + shown.length;
  return list.render({
    title,
    empty: all.length === 0 ? empty : '',
    groups: groups
      .map((group) => ({
        title: group.title,
        rows: shown.filter((each) => each.group === group).map(({ item }) => rowOf(item)),
      }))
      .filter(({ rows }) => rows.length > 0),
    footer: all.length > pageSize ? text(language, 'list.shown', { shown: until, total: all.length }) : '',
    actions: [...(until < all.length ? [more] : []), ...further],
  });
}
