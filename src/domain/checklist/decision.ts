import type { CompletionFacts } from './completion';
import type { Answers, Condition, Step, StepId } from './steps';
import { faultOf, RELEASE_STEPS, STEPS } from './steps';

export const COMPLETION_PROBLEMS = [
  'missing',
  'tooLong',
  'unknownWorkload',
  'underMilestone',
  'notRfa',
  'otherOpen',
  'notMovedYet',
] as const;
/** Why a completion cannot be submitted as it stands (C1 C3 C6 C12 and the step itself). */
export type CompletionProblemReason = (typeof COMPLETION_PROBLEMS)[number];

export interface CompletionProblem {
  /** The step beside which it is said. */
  readonly step: StepId;
  readonly reason: CompletionProblemReason;
}

const CONDITIONS: Readonly<Record<Condition, (facts: CompletionFacts, answers: Answers) => boolean>> = {
  always: () => true,
  accountTeamKnown: (_, { accountTeamKnown }) => accountTeamKnown === 'yes',
  noAccountTeam: ({ accountManaged }, { accountTeamKnown }) => accountTeamKnown === 'no' || !accountManaged,
  readyForMore: (_, { readyForMore }) => readyForMore === 'yes',
  notReadyForMore: (_, { readyForMore }) => readyForMore === 'no',
  lastOfRequest: ({ otherOpen }) => otherOpen.length === 0,
};

/** The steps that these facts and answers call for, in order. */
export const visibleSteps = (facts: CompletionFacts, answers: Answers): readonly Step[] =>
  STEPS.filter(({ shown }) => CONDITIONS[shown](facts, answers));

/** Whether a visible step has to be done before submitting. */
export const isRequired = ({ required }: Step, facts: CompletionFacts, answers: Answers): boolean =>
  CONDITIONS[required](facts, answers);

/** "7 of 12": obligatory steps done, of those that the answers so far call for; one ticked before its time is not done. */
export function progressOf(facts: CompletionFacts, answers: Answers): { done: number; total: number } {
  const required = visibleSteps(facts, answers).filter((step) => isRequired(step, facts, answers));
  const early = new Set(releaseProblems(facts, answers).map(({ step }) => step));
  return {
    done: required.filter((step) => faultOf(step, answers[step.id]) === undefined && !early.has(step.id)).length,
    total: required.length,
  };
}

/** Everything that stands between these answers and a submitted checklist, in the order of the card; none = may be submitted. */
export function problemsOf(facts: CompletionFacts, answers: Answers): CompletionProblem[] {
  const found = [...gateProblems(facts), ...stepProblems(facts, answers), ...releaseProblems(facts, answers)];
  const place = (id: StepId): number => STEPS.findIndex((step) => step.id === id);
  return found.sort((one, other) => place(one.step) - place(other.step));
}

function gateProblems({ rfa, milestone }: CompletionFacts): CompletionProblem[] {
  const gates: [boolean, CompletionProblemReason][] = [
    [rfa, 'notRfa'],
    [milestone.reached, 'underMilestone'],
  ];
  return gates.filter(([holds]) => !holds).map(([, reason]) => ({ step: 'milestoneNoted', reason }));
}

function stepProblems(facts: CompletionFacts, answers: Answers): CompletionProblem[] {
  return visibleSteps(facts, answers).flatMap((step) => {
    const reason = faultOf(step, answers[step.id]);
    const tolerated = reason === 'missing' && !isRequired(step, facts, answers);
    return reason === undefined || tolerated ? [] : [{ step: step.id, reason }];
  });
}

/** Nobody is released while another workload of the request is open (C6), nor before the tenant was moved (C12). */
function releaseProblems({ otherOpen }: CompletionFacts, answers: Answers): CompletionProblem[] {
  if (otherOpen.length > 0) {
    return RELEASE_STEPS.filter((step) => answers[step] === 'true').map((step) => ({ step, reason: 'otherOpen' }));
  }
  return answers.unassigned === 'true' && answers.movedToQueue !== 'true'
    ? [{ step: 'unassigned', reason: 'notMovedYet' }]
    : [];
}

/**
 * What a draft keeps: everything entered, hidden or not, so that changing an answer back and forth loses nothing; but no
 * release step before its time (C6 C12) and no text that the record could not hold. `problems` tells what was not taken.
 */
export function draftOf(facts: CompletionFacts, answers: Answers): { kept: Answers; problems: CompletionProblem[] } {
  const tooLong = stepProblems(facts, answers).filter(
    ({ reason }) => reason === 'tooLong' || reason === 'unknownWorkload',
  );
  const problems = [...tooLong, ...releaseProblems(facts, answers)];
  const refused = new Set(problems.map(({ step }) => step));
  const kept = Object.entries(answers).filter(([id]) => !refused.has(id as StepId));
  return { kept: Object.fromEntries(kept), problems };
}

/** The answers that a submitted record keeps: those of the steps that applied. */
export const recordedAnswers = (facts: CompletionFacts, answers: Answers): Answers =>
  Object.fromEntries(
    visibleSteps(facts, answers).flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])),
  );

/** Entries that say something which is not on record: what an old copy of the card would have added. */
export const entriesBeyond = (stored: Answers, entered: Answers): Answers =>
  Object.fromEntries(
    Object.entries(entered).filter(
      ([id, answer]) => answer.trim() !== '' && answer !== 'false' && answer !== stored[id as StepId],
    ),
  );
