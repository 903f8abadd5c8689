import type { Temporal } from 'temporal-polyfill';
import type { NoteField, WorkloadId } from '../vocabulary';
import type { CompletionFacts } from './completion';
import { visibleSteps } from './decision';
import type { Answers, StepId } from './steps';
import { faultOf, workloadsOf } from './steps';

/** One line of a note, before it has words. */
export interface NoteLine {
  readonly field: NoteField;
  /** The step it tells of. */
  readonly step: StepId;
}

/** What the words of a note line may need. */
export interface NoteFacts {
  readonly facts: CompletionFacts;
  readonly answers: Answers;
  readonly workload: WorkloadId;
  readonly nextActionDate: Temporal.PlainDate;
}

/** The lines that a completion leaves in each field, in the order of the steps (C3 C4 C5 C8 C9 C11 C13 C14). */
export const noteLines = (facts: CompletionFacts, answers: Answers): NoteLine[] =>
  visibleSteps(facts, answers).flatMap((step) =>
    step.feeds !== undefined && faultOf(step, answers[step.id]) === undefined
      ? [{ field: step.feeds, step: step.id }]
      : [],
  );

/** Which of the two reasons for having no account team to write to hold (C5). */
export function noAccountTeamBecause(
  { accountManaged }: Pick<CompletionFacts, 'accountManaged'>,
  { accountTeamKnown }: Answers,
): 'unknown' | 'unmanaged' | 'both' {
  const unknown = accountTeamKnown !== 'yes';
  return unknown && !accountManaged ? 'both' : unknown ? 'unknown' : 'unmanaged';
}

/** The further workloads that the customer is ready for (C8). */
export const furtherWorkloads = ({ moreWorkloads }: Answers): WorkloadId[] => workloadsOf(moreWorkloads);
