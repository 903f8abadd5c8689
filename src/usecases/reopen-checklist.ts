import type { Actor } from '../domain/actor';
import { signatureOf } from '../domain/actor';
import type { Checklist } from '../domain/records';
import { MAX_REASON_LENGTH } from '../domain/start-date';
import type { WorkloadId } from '../domain/vocabulary';
import type { Customers } from '../ports/customers';
import type { CompletionView, LoadedCompletion } from './completion-view';
import { COMPLETION_ATTEMPTS, loadCompletion } from './completion-view';
import type { Planning } from './plan-reminders';
import { remindersAfter, workloadsAfter } from './plan-reminders';

export interface ReopenChecklist {
  readonly actor: Actor;
  readonly customerId: string;
  readonly workload: WorkloadId;
  readonly reason: string;
  readonly token: string;
  /** The words of the note, in the user's language. */
  readonly wordNote: (reason: string) => string;
}

export type ReopenChecklistOutcome =
  | { readonly kind: 'reopened'; readonly view: CompletionView }
  | { readonly kind: 'refused'; readonly refusal: 'missing' | 'tooLong'; readonly view: CompletionView }
  /** There is nothing to reopen, or this press has reopened it before: what stands now. */
  | { readonly kind: 'open'; readonly view: CompletionView }
  | { readonly kind: 'unknown' };

interface Dependencies extends Planning {
  readonly customers: Customers;
}

/**
 * Takes a completion back: the checklist becomes a draft with its answers, the service is in enablement again, and the
 * reason stands in Engagement Management Notes with who and when. The notes of the completion stay.
 */
export async function reopenChecklist(
  dependencies: Dependencies,
  command: ReopenChecklist,
): Promise<ReopenChecklistOutcome> {
  for (let attempt = 0; attempt < COMPLETION_ATTEMPTS; attempt++) {
    const view = await loadCompletion(dependencies.customers, command);
    if (!view) {
      return { kind: 'unknown' };
    }
    if (view.checklist?.status !== 'submitted') {
      return { kind: 'open', view };
    }
    const refusal = refusalOf(command.reason);
    if (refusal) {
      return { kind: 'refused', refusal, view };
    }
    const outcome = await commitReopening(dependencies, command, { ...view, checklist: view.checklist });
    if (outcome) {
      return outcome;
    }
  }
  throw new Error(`customer ${command.customerId} is changed too often for a checklist to be reopened`);
}

function refusalOf(reason: string): 'missing' | 'tooLong' | undefined {
  if (!/[\p{L}\p{N}]/u.test(reason)) {
    return 'missing';
  }
  return reason.trim().length > MAX_REASON_LENGTH ? 'tooLong' : undefined;
}

/** @returns undefined when another commit came between: to be decided anew. */
async function commitReopening(
  dependencies: Dependencies,
  { actor, workload, reason, token, wordNote }: ReopenChecklist,
  view: LoadedCompletion & { readonly checklist: Checklist },
): Promise<ReopenChecklistOutcome | undefined> {
  const { customers, clock } = dependencies;
  const signed = { at: clock.now(), by: signatureOf(actor) };
  const row = { ...view.workload, serviceStatus: 'Enablement' as const };
  const checklist: Checklist = { ...view.checklist, status: 'draft', nextActionDate: undefined, ...signed };
  const result = await customers.commit({
    customerId: view.customer.id,
    base: view.file,
    workloads: [row],
    reminders: await remindersAfter(dependencies, view.file, {
      customer: view.customer,
      workloads: workloadsAfter(view.file, [row]),
    }),
    checklists: [checklist],
    notes: [{ workload, field: 'engagementManagement', text: wordNote(reason.trim()), ...signed }],
    action: { token, outcome: { kind: 'reopened' } },
  });
  switch (result.kind) {
    case 'committed':
      return { kind: 'reopened', view: { ...view, workload: row, checklist } };
    case 'alreadyDone':
      return {
        kind: 'open',
        view: (await loadCompletion(customers, { actor, workload, customerId: view.customer.id })) ?? view,
      };
    case 'conflict':
      return undefined;
  }
}
