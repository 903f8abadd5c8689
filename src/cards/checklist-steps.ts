import type { CompletionFacts } from '../domain/checklist/completion';
import type { CompletionProblem } from '../domain/checklist/decision';
import { isRequired, visibleSteps } from '../domain/checklist/decision';
import type { Answers, Step, StepId } from '../domain/checklist/steps';
import { MAX_STEP_TEXT, SECTIONS, STEPS, workloadsOf } from '../domain/checklist/steps';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { WORKLOADS } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { workloadNames } from './checklist-note';

/** Characters shown of a text that was entered on an old copy. */
const SHOWN_ENTRY = 400;

/** A section of the checklist as the template binds it. */
export interface SectionData {
  readonly title: string;
  readonly steps: readonly StepData[];
}

interface StepData {
  readonly id: StepId;
  readonly kind: Step['kind'];
  readonly label: string;
  readonly doneTitle: string;
  readonly value: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  /** Our own words about the step. */
  readonly remarks: readonly { readonly text: string; readonly color: 'Attention' | 'Default' }[];
  /** Words of the user; shown literally. */
  readonly entries: readonly { readonly text: string }[];
}

export interface StepsContext {
  readonly facts: CompletionFacts;
  readonly answers: Answers;
  readonly workload: WorkloadId;
  readonly problems: readonly CompletionProblem[];
  /** Entries of an old copy that differ: shown beside their step. */
  readonly mine: Answers;
}

/** The steps called for, by section, with what is wrong beside each. */
export const sectionsOf = (language: Language, context: StepsContext): SectionData[] =>
  SECTIONS.map((section) => ({
    title: text(language, `checklist.section.${section}`),
    steps: shownSteps(context)
      .filter((step) => step.section === section)
      .map((step) => stepData(language, step, context)),
  }));

/** A step that something has to be said about is shown even where it is not called for. */
function shownSteps({ facts, answers, problems, mine }: StepsContext): readonly Step[] {
  const called = visibleSteps(facts, answers);
  return STEPS.filter(
    (step) => called.includes(step) || step.id in mine || problems.some((problem) => problem.step === step.id),
  );
}

function stepData(language: Language, step: Step, context: StepsContext): StepData {
  const { facts, answers, problems, mine } = context;
  const name = stepName(language, step.id, facts);
  const entry = mine[step.id];
  const entered =
    entry === undefined ? [] : [text(language, 'checklist.yourEntry', { entry: answerText(language, step, entry) })];
  const wrong = problems
    .filter((problem) => problem.step === step.id)
    .map((problem) => `⚠ ${problemText(language, step, problem, facts)}`);
  return {
    id: step.id,
    kind: step.kind,
    label: isRequired(step, facts, answers) ? name : text(language, 'checklist.optional', { label: name }),
    doneTitle: text(language, 'checklist.ticked'),
    // Clients refuse a value longer than the input takes; the sentence beside it says that it is too long.
    value: (answers[step.id] ?? '').slice(0, MAX_STEP_TEXT) || (step.kind === 'toggle' ? 'false' : ''),
    choices: choicesOf(language, step, context.workload),
    remarks: [
      ...wrong.map((words) => ({ text: words, color: 'Attention' as const })),
      ...(step.kind === 'text' ? [] : entered).map((words) => ({ text: words, color: 'Default' as const })),
    ],
    entries: (step.kind === 'text' ? entered : []).map((words) => ({ text: words })),
  };
}

export const stepName = (language: Language, step: StepId, { queue }: Pick<CompletionFacts, 'queue'>): string =>
  text(language, `checklist.step.${step}`, { queue });

function problemText(
  language: Language,
  step: Step,
  { reason }: CompletionProblem,
  { milestone, otherOpen, queue }: CompletionFacts,
): string {
  if (reason === 'missing') {
    return text(language, `checklist.problem.missing.${step.kind}`);
  }
  return text(language, `checklist.problem.${reason}`, {
    max: MAX_STEP_TEXT,
    active: milestone.active,
    needed: milestone.needed,
    workloads: workloadNames(language, otherOpen),
    queue,
  });
}

function choicesOf(language: Language, step: Step, workload: WorkloadId): { title: string; value: string }[] {
  if (step.kind === 'workloads') {
    return WORKLOADS.filter((other) => other !== workload).map((value) => ({
      title: text(language, `workload.${value}`),
      value,
    }));
  }
  return (step.options ?? []).map((value) => ({ title: optionText(language, step, value), value }));
}

const optionText = (language: Language, step: Step, value: string): string => {
  switch (value) {
    case 'yes':
    case 'no':
      return text(language, `checklist.${value}`);
    case 'Adoption':
    case 'Migration':
      return text(language, `serviceStatus.${value}`);
    default:
      throw new Error(`step ${step.id} has an option without words`);
  }
};

function answerText(language: Language, step: Step, answer: string): string {
  switch (step.kind) {
    case 'toggle':
      return text(language, 'checklist.ticked');
    case 'choice':
      return optionText(language, step, answer);
    case 'workloads':
      return workloadNames(language, workloadsOf(answer));
    case 'text':
      return answer.length > SHOWN_ENTRY ? `${answer.slice(0, SHOWN_ENTRY)}…` : answer;
  }
}
