import type { Temporal } from 'temporal-polyfill';
import type { CompletionFacts } from '../domain/checklist/completion';
import type { CompletionProblem } from '../domain/checklist/decision';
import { progressOf } from '../domain/checklist/decision';
import { mailsFor } from '../domain/checklist/mails';
import type { Answers } from '../domain/checklist/steps';
import type { Customer } from '../domain/records';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { instantText, writerText } from '../locales/format';
import type { CardAction, Choice } from './actions';
import { cardAction, choice, workloadData } from './actions';
import { workloadNames } from './checklist-note';
import type { SectionData } from './checklist-steps';
import { sectionsOf, stepName } from './checklist-steps';
import type { Card } from './render';
import { cardTemplate } from './render';
import { subjectOf } from './start-date-form';
import template from './templates/checklist.json';

/** The checklist of one workload and what has been entered so far. */
export interface ChecklistCard {
  readonly customer: Customer;
  readonly workload: WorkloadId;
  readonly facts: CompletionFacts;
  readonly answers: Answers;
  /** What the card shows was saved last at: a later save makes it an old copy. */
  readonly seen: string;
  /** One-time token: however often a button is pressed, it counts once. */
  readonly token: string;
  readonly said: ChecklistMessage;
}

/** Why the card is shown as it is. */
export type ChecklistMessage =
  | { readonly kind: 'opened' | 'reopened' }
  | { readonly kind: 'saved' | 'refused'; readonly problems: readonly CompletionProblem[] }
  /** Somebody saved after the pressed copy was opened; `mine` is what was entered on it and differs. */
  | {
      readonly kind: 'stale';
      readonly by: string;
      readonly at: Temporal.Instant;
      readonly timeZone: string;
      readonly mine: Answers;
    };

interface Data {
  readonly title: string;
  readonly subject: string;
  readonly messages: readonly { readonly text: string }[];
  readonly messageStyle: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly hint: string;
  readonly progress: string;
  readonly sections: readonly SectionData[];
  readonly actions: readonly CardAction[];
  readonly choices: readonly Choice[];
}

const card = cardTemplate<Data>(template);

/** The completion checklist: where the workload stands, the steps called for, and what is missing beside each. */
export async function checklistCard(language: Language, data: ChecklistCard): Promise<Card> {
  const { customer, workload, facts, answers, said } = data;
  return card.render({
    title: text(language, 'checklist.title'),
    subject: subjectOf(language, customer, { workload }),
    messages: messagesOf(language, data).map((message) => ({ text: message })),
    messageStyle: said.kind === 'saved' || said.kind === 'reopened' ? 'good' : 'warning',
    facts: said.kind === 'stale' ? [] : factsOf(language, customer, facts),
    hint: facts.otherOpen.length > 0 ? text(language, 'checklist.releaseLater') : '',
    progress: text(language, 'checklist.progress', progressOf(facts, answers)),
    sections: sectionsOf(language, {
      facts,
      answers,
      workload,
      problems: 'problems' in said ? said.problems : [],
      mine: said.kind === 'stale' ? said.mine : {},
    }),
    actions: actionsOf(language, data),
    choices: mailChoices(language, data),
  });
}

function messagesOf(language: Language, { said, facts }: ChecklistCard): string[] {
  switch (said.kind) {
    case 'opened':
      return [];
    case 'reopened':
      return [text(language, 'checklist.reopened')];
    case 'saved':
      return said.problems.length === 0
        ? [text(language, 'checklist.draftSaved')]
        : [text(language, 'checklist.notTaken', { steps: stepNames(language, facts, said.problems) })];
    case 'refused':
      return [text(language, 'checklist.notSubmitted', { count: distinctSteps(said.problems).length })];
    case 'stale': {
      const at = instantText(language, said.at, said.timeZone);
      const stale = text(language, 'checklist.stale', { by: writerText(language, said.by), at });
      return Object.keys(said.mine).length > 0 ? [stale, text(language, 'checklist.staleEntries')] : [stale];
    }
  }
}

const distinctSteps = (problems: readonly CompletionProblem[]) => [...new Set(problems.map(({ step }) => step))];

const stepNames = (language: Language, facts: CompletionFacts, problems: readonly CompletionProblem[]): string =>
  distinctSteps(problems)
    .map((step) => stepName(language, step, facts))
    .join(' · ');

/** Addresses shown; an account team of hundreds would not fit a card. */
const SHOWN_TEAM = 5;

function factsOf(language: Language, customer: Customer, facts: CompletionFacts): { label: string; value: string }[] {
  const { milestone, otherOpen, accountTeam } = facts;
  const { active, needed, seats } = milestone;
  const team =
    accountTeam.length > SHOWN_TEAM
      ? `${accountTeam.slice(0, SHOWN_TEAM).join(', ')}, …`
      : accountTeam.join(', ') || text(language, 'checklist.accountTeam.unknown');
  const rows: [Parameters<typeof text>[1], string][] = [
    [
      'checklist.fact.milestone',
      text(language, milestone.reached ? 'checklist.milestone.reached' : 'checklist.milestone.open', {
        active,
        needed,
        seats,
      }),
    ],
    ['checklist.fact.motion', customer.motion],
    [
      'checklist.fact.accountTeam',
      text(language, facts.accountManaged ? 'checklist.accountTeam.managed' : 'checklist.accountTeam.unmanaged', {
        team,
      }),
    ],
  ];
  if (otherOpen.length > 0) {
    rows.push(['checklist.fact.otherOpen', workloadNames(language, otherOpen)]);
  }
  return rows.map(([key, value]) => ({ label: text(language, key), value }));
}

/** Text entries longer than this are not carried by "use my entries": they are shown to be copied. */
const CARRIED_TEXT = 200;

const dataOf = (language: Language, { customer, workload, token, seen }: ChecklistCard) => ({
  ...workloadData(customer.id, workload),
  token,
  seen,
  lang: language,
});

function actionsOf(language: Language, card: ChecklistCard): CardAction[] {
  const data = dataOf(language, card);
  const { said } = card;
  const withInputs = { inputs: 'auto' } as const;
  const mine = said.kind === 'stale' ? carried(said.mine) : {};
  return [
    cardAction('checklist.save', text(language, 'checklist.save'), data, withInputs),
    cardAction('checklist.submit', text(language, 'checklist.submit'), data, { inputs: 'auto', style: 'positive' }),
    ...(Object.keys(mine).length > 0
      ? [cardAction('checklist.save', text(language, 'checklist.useMine'), { ...data, ...mine })]
      : []),
  ];
}

/** The mails to be written; first an old copy is settled, then there is something to write about. */
function mailChoices(language: Language, card: ChecklistCard): Choice[] {
  const data = dataOf(language, card);
  const mails = card.said.kind === 'stale' ? [] : mailsFor(card.facts, card.answers);
  return mails.map((mail) =>
    choice(
      cardAction('checklist.mail', text(language, `checklist.mail.${mail}`), { ...data, mail }, { inputs: 'auto' }),
    ),
  );
}

const carried = (mine: Answers): Answers =>
  Object.fromEntries(Object.entries(mine).filter(([, answer]) => answer.length <= CARRIED_TEXT));
