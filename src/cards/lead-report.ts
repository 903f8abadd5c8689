import type { Temporal } from 'temporal-polyfill';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { dayOf, MOST_CHARACTERS } from './reminder-digest';
import type { Card } from './render';
import { recordsTemplate } from './record-list';

/** Of each list at the most, however short its lines are. */
const MOST_SHOWN = 12;

interface Report {
  readonly ignored: readonly {
    readonly name: string;
    readonly fm: string;
    readonly workload: WorkloadId;
    readonly times: number;
  }[];
  readonly unreachable: readonly { readonly fm: string; readonly since: Temporal.Instant }[];
  readonly timeZone: string;
}

/** A lead's daily digest: reminders that stay unanswered, and FMs who cannot be reached; as many as fit. */
export async function leadReport(language: Language, report: Report): Promise<Card> {
  for (let shown = MOST_SHOWN; ; shown--) {
    const card = await reportOf(language, report, shown);
    if (shown <= 1 || JSON.stringify(card).length <= MOST_CHARACTERS) {
      return card;
    }
  }
}

async function reportOf(language: Language, report: Report, shown: number): Promise<Card> {
  const ignored = report.ignored
    .slice(0, shown)
    .flatMap(({ name, fm, workload, times }) => [
      { text: name },
      { text: text(language, 'lead.ignoredLine', { workload: text(language, `workload.${workload}`), fm, times }) },
    ]);
  const unreachable = report.unreachable
    .slice(0, shown)
    .flatMap(({ fm, since }) => [
      { text: fm },
      { text: text(language, 'lead.unreachableLine', { day: dayOf(language, since, report.timeZone) }) },
    ]);
  // Names stand in lines, which take them literally; a title would read them as markdown.
  const part = (key: 'lead.ignored' | 'lead.unreachable', count: number, lines: readonly { text: string }[]) =>
    count > 0 ? [{ title: text(language, key, { count }), lines, copyable: [] }] : [];
  const hidden = Math.max(0, report.ignored.length - shown) + Math.max(0, report.unreachable.length - shown);
  return recordsTemplate.render({
    title: text(language, 'lead.title'),
    subject: '',
    empty: '',
    extent: '',
    records: [
      ...part('lead.ignored', report.ignored.length, ignored),
      ...part('lead.unreachable', report.unreachable.length, unreachable),
    ],
    footer: hidden > 0 ? text(language, 'lead.more', { count: hidden }) : '',
    actions: [],
  });
}
