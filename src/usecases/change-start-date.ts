import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../domain/actor';
import { signatureOf } from '../domain/actor';
import type { Customer, Note, StartDateChange, Workload } from '../domain/records';
import type { ChangeFacts, Dated, StartDateRefusal, StartDateRequest, StartDateWarning } from '../domain/start-date';
import { decideStartDate, recordsOfChange, toPrecision } from '../domain/start-date';
import { replySaidBy, withReplySaid } from '../domain/reminders/new-date';
import type { Occasion, WorkloadId } from '../domain/vocabulary';
import { isOneOf, OCCASIONS } from '../domain/vocabulary';
import type { CustomerFile, Customers } from '../ports/customers';
import type { Planning } from './plan-reminders';
import { remindersAfter, workloadsAfter } from './plan-reminders';
import { lookUpCustomer } from './look-up-customer';

export interface ChangeStartDate {
  readonly actor: Actor;
  readonly customerId: string;
  readonly workload: WorkloadId;
  readonly request: StartDateRequest;
  /** The date the FM saw when deciding, `none` for no date; undefined = not known, nothing to compare. */
  readonly seen: Temporal.PlainDate | 'none' | undefined;
  /** One-time token of the form: a second commit of the same with it answers with the first one's outcome. */
  readonly token: string;
  /** The FM's own calendar date. */
  readonly today: Temporal.PlainDate;
  /** The words of the note (S9), in the FM's language. */
  readonly wordNote: (facts: ChangeFacts) => string;
}

interface Seen {
  readonly customer: Customer;
  readonly before: Workload;
}

export type ChangeStartDateOutcome =
  | { readonly kind: 'saved'; readonly facts: ChangeFacts; readonly note: string; readonly again: boolean }
  | ({ readonly kind: 'refused'; readonly refusal: StartDateRefusal } & Seen)
  | ({ readonly kind: 'warned'; readonly warnings: readonly StartDateWarning[] } & Seen)
  /** Somebody else set another date meanwhile: the FM sees both and decides. */
  | ({ readonly kind: 'conflict'; readonly theirs: StartDateChange | undefined } & Seen)
  /** This form was saved before, with something else in it: the FM sees what holds and decides. */
  | ({ readonly kind: 'savedBefore' } & Seen)
  /** No such customer or workload, or none that this actor may see. */
  | { readonly kind: 'unknown' };

interface Dependencies extends Planning {
  readonly customers: Customers;
}

/**
 * Writes date, reason note (Overall Status Notes) and history together or not at all (S6 S9).
 * A commit that lost a race against a change of something else is tried again on fresh rows.
 */
export async function changeStartDate(
  dependencies: Dependencies,
  command: ChangeStartDate,
): Promise<ChangeStartDateOutcome> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const file = await lookUpCustomer(dependencies.customers, command.actor, command.customerId);
    const before = file?.workloads.find(({ workload }) => workload === command.workload);
    if (!file || !before) {
      return { kind: 'unknown' };
    }
    const outcome = await attemptChange(dependencies, command, file, before);
    if (outcome) {
      return outcome;
    }
  }
  throw new Error(`start date of customer ${command.customerId} is changed too often to be saved`);
}

/** @returns undefined when another commit came between: to be tried again. */
async function attemptChange(
  dependencies: Dependencies,
  command: ChangeStartDate,
  file: CustomerFile,
  before: Workload,
): Promise<ChangeStartDateOutcome | undefined> {
  const { customers } = dependencies;
  const seen: Seen = { customer: file.customer, before };
  const stale = !sawCurrentDate(command, before);
  const decision = decideStartDate(before, command.request, command.today);
  if (stale || decision.kind === 'refused') {
    // A press that was delivered twice finds its own work done: the same date, or a date it had not seen.
    const earlier = await customers.actionOutcome(command.customerId, command.token);
    if (earlier !== undefined) {
      return savedAgain(command, earlier, seen);
    }
  }
  if (stale) {
    return { kind: 'conflict', theirs: await latestChange(customers, command), ...seen };
  }
  switch (decision.kind) {
    case 'refused':
      return { ...decision, ...seen };
    case 'warned':
      return { ...decision, ...seen };
    case 'allowed':
      return commitChange(dependencies, { command, file, before, after: decision.workload });
  }
}

