import type { Temporal } from 'temporal-polyfill';
import type { ItemState, ItemView, SettledState } from '../domain/reminders/item-state';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { dayText, startDateText } from '../locales/format';
import type { CardAction } from './actions';
import { cardAction, workloadData } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/reminder-digest.json';

/** Items of one card at the most, however small they are. */
const MOST_ITEMS = 10;
/** Characters of a card: 28 KB in UTF-16, as Teams counts, less what the message around it takes. */
export const MOST_CHARACTERS = 13_500;

/** One page of a digest. */
export interface DigestPage {
  readonly digestId: string;
  /** The items from `from` on; more than fit is no harm. */
  readonly items: readonly ItemView[];
  readonly from: number;
  /** Of the whole digest. */
  readonly total: number;
  readonly timeZone: string;
  readonly most?: number;
}

interface Data {
  readonly title: string;
  readonly intro: string;
  readonly items: readonly {
    readonly customer: string;
    readonly workload: string;
    readonly lines: readonly { readonly text: string }[];
    readonly outcome: string;
    readonly actions: readonly CardAction[];
    /** What a client reads that does not know the buttons: once on a card, as each button's own fallback would not fit. */
    readonly noButtons: string;
  }[];
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

const digest = cardTemplate<Data>(template);

/** What is due, most overdue first, each with its three answers or with what has become of it; as many as fit. */
export async function reminderDigest(language: Language, page: DigestPage): Promise<Card> {
  for (let count = Math.min(page.most ?? MOST_ITEMS, MOST_ITEMS, page.items.length); ; count--) {
    const card = await digest.render(dataOf(language, page, count));
    if (count <= 1 || JSON.stringify(card).length <= MOST_CHARACTERS) {
      return card;
    }
  }
}

function dataOf(language: Language, page: DigestPage, count: number): Data {
  const { digestId, from, total, timeZone } = page;
  const shown = page.items.slice(0, count);
  const until = from + shown.length;
  const data = { digest: digestId, lang: language };
  const open = shown.find(({ state }) => state.kind === 'open');
  const more = cardAction('reminder.show', text(language, 'list.more'), { ...data, page: until });
  return {
    title: text(language, 'reminder.title', { count: total }),
    intro: open ? text(language, 'reminder.intro') : '',
    items: shown.map((item) => ({
      customer: item.name,
      workload: text(language, `workload.${item.workload}`),
      lines: linesOf(language, item),
      outcome: outcomeOf(language, item.state, timeZone),
      actions: actionsOf(language, item, { ...data, ...(from > 0 && { page: from }) }),
      noButtons: item === open ? text(language, 'reminder.noButtons') : '',
    })),
    footer:
      until < total || from > 0
        ? text(language, 'list.shown', { shown: until, total })
        : text(language, 'reminder.zone', { zone: timeZone }),
    actions: [
      ...(until < total ? [more] : []),
      cardAction('reminder.pause', text(language, 'reminder.pause'), data),
      cardAction('reminder.why', text(language, 'reminder.why'), data),
    ],
  };
}

function linesOf(language: Language, { state, forDate }: ItemView): { text: string }[] {
  if (state.kind !== 'open') {
    return [];
  }
  const date = dayText(language, forDate);
  return [
    { text: text(language, 'reminder.startDate', { date }) },
    ...(state.attempt > 0 ? [{ text: text(language, 'reminder.attempts', { count: state.attempt }) }] : []),
    ...(state.suggestUnresponsive ? [{ text: text(language, 'reminder.suggest') }] : []),
  ];
}

const outcomeOf = (language: Language, state: ItemState, timeZone: string): string =>
  state.kind === 'open' ? '' : settledText(language, state, timeZone);

/** What became of a reminder's item, in a sentence. */
export function settledText(language: Language, state: SettledState, timeZone: string): string {
  switch (state.kind) {
    case 'trying':
      return text(language, 'reminder.state.trying', { day: dayOf(language, state.againAt, timeZone) });
    case 'moved':
      return text(language, 'reminder.state.moved', { date: startDateText(language, state.to) });
    case 'replied':
    case 'unresponsive':
    case 'otherFm':
    case 'closed':
      return text(language, `reminder.state.${state.kind}`);
  }
}

/** The calendar day of an instant where the reader is. */
export const dayOf = (language: Language, at: Temporal.Instant, timeZone: string): string =>
  dayText(language, at.toZonedDateTimeISO(timeZone).toPlainDate());

function actionsOf(language: Language, item: ItemView, extra: object): CardAction[] {
  const data = { ...workloadData(item.customerId, item.workload), ...extra };
  const names = { customer: item.name, workload: text(language, `workload.${item.workload}`) };
  const action = (verb: CardAction['verb'], title: string): CardAction =>
    cardAction(verb, title, data, { tooltip: text(language, 'reminder.forItem', { action: title, ...names }) });
  switch (item.state.kind) {
    case 'open':
      return [
        action('reminder.replied', text(language, 'reminder.replied')),
        action('reminder.keepTrying', text(language, 'reminder.keepTrying')),
        action('reminder.unresponsive', text(language, 'reminder.unresponsive')),
      ];
    case 'replied':
    case 'unresponsive':
    case 'trying':
      return [action('reminder.replied', text(language, labelAfter(item.state.kind)))];
    case 'moved':
    case 'otherFm':
    case 'closed':
      return [];
  }
}

/** After a reply the date is still to be set; after the other two a reply may still come (S8). */
const labelAfter = (kind: 'replied' | 'unresponsive' | 'trying'): 'reminder.setDate' | 'reminder.replied' =>
  kind === 'replied' ? 'reminder.setDate' : 'reminder.replied';
