import type { FmLoad, TeamLoad } from '../domain/team-load';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { periodText } from '../locales/format';
import type { CardAction } from './actions';
import { cardAction } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/team-load.json';

/** FMs on one card: some 1.5 KB each, well under Teams' limit of 28 KB. */
const PAGE_SIZE = 10;
/** FMs named as those with most room. */
const MOST_ROOM = 3;
/** Squares that fit a phone; the number beside them tells the rest. */
const LONGEST_BAR = 8;
/** Characters of an address. */
const SHOWN_ADDRESS = 80;
/** Characters that fit 320 px in one piece. */
const UNBROKEN_ADDRESS = 32;

interface Data {
  readonly title: string;
  readonly empty: string;
  readonly room: readonly {
    readonly title: string;
    readonly fms: readonly { readonly fm: string; readonly load: string }[];
  }[];
  readonly fms: readonly { readonly fm: string; readonly facts: readonly Fact[] }[];
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

interface Fact {
  readonly title: string;
  readonly value: string;
}

const team = cardTemplate<Data>(template);

/** The load of each FM by week, who has most room first. `asked` travels with the pages. */
export async function teamLoadCard(
  language: Language,
  load: TeamLoad,
  { page, asked }: { readonly page: number; readonly asked: Readonly<Record<string, unknown>> },
): Promise<Card> {
  const { fms, weeks } = load;
  const from = Math.min(page, Math.max(0, Math.ceil(fms.length / PAGE_SIZE) - 1)) * PAGE_SIZE;
  const shown = fms.slice(from, from + PAGE_SIZE);
  const until = from + shown.length;
  const next = { ...asked, page: until / PAGE_SIZE, lang: language };
  return team.render({
    title: text(language, 'team.title'),
    empty: fms.length === 0 ? text(language, 'team.empty') : '',
    room: from === 0 && fms.length > 0 ? [roomOf(language, load)] : [],
    fms: shown.map((row) => ({
      fm: shownAddress(row.fm),
      facts: [
        { title: text(language, 'team.overdue'), value: bar(language, row.overdue) },
        ...weeks.map((week, index) => ({
          title: periodText(language, [week, week.add({ days: 6 })], { year: false }),
          value: bar(language, row.starts[index] ?? 0),
        })),
      ],
    })),
    footer: text(language, 'team.legend'),
    actions:
      until < fms.length
        ? [cardAction('team.show', text(language, 'team.more', { shown: until, total: fms.length }), next)]
        : [],
  });
}

function roomOf(language: Language, { fms, asked, weeks }: TeamLoad): Data['room'][number] {
  const first = asked[0] ?? weeks[0];
  const last = asked.at(-1) ?? first;
  const period = first && last ? periodText(language, [first, last.add({ days: 6 })], { year: true }) : '';
  return {
    title: text(language, 'team.room', { period }),
    fms: fms.slice(0, MOST_ROOM).map((row: FmLoad) => ({
      fm: shownAddress(row.fm),
      load: text(language, 'team.load', { starts: row.asked, overdue: row.overdue }),
    })),
  };
}

const bar = (language: Language, count: number): string =>
  text(language, 'team.bar', { bar: '■'.repeat(Math.min(count, LONGEST_BAR)), count }).trim();

/** A long address may break at its signs: a TextRun does not break a word, and 320 px is too narrow for it. */
function shownAddress(address: string): string {
  const short = address.length > SHOWN_ADDRESS ? `${address.slice(0, SHOWN_ADDRESS)}…` : address;
  return short.length > UNBROKEN_ADDRESS ? short.replace(/(?=@)|(?<=\.)/g, '\u200B') : short;
}
