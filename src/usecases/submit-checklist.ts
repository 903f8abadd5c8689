import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../domain/actor';
import { signatureOf } from '../domain/actor';
import { nextActionDateAfter } from '../domain/checklist/completion';
import type { CompletionProblem } from '../domain/checklist/decision';
import { problemsOf, recordedAnswers } from '../domain/checklist/decision';
import type { NoteFacts } from '../domain/checklist/notes';
import type { Answers } from '../domain/checklist/steps';
import type { Checklist, Note, Workload } from '../domain/records';
import type { NoteField } from '../domain/vocabulary';
import { isOneOf, SERVICE_STATUSES } from '../domain/vocabulary';
import type { Customers } from '../ports/customers';
import type { CompletionView, LoadedCompletion } from './completion-view';
import { COMPLETION_ATTEMPTS, loadCompletion, storedAnswers } from './completion-view';
import type { Planning } from './plan-reminders';
import { remindersAfter, workloadsAfter } from './plan-reminders';
import type { SaveChecklist } from './save-checklist';
import { settledAlready } from './save-checklist';

/** The words of the notes by field. */
export type CompletionNotes = Readonly<Record<Exclude<NoteField, 'overallStatus'>, string>>;

export interface SubmitChecklist extends SaveChecklist {
  readonly actor: Actor;
  /** The FM's own calendar date. */
  readonly today: Temporal.PlainDate;
  /** The words of the notes, in the FM's language. */
  readonly wordNotes: (facts: NoteFacts) => CompletionNotes;
}

export type SubmitChecklistOutcome =
  /** Submitted, now or before. `notes` are the words just written; undefined = they are in the log. */
  | { readonly kind: 'submitted'; readonly view: CompletionView; readonly notes: readonly Note[] | undefined }
  /** Nothing was written; `answers` is what the card said, with what it did not show. */
  | {
      readonly kind: 'refused';
      readonly view: CompletionView;
      readonly answers: Answers;
      readonly problems: readonly CompletionProblem[];
    }
  | { readonly kind: 'stale'; readonly view: CompletionView }
  /** This press was counted before, and the completion has been reopened since: the current draft is shown. */
  | { readonly kind: 'saved'; readonly view: CompletionView }
  | { readonly kind: 'unknown' };

interface Dependencies extends Planning {
  readonly customers: Customers;
}

/**
 * Completes a workload if the rules allow: notes by field, checklist, service status, next action date and the end of its
 * reminders together or not at all, and once (C1–C14). Decided on the rows as they are at the commit, so that two
 * workloads of a request submitted at the same time are not both "not the last" (C6).
 */
export async function submitChecklist(
  dependencies: Dependencies,
  command: SubmitChecklist,
): Promise<SubmitChecklistOutcome> {
  for (let attempt = 0; attempt < COMPLETION_ATTEMPTS; attempt++) {
    const loaded = await loadCompletion(dependencies.customers, command);
    if (!loaded) {
      return { kind: 'unknown' };
    }
    // The token of a card serves one saving and one submitting.
    const once = { ...command, token: `${command.token}:submit` };
    const settled = await settledAlready(dependencies.customers, once, loaded);
    if (settled) {
      return settled.kind === 'submitted' ? { ...settled, notes: undefined } : settled;
    }
    const outcome = await attemptSubmit(dependencies, once, loaded);
    if (outcome) {
      return outcome;
    }
  }
  throw new Error(`customer ${command.customerId} is changed too often for a checklist to be submitted`);
}

async function attemptSubmit(
  dependencies: Dependencies,
  command: SubmitChecklist,
  view: LoadedCompletion,
): Promise<SubmitChecklistOutcome | undefined> {
  const { customers, clock } = dependencies;
  const answers = { ...storedAnswers(view), ...command.answers };
  const problems = problemsOf(view.facts, answers);
  if (problems.length > 0) {
    return { kind: 'refused', view, answers, problems };
  }
  const written = recordsOf(command, view, { answers, at: clock.now() });
  const result = await customers.commit({
    customerId: command.customerId,
    base: view.file,
    ...written,
    reminders: await remindersAfter(dependencies, view.file, {
      customer: view.customer,
      workloads: workloadsAfter(view.file, written.workloads),
    }),
    action: { token: command.token, outcome: { kind: 'submitted' } },
  });
  switch (result.kind) {
    case 'committed':
      return {
        kind: 'submitted',
        view: { ...view, checklist: written.checklists[0], workload: written.workloads[0] },
        notes: written.notes,
      };
    case 'alreadyDone':
      return currentState(customers, command);
    case 'conflict':
      return undefined;
  }
}

/** After a press that was delivered twice: what the first delivery, or whoever came after it, left. */
async function currentState(customers: Customers, command: SubmitChecklist): Promise<SubmitChecklistOutcome> {
  const view = await loadCompletion(customers, command);
  if (!view) {
    return { kind: 'unknown' };
  }
  return view.checklist?.status === 'submitted'
    ? { kind: 'submitted', view, notes: undefined }
    : { kind: 'saved', view };
}

interface CompletionRecords {
  readonly workloads: readonly [Workload];
  readonly checklists: readonly [Checklist];
  readonly notes: readonly Note[];
}

function recordsOf(
  { actor, workload, today, wordNotes }: SubmitChecklist,
  view: LoadedCompletion,
  { answers, at }: { readonly answers: Answers; readonly at: Temporal.Instant },
): CompletionRecords {
  const { serviceStatus } = answers;
  if (!isOneOf(SERVICE_STATUSES, serviceStatus)) {
    throw new Error('a completion was allowed without a service status');
  }
  const signed = { at, by: signatureOf(actor) };
  const nextActionDate = nextActionDateAfter(today);
  const steps = recordedAnswers(view.facts, answers);
  const words = wordNotes({ facts: view.facts, answers: steps, workload, nextActionDate });
  const noteIn = (field: keyof CompletionNotes): Note => ({ workload, field, text: words[field], ...signed });
  return {
    workloads: [{ ...view.workload, serviceStatus }],
    checklists: [{ workload, status: 'submitted', steps, nextActionDate, ...signed }],
    notes: [noteIn('technicalEnablement'), noteIn('engagementManagement')],
  };
}
