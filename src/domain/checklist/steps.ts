import type { NoteField, WorkloadId } from '../vocabulary';
import { isOneOf, WORKLOADS } from '../vocabulary';

export const SECTIONS = ['prepare', 'conduct', 'close'] as const;
export type Section = (typeof SECTIONS)[number];

/** When a step is shown or obligatory; `conditions.ts` says what each means. */
export type Condition =
  'always' | 'accountTeamKnown' | 'noAccountTeam' | 'readyForMore' | 'notReadyForMore' | 'lastOfRequest';

type Rule = `C${number}`;

interface Row {
  readonly id: string;
  readonly section: Section;
  readonly kind: 'toggle' | 'choice' | 'workloads' | 'text';
  readonly options?: readonly string[];
  readonly shown: Condition;
  readonly required: Condition;
  readonly rules: readonly Rule[];
  /** The field whose note tells of the step; undefined = the step leaves no trace in the notes. */
  readonly feeds: NoteField | undefined;
}

const TECHNICAL = 'technicalEnablement';
const MANAGEMENT = 'engagementManagement';
const YES_NO = ['yes', 'no'] as const;
const always = { shown: 'always', required: 'always' } as const;
const when = <C extends Condition>(condition: C) => ({ shown: condition, required: condition });

// The playbook's completion discussion, one row per step in the order of the source; ids are public (contract).
// prettier-ignore
const TABLE = [
  { id: 'milestoneNoted', section: 'prepare', kind: 'toggle', ...always, rules: ['C1', 'C3'], feeds: TECHNICAL },
  { id: 'accountTeamKnown', section: 'prepare', kind: 'choice', options: YES_NO, ...always, rules: ['C3'], feeds: undefined },
  { id: 'accountTeamMailed', section: 'prepare', kind: 'toggle', ...when('accountTeamKnown'), rules: ['C4'], feeds: MANAGEMENT },
  { id: 'noAccountTeamNoted', section: 'prepare', kind: 'toggle', ...when('noAccountTeam'), rules: ['C5'], feeds: MANAGEMENT },
  { id: 'faqConsulted', section: 'prepare', kind: 'toggle', shown: 'always', required: 'noAccountTeam', rules: ['C5', 'C13'], feeds: MANAGEMENT },
  { id: 'nextSteps', section: 'prepare', kind: 'text', shown: 'always', required: 'noAccountTeam', rules: ['C5', 'C13'], feeds: MANAGEMENT },
  { id: 'activitiesReviewed', section: 'conduct', kind: 'toggle', ...always, rules: ['C7'], feeds: undefined },
  { id: 'readyForMore', section: 'conduct', kind: 'choice', options: YES_NO, ...always, rules: ['C7', 'C13'], feeds: TECHNICAL },
  { id: 'moreWorkloads', section: 'conduct', kind: 'workloads', ...when('readyForMore'), rules: ['C8'], feeds: TECHNICAL },
  { id: 'rfaExplained', section: 'conduct', kind: 'toggle', ...when('readyForMore'), rules: ['C8'], feeds: TECHNICAL },
  { id: 'rfaDemoed', section: 'conduct', kind: 'toggle', ...when('readyForMore'), rules: ['C8'], feeds: TECHNICAL },
  { id: 'followUpMailed', section: 'close', kind: 'toggle', ...always, rules: ['C9', 'C10'], feeds: MANAGEMENT },
  { id: 'customerStatus', section: 'close', kind: 'text', shown: 'always', required: 'notReadyForMore', rules: ['C9', 'C11'], feeds: MANAGEMENT },
  { id: 'task4058', section: 'close', kind: 'toggle', ...always, rules: ['C10'], feeds: MANAGEMENT },
  { id: 'ftopNotesUpdated', section: 'close', kind: 'toggle', ...always, rules: ['C11'], feeds: undefined },
  { id: 'nextActionDateSet', section: 'close', kind: 'toggle', ...always, rules: ['C11'], feeds: MANAGEMENT },
  { id: 'queueMailed', section: 'close', kind: 'toggle', ...when('lastOfRequest'), rules: ['C6', 'C11'], feeds: MANAGEMENT },
  { id: 'movedToQueue', section: 'close', kind: 'toggle', ...when('lastOfRequest'), rules: ['C6', 'C11'], feeds: MANAGEMENT },
  { id: 'unassigned', section: 'close', kind: 'toggle', ...when('lastOfRequest'), rules: ['C6', 'C12'], feeds: MANAGEMENT },
  { id: 'serviceStatus', section: 'close', kind: 'choice', options: ['Adoption', 'Migration'], ...always, rules: ['C14'], feeds: MANAGEMENT },
] as const satisfies readonly Row[];

export type StepId = (typeof TABLE)[number]['id'];

export interface Step extends Row {
  readonly id: StepId;
}

/** Every step of a completion, in order. */
export const STEPS: readonly Step[] = TABLE;

/** Steps that let the FM go: for the last open workload of a request only (C6). */
export const RELEASE_STEPS = ['queueMailed', 'movedToQueue', 'unassigned'] as const satisfies readonly StepId[];

/** Step id → answer, as the card's inputs give it. */
export type Answers = Readonly<Partial<Record<StepId, string>>>;

/** The most a text step takes; longer is refused rather than cut. */
export const MAX_STEP_TEXT = 600;

/** Reads answers out of untrusted values: what is no step, or no value of its step, is absent. */
export function readAnswers(values: Readonly<Record<string, unknown>>): Answers {
  const read = STEPS.map((step) => [step.id, readAnswer(step, values[step.id])] as const);
  return Object.fromEntries(read.filter(([, answer]) => answer !== undefined));
}

function readAnswer({ kind, options = [] }: Step, value: unknown): string | undefined {
  const answer = typeof value === 'boolean' ? String(value) : value;
  if (typeof answer !== 'string') {
    return undefined;
  }
  switch (kind) {
    case 'toggle':
      return answer === 'true' || answer === 'false' ? answer : undefined;
    case 'choice':
      return answer === '' || options.includes(answer) ? answer : undefined;
    case 'workloads':
      return splitList(answer).join(',');
    case 'text':
      return answer;
  }
}

const splitList = (list: string): string[] => [
  ...new Set(
    list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
];

/** The workloads that a list answer names; whatever else it names is left out. */
export const workloadsOf = (answer: string | undefined): WorkloadId[] =>
  splitList(answer ?? '').filter((item) => isOneOf(WORKLOADS, item));

/** Why an answer does not count, or undefined when it does. */
export function faultOf(step: Step, answer: string | undefined): 'missing' | 'tooLong' | 'unknownWorkload' | undefined {
  switch (step.kind) {
    case 'toggle':
      return answer === 'true' ? undefined : 'missing';
    case 'choice':
      return answer ? undefined : 'missing';
    case 'workloads':
      return faultOfList(splitList(answer ?? ''));
    case 'text':
      return faultOfText(answer ?? '');
  }
}

function faultOfList(items: readonly string[]): 'missing' | 'unknownWorkload' | undefined {
  if (items.length === 0) {
    return 'missing';
  }
  return items.every((item) => isOneOf(WORKLOADS, item)) ? undefined : 'unknownWorkload';
}

function faultOfText(text: string): 'missing' | 'tooLong' | undefined {
  if (text.length > MAX_STEP_TEXT) {
    return 'tooLong';
  }
  return /[\p{L}\p{N}]/u.test(text) ? undefined : 'missing';
}
