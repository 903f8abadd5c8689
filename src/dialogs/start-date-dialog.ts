import type { DialogContext, DialogInstance, DialogTurnResult } from 'botbuilder-dialogs';
import { Dialog } from 'botbuilder-dialogs';
import type { TurnContext } from 'botbuilder-core';
import { byUrgency } from '../domain/start-date-overview';
import type { CustomerName } from '../language/understanding';
import { lookUpCustomer } from '../usecases/look-up-customer';
import type { CustomerFile } from '../ports/customers';
import type { StartDateDraft } from './start-date-draft';
import { missingSlot, settleShift, settleWorkload } from './start-date-draft';
import { takePressed, takeTyped } from './start-date-answer';
import { offeredCustomers, startDateQuestion } from './start-date-question';
import type { Turn } from './turn';
import { turnOf } from './turn';
import { typedAnswer } from './typed-answer';

export const START_DATE_DIALOG = 'start-date';

/** How the dialog ended: with everything known (the form comes next), or with nothing to be changed. */
export type StartDateDialogResult =
  | { readonly kind: 'complete'; readonly draft: StartDateDraft; readonly file: CustomerFile }
  | {
      readonly kind: 'impossible';
      readonly messageKey: 'startDate.noWorkload' | 'startDate.noCustomers';
      readonly customer: string;
    };

/**
 * Asks for what a start-date change still lacks, one thing at a time: customer → workload → date → occasion → reason.
 * Its state is the draft, not a step number: an update of the bot cannot continue in the wrong step.
 */
export class StartDateDialog extends Dialog {
  constructor() {
    super(START_DATE_DIALOG);
  }

  override async beginDialog(dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    const { draft } = options as { draft: StartDateDraft };
    return this.advance(dc, draft);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const draft = draftOf(dc.activeDialog);
    const next =
      turn.input.kind === 'pressed'
        ? takePressed(draft, turn.input.values)
        : takeTyped(
            draft,
            typedAnswer(turn.input.text, turn.input.understanding, { language: draft.language, today: turn.today }),
          );
    return this.advance(dc, next);
  }

  /** Asks the open question again, after an interruption. */
  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const draft = draftOf(instance);
    const turn = turnOf(context);
    if (draft.asking) {
      const file = await fileOf(turn, draft);
      await turn.show(await startDateQuestion(draft, draft.asking, await contextOf(turn, draft, file)));
    }
  }

  private async advance(dc: DialogContext, draft: StartDateDraft): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const file = await fileOf(turn, draft);
    const settled = settle(draft, file);
    const slot = missingSlot(settled);
    const context = await contextOf(turn, settled, file);
    const deadEnd = deadEndOf(settled, file, { own: context.customers, lead: turn.actor.lead });
    if (deadEnd) {
      return dc.endDialog(deadEnd);
    }
    if (slot === undefined && file) {
      return dc.endDialog({ kind: 'complete', draft: settled, file } satisfies StartDateDialogResult);
    }
    const asking: StartDateDraft = { ...settled, asking: slot, customersOffered: offeredCustomers(context.customers) };
    keepDraft(dc.activeDialog, asking);
    await turn.show(await startDateQuestion(asking, slot ?? 'customer', context));
    return Dialog.EndOfTurn;
  }
}

/** @throws when the dialog's state has no draft: the state is ours, so that is a defect. */
function draftOf(instance: DialogInstance | undefined): StartDateDraft {
  const { draft } = (instance?.state ?? {}) as { draft?: StartDateDraft };
  if (!draft) {
    throw new Error('the start-date dialog has no draft');
  }
  return draft;
}

function keepDraft(instance: DialogInstance | undefined, draft: StartDateDraft): void {
  if (instance) {
    instance.state = { draft };
  }
}

/** The chosen customer's rows, unless it is not (or no longer) this user's. */
const fileOf = async ({ services, actor }: Turn, { customer }: StartDateDraft): Promise<CustomerFile | undefined> =>
  customer && lookUpCustomer(services.customers, actor, customer.customerId);

function settle(draft: StartDateDraft, file: CustomerFile | undefined): StartDateDraft {
  if (!draft.customer) {
    return draft;
  }
  if (!file) {
    return { ...draft, customer: undefined, problem: { kind: 'customerUnknown', name: draft.customer.name } };
  }
  const named = { ...draft, customer: { customerId: file.customer.id, name: file.customer.name } };
  const settled = settleWorkload(named, file.workloads);
  const current = file.workloads.find(({ workload }) => workload === settled.workload);
  return current ? settleShift(settled, current.startDate?.date) : settled;
}

async function contextOf(
  { services, actor, today }: Turn,
  draft: StartDateDraft,
  file: CustomerFile | undefined,
): Promise<{ customers: readonly CustomerName[]; workloads: CustomerFile['workloads'] }> {
  const workloads = file?.workloads ?? [];
  if (draft.customer || draft.customerChoices.length > 0 || actor.address === undefined) {
    return { customers: [], workloads };
  }
  return { customers: byUrgency(await services.index.ofFm(actor.address), today), workloads };
}

function deadEndOf(
  draft: StartDateDraft,
  file: CustomerFile | undefined,
  { own, lead }: { readonly own: readonly CustomerName[]; readonly lead: boolean },
): StartDateDialogResult | undefined {
  if (file && draft.workload === undefined && draft.workloadChoices.length === 0) {
    return { kind: 'impossible', messageKey: 'startDate.noWorkload', customer: file.customer.name };
  }
  // A lead names any customer; there is only none to offer.
  return !file && draft.customerChoices.length === 0 && own.length === 0 && !lead
    ? { kind: 'impossible', messageKey: 'startDate.noCustomers', customer: '' }
    : undefined;
}