const sawCurrentDate = ({ seen }: ChangeStartDate, { startDate }: Workload): boolean =>
  seen === undefined || (seen === 'none' ? startDate === undefined : startDate?.date.equals(seen) === true);

async function latestChange(
  customers: Customers,
  { customerId, workload }: ChangeStartDate,
): Promise<StartDateChange | undefined> {
  const { startDateChanges } = await customers.readLog(customerId, 50);
  return startDateChanges.find((change) => change.workload === workload);
}

async function commitChange(
  dependencies: Dependencies,
  { command, file, before, after }: { command: ChangeStartDate; file: CustomerFile; before: Workload; after: Workload },
): Promise<ChangeStartDateOutcome | undefined> {
  const { customers, clock } = dependencies;
  const { actor, today } = command;
  const { occasion } = command.request;
  if (!isOneOf(OCCASIONS, occasion)) {
    throw new Error('a start date was allowed without an occasion');
  }
  const request = { ...command.request, occasion };
  const signed = { at: clock.now(), by: signatureOf(actor) };
  const facts = factsOf(file.customer, before, after, request);
  const { change, note } = recordsOfChange(before, request, signed, command.wordNote(facts));
  const said = replySaidBy(before, after, { occasion, today });
  const workloads = [withReplySaid(after, said, signed.at)];
  const reply = { workload: after.workload, kind: 'reply', note: request.reason.trim(), ...signed } as const;
  const result = await customers.commit({
    customerId: command.customerId,
    base: file,
    workloads,
    reminders: await remindersAfter(dependencies, file, { ...file, workloads: workloadsAfter(file, workloads) }),
    contacts: said === 'replied' ? [reply] : [],
    startDateChanges: [change],
    notes: [note],
    action: { token: command.token, outcome: toOutcome(facts, note) },
  });
  switch (result.kind) {
    case 'committed':
      return { kind: 'saved', facts, note: note.text, again: false };
    case 'alreadyDone':
      return savedAgain(command, result.outcome, { customer: file.customer, before });
    case 'conflict':
      return undefined;
  }
}

function factsOf(
  customer: Customer,
  before: Workload,
  after: Workload,
  request: StartDateRequest & { readonly occasion: Occasion },
): ChangeFacts {
  if (!after.startDate) {
    throw new Error('a start date was allowed and is missing');
  }
  return {
    customerName: customer.name,
    workload: before.workload,
    from: before.startDate && dated(before.startDate),
    to: dated(after.startDate),
    occasion: request.occasion,
    reason: request.reason.trim(),
  };
}

const dated = ({ date, precision }: Dated): Dated => ({ date, precision });

/** The outcome as it is kept with the action row: plain JSON. */
interface KeptOutcome {
  readonly facts: Omit<ChangeFacts, 'from' | 'to'> & { readonly from: KeptDate | null; readonly to: KeptDate };
  readonly note: string;
}
type KeptDate = Omit<Dated, 'date'> & { readonly date: string };

const keep = ({ date, precision }: Dated): KeptDate => ({ date: date.toString(), precision });
const restore = ({ date, precision }: KeptDate): Dated => ({ date: Temporal.PlainDate.from(date), precision });

const toOutcome = (facts: ChangeFacts, note: Note): KeptOutcome => ({
  facts: { ...facts, from: facts.from ? keep(facts.from) : null, to: keep(facts.to) },
  note: note.text,
});

const isKept = (outcome: unknown): outcome is KeptOutcome =>
  typeof outcome === 'object' && outcome !== null && 'facts' in outcome;

/** The same press again answers as the first did; another entry on the form of back then is not lost in that answer. */
function savedAgain({ request }: ChangeStartDate, outcome: unknown, seen: Seen): ChangeStartDateOutcome {
  if (!isKept(outcome)) {
    // The token of another action: only forged card data brings it here.
    return { kind: 'savedBefore', ...seen };
  }
  const { facts, note } = outcome;
  const from = facts.from ? restore(facts.from) : undefined;
  const to = restore(facts.to);
  const isSame =
    to.date.equals(toPrecision(request.date, request.precision)) &&
    to.precision === request.precision &&
    facts.occasion === request.occasion &&
    facts.reason === request.reason.trim();
  return isSame
    ? { kind: 'saved', facts: { ...facts, from, to }, note, again: true }
    : { kind: 'savedBefore', ...seen };
}
