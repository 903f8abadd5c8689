import type { Actor } from '../domain/actor';
import { signatureOf } from '../domain/actor';
import type { CompletionProblem } from '../domain/checklist/decision';
import { draftOf } from '../domain/checklist/decision';
import type { Answers } from '../domain/checklist/steps';
import type { Checklist } from '../domain/records';
import type { WorkloadId } from '../domain/vocabulary';
import type { Clock } from '../ports/clock';
import type { Customers } from '../ports/customers';
import type { CompletionView, LoadedCompletion } from './completion-view';
import { COMPLETION_ATTEMPTS, loadCompletion, seenOf, storedAnswers } from './completion-view';

export interface SaveChecklist {
  readonly actor: Actor;
  readonly customerId: string;
  readonly workload: WorkloadId;
  /** What the card's inputs say; steps that it did not show keep their answers. */
  readonly answers: Answers;
  /** `seenOf` the completion that the card showed; undefined = not known, nothing to compare. */
  readonly seen: string | undefined;
  /** One-time token of the card. */
  readonly token: string;
}

export type SaveChecklistOutcome =
  | { readonly kind: 'saved'; readonly view: CompletionView; readonly problems: readonly CompletionProblem[] }
  /** Somebody saved after the card was opened: nothing was written, the current state is shown. */
  | { readonly kind: 'stale'; readonly view: CompletionView }
  /** It is submitted already. */
  | { readonly kind: 'submitted'; readonly view: CompletionView }
  | { readonly kind: 'unknown' };

interface Dependencies {
  readonly customers: Customers;
  readonly clock: Clock;
}

/** Keeps a draft, whatever is still missing; the release steps wait for their time (C6 C12). */
export async function saveChecklist(dependencies: Dependencies, command: SaveChecklist): Promise<SaveChecklistOutcome> {
  for (let attempt = 0; attempt < COMPLETION_ATTEMPTS; attempt++) {
    const loaded = await loadCompletion(dependencies.customers, command);
    const settled = loaded && (await settledAlready(dependencies.customers, command, loaded));
    if (!loaded || settled) {
      return settled ?? { kind: 'unknown' };
    }
    const outcome = await commitDraft(dependencies, command, loaded);
    if (outcome) {
      return outcome;
    }
  }
  throw new Error(`customer ${command.customerId} is changed too often for a checklist to be saved`);
}

/** What a press comes to without writing: submitted already, a repeated press, or an old copy. */
export async function settledAlready(
  customers: Customers,
  { customerId, seen, token }: Pick<SaveChecklist, 'customerId' | 'seen' | 'token'>,
  view: LoadedCompletion,
): Promise<Exclude<SaveChecklistOutcome, { readonly kind: 'unknown' }> | undefined> {
  if (view.checklist?.status === 'submitted') {
    return { kind: 'submitted', view };
  }
  if (seen === undefined || seen === seenOf(view)) {
    return undefined;
  }
  // A press that was delivered twice finds its own work done.
  const done = await customers.actionOutcome(customerId, token);
  return done === undefined ? { kind: 'stale', view } : { kind: 'saved', view, problems: [] };
}

async function commitDraft(
  { customers, clock }: Dependencies,
  { actor, answers, token, workload }: SaveChecklist,
  view: LoadedCompletion,
): Promise<SaveChecklistOutcome | undefined> {
  const { kept, problems } = draftOf(view.facts, { ...storedAnswers(view), ...answers });
  const checklist: Checklist = {
    workload,
    status: 'draft',
    steps: kept,
    nextActionDate: undefined,
    at: clock.now(),
    by: signatureOf(actor),
  };
  const result = await customers.commit({
    customerId: view.customer.id,
    base: view.file,
    checklists: [checklist],
    action: { token, outcome: { kind: 'saved' } },
  });
  switch (result.kind) {
    case 'committed':
      return { kind: 'saved', view: { ...view, checklist }, problems };
    case 'alreadyDone':
      return { kind: 'saved', view, problems: [] };
    case 'conflict':
      return undefined;
  }
}
