import { Temporal } from 'temporal-polyfill';
import type { Checklist, Customer, Workload } from '../records';
import type { WorkloadId } from '../vocabulary';
import { isOpen, isRfa } from './completion';
import { milestoneOf } from './milestone';

/** How far an open completion is, the one closest to its end first. */
export const COMPLETION_STAGES = ['waitingForMove', 'inProgress', 'notStarted'] as const;
export type CompletionStage = (typeof COMPLETION_STAGES)[number];

/** An open completion as lists need it. */
export interface CompletionState {
  readonly stage: CompletionStage;
  /** Last saved; without a checklist, when an import first showed the milestone. */
  readonly since: Temporal.Instant;
}

/** Where the completion of a workload stands; undefined = there is none to speak of (yet, or any more). */
export function completionStateOf(workload: Workload, checklists: readonly Checklist[]): CompletionState | undefined {
  const checklist = checklists.find((list) => list.workload === workload.workload);
  if (checklist?.status === 'draft') {
    const waits = checklist.steps.queueMailed === 'true' && checklist.steps.movedToQueue !== 'true';
    return { stage: waits ? 'waitingForMove' : 'inProgress', since: checklist.at };
  }
  const { completionOffer } = workload;
  return completionOffer && isOpen(workload, checklists)
    ? { stage: 'notStarted', since: completionOffer.since }
    : undefined;
}

/** Whether the FM is still to be asked; who has begun a checklist needs no asking. */
export const isOfferDue = (workload: Workload, checklists: readonly Checklist[]): boolean =>
  workload.completionOffer?.made === false &&
  isOpen(workload, checklists) &&
  !checklists.some((list) => list.workload === workload.workload);

/** A workload at the milestone whose FM has not been asked yet. */
export interface DueOffer {
  readonly customerId: string;
  readonly name: string;
  readonly workload: WorkloadId;
}

/** What an FM is still to be asked about, of all that is theirs. */
export const dueOffers = (
  own: readonly {
    readonly customerId: string;
    readonly name: string;
    readonly workloads: readonly { readonly workload: WorkloadId; readonly offerDue?: boolean | undefined }[];
  }[],
): readonly DueOffer[] =>
  own.flatMap(({ customerId, name, workloads }) =>
    workloads.filter(({ offerDue }) => offerDue).map(({ workload }) => ({ customerId, name, workload })),
  );

/** What lists need of a customer. */
export interface CustomerWithCompletions {
  readonly customerId: string;
  readonly name: string;
  readonly fm: string | undefined;
  readonly workloads: readonly { readonly workload: WorkloadId; readonly completion?: CompletionState | undefined }[];
}

export interface OpenCompletion extends CompletionState {
  readonly customerId: string;
  readonly name: string;
  readonly fm: string | undefined;
  readonly workload: WorkloadId;
}

/** All open completions of these customers, by stage, the oldest first. */
export function openCompletions(
  customers: readonly CustomerWithCompletions[],
): Readonly<Record<CompletionStage, readonly OpenCompletion[]>> {
  const all = customers
    .flatMap(({ customerId, name, fm, workloads }) =>
      workloads.flatMap(({ workload, completion }) =>
        completion ? [{ customerId, name, fm, workload, ...completion }] : [],
      ),
    )
    .sort((one, other) => Temporal.Instant.compare(one.since, other.since));
  const at = (stage: CompletionStage): OpenCompletion[] => all.filter((row) => row.stage === stage);
  return { waitingForMove: at('waitingForMove'), inProgress: at('inProgress'), notStarted: at('notStarted') };
}

/**
 * The workload with the offer that an import owes its FM: once, when it first shows an RFA customer's workload at the
 * milestone while it is still in enablement (C1 C3).
 */
export function offeredAfterImport(customer: Customer, workload: Workload, now: Temporal.Instant): Workload {
  const due =
    workload.completionOffer === undefined &&
    milestoneOf(customer, workload).reached &&
    isRfa(customer) &&
    isOpen(workload, []);
  return due ? { ...workload, completionOffer: { since: now, made: false } } : workload;
}
