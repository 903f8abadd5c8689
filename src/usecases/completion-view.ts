import type { Actor } from '../domain/actor';
import type { CompletionFacts } from '../domain/checklist/completion';
import { completionFacts } from '../domain/checklist/completion';
import type { Answers } from '../domain/checklist/steps';
import { readAnswers, RELEASE_STEPS } from '../domain/checklist/steps';
import type { Checklist, Customer, Workload } from '../domain/records';
import type { WorkloadId } from '../domain/vocabulary';
import type { CustomerFile, Customers } from '../ports/customers';
import { lookUpCustomer } from './look-up-customer';

/** One workload's completion as it stands. */
export interface CompletionView {
  readonly customer: Customer;
  readonly workload: Workload;
  readonly checklist: Checklist | undefined;
  readonly facts: CompletionFacts;
}

export interface LoadedCompletion extends CompletionView {
  readonly file: CustomerFile;
}

/** The completion of a workload, for an actor who may see the customer; undefined = there is none for them. */
export async function loadCompletion(
  customers: Customers,
  {
    actor,
    customerId,
    workload,
  }: { readonly actor: Actor; readonly customerId: string; readonly workload: WorkloadId },
): Promise<LoadedCompletion | undefined> {
  const file = await lookUpCustomer(customers, actor, customerId);
  return file && viewOf(file, workload);
}

/** The completion of one workload out of its customer's rows, if there is such a workload. */
export function viewOf(file: CustomerFile, workload: WorkloadId): LoadedCompletion | undefined {
  const row = file.workloads.find((each) => each.workload === workload);
  const checklist = file.checklists.find((each) => each.workload === workload);
  return row && { file, customer: file.customer, workload: row, checklist, facts: completionFacts(file, row) };
}

/** What a card says it has seen: the instant of the last save, or that there was none. */
export const seenOf = ({ checklist }: Pick<CompletionView, 'checklist'>): string => checklist?.at.toString() ?? 'none';

/** Answers on record. Release steps ticked when this was the last workload no longer hold once another is open (C6). */
export function storedAnswers({ checklist, facts }: Pick<CompletionView, 'checklist' | 'facts'>): Answers {
  const stored = readAnswers(checklist?.steps ?? {});
  if (facts.otherOpen.length === 0) {
    return stored;
  }
  const early: readonly string[] = RELEASE_STEPS;
  return Object.fromEntries(Object.entries(stored).filter(([id]) => !early.includes(id)));
}

/** How often a change is tried again after somebody else's came between. */
export const COMPLETION_ATTEMPTS = 4;
