import type { Deployment, DeploymentLine } from '../domain/gaps';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { periodText, startDateText } from '../locales/format';
import type { CardAction } from './actions';
import { cardAction } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/gaps.json';

/** Customers on one card: up to 5 KB each with ten deployments, under Teams' limit of 28 KB. */
const PAGE_SIZE = 4;
/** Signs of a line that fit 320 px; a longer line is drawn to scale. */
const LINE_LENGTH = 16;
/** Characters of a name. */
const SHOWN_NAME = 80;

interface Fact {
  readonly title: string;
  readonly value: string;
}

interface Data {
  readonly title: string;
  readonly empty: string;
  readonly customers: readonly {
    readonly name: string;
    readonly summary: string;
    readonly line: string;
    readonly facts: readonly Fact[];
  }[];
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

const gaps = cardTemplate<Data>(template);

/** Serialized deployments on a line, with the idle weeks between them (S1). */
export async function deploymentLinesCard(
  language: Language,
  lines: readonly DeploymentLine[],
  page: number,
): Promise<Card> {
  const from = Math.min(page, Math.max(0, Math.ceil(lines.length / PAGE_SIZE) - 1)) * PAGE_SIZE;
  const shown = lines.slice(from, from + PAGE_SIZE);
  const until = from + shown.length;
  const next = { page: until / PAGE_SIZE, lang: language };
  return gaps.render({
    title: text(language, 'gaps.title'),
    empty: lines.length === 0 ? text(language, 'gaps.empty') : '',
    customers: shown.map((line) => ({
      name: line.name.length > SHOWN_NAME ? `${line.name.slice(0, SHOWN_NAME)}…` : line.name,
      summary: summaryOf(language, line),
      line: drawn(line),
      facts: factsOf(language, line),
    })),
    footer: lines.length > 0 ? text(language, 'gaps.legend') : '',
    actions:
      until < lines.length
        ? [cardAction('gaps.show', text(language, 'team.more', { shown: until, total: lines.length }), next)]
        : [],
  });
}

function summaryOf(language: Language, { deployments, idleWeeks }: DeploymentLine): string {
  if (deployments.length === 0) {
    return text(language, 'gaps.noDates');
  }
  const known = idleWeeks > 0 || deployments.every(({ idleBefore }) => idleBefore !== undefined);
  return known ? text(language, 'gaps.idleWeeks', { weeks: idleWeeks }) : text(language, 'gaps.idleUnknown');
}

/** One sign a week, at least one for each stretch; a space where one stretch ends. */
function drawn({ deployments, idleSince }: DeploymentLine): string {
  const stretches = deployments.flatMap(({ idleBefore = 0, state, weeks }) => [
    { sign: '□', weeks: idleBefore },
    { sign: state.kind === 'planned' ? '◇' : '■', weeks },
  ]);
  const all = [...stretches, { sign: '□', weeks: idleSince }].filter(({ weeks }) => weeks > 0);
  const scale = Math.min(1, LINE_LENGTH / all.reduce((sum, { weeks }) => sum + weeks, 0));
  return all.map(({ sign, weeks }) => sign.repeat(Math.max(1, Math.round(weeks * scale)))).join(' ');
}

function factsOf(language: Language, { deployments, idleSince }: DeploymentLine): Fact[] {
  const rows = deployments.flatMap((row) => [
    ...gapFacts(language, row),
    { title: text(language, `workload.${row.workload}`), value: stateText(language, row) },
  ]);
  return idleSince > 0
    ? [
        ...rows,
        { title: text(language, 'gaps.since'), value: text(language, 'gaps.nothingNext', { weeks: idleSince }) },
      ]
    : rows;
}

function gapFacts(language: Language, { idleBefore, start }: Deployment): Fact[] {
  if (idleBefore === 0) {
    return [];
  }
  const key = start.precision === 'month' ? 'gaps.idleAbout' : 'gaps.idleWeeks';
  const value = idleBefore === undefined ? text(language, 'gaps.notKnown') : text(language, key, { weeks: idleBefore });
  return [{ title: text(language, 'gaps.gap'), value }];
}

function stateText(language: Language, { start, state }: Deployment): string {
  const date = startDateText(language, start);
  switch (state.kind) {
    case 'ended':
      return periodText(language, [start.date, state.on], { year: true });
    case 'underWay':
      return text(language, 'gaps.underWay', { date });
    case 'planned':
      return text(language, 'gaps.planned', { date });
    case 'endUnknown':
      return text(language, 'gaps.endUnknown', { date });
  }
}
