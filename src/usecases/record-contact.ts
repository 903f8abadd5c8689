import type { Actor } from '../domain/actor';
import { signatureOf } from '../domain/actor';
import type { ContactKind, WorkloadId } from '../domain/vocabulary';
import type { Reminder, Workload } from '../domain/records';
import { isChased, isLive, stillTrying } from '../domain/reminders/reminder';
import type { AgainIn } from '../domain/reminders/reminder';
import type { CustomerFile, Customers } from '../ports/customers';
import { lookUpCustomer } from './look-up-customer';
import type { Planning } from './plan-reminders';
import { remindersAfter, workloadsAfter } from './plan-reminders';

export interface RecordContactDependencies extends Planning {
  readonly customers: Customers;
}

export interface RecordContact {
  readonly actor: Actor;
  readonly customerId: string;
  readonly workload: WorkloadId;
  readonly kind: ContactKind;
  readonly note: string;
  /** For an attempt: in how many working days the FM wants to be asked again; 3 unless said. */
  readonly againIn?: AgainIn;
  /** The words of the note in Overall Status Notes, for *unresponsive* (S8). */
  readonly statusNote?: string;
  /** One-time token: a repeated press records nothing more. */
  readonly token: string;
}

export type RecordContactOutcome =
  | { readonly kind: 'recorded'; readonly customerName: string; readonly reminder: Reminder | undefined }
  | { readonly kind: 'unknown' };

/**
 * Adds an entry to the contact log and lets the reminder follow from it, in one commit. An e-mail or voicemail is an
 * attempt, never a start (S5 S7); *unresponsive* also goes to Overall Status Notes and leaves the date alone (S8).
 */
export async function recordContact(
  dependencies: RecordContactDependencies,
  command: RecordContact,
): Promise<RecordContactOutcome> {
  const { customers, clock } = dependencies;
  for (let attempt = 0; attempt < 4; attempt++) {
    const file = await lookUpCustomer(customers, command.actor, command.customerId);
    const workload = file?.workloads.find((row) => row.workload === command.workload);
    if (!file || !workload) {
      return { kind: 'unknown' };
    }
    const { kind, note } = command;
    const signed = { at: clock.now(), by: signatureOf(command.actor) };
    const after: Workload = { ...workload, lastContact: { kind, at: signed.at } };
    const reminder = await reminderAfter(dependencies, command, file, after);
    const result = await customers.commit({
      customerId: command.customerId,
      base: file,
      workloads: [after],
      reminders: reminder ? [reminder] : [],
      contacts: [{ workload: command.workload, kind, note, ...signed }],
      notes:
        command.statusNote === undefined
          ? []
          : [{ workload: command.workload, field: 'overallStatus', text: command.statusNote, ...signed }],
      action: { token: command.token, outcome: { kind: 'recorded' } },
    });
    if (result.kind !== 'conflict') {
      return { kind: 'recorded', customerName: file.customer.name, reminder };
    }
  }
  throw new Error(`customer ${command.customerId} is changed too often for a contact to be recorded`);
}

/** An attempt puts the next question off; anything else follows from the facts alone. */
async function reminderAfter(
  dependencies: RecordContactDependencies,
  { kind, againIn = 3 }: RecordContact,
  file: CustomerFile,
  after: Workload,
): Promise<Reminder | undefined> {
  const facts = { customer: file.customer, workloads: workloadsAfter(file, [after]) };
  const planned = (await remindersAfter(dependencies, file, facts)).find((row) => row.workload === after.workload);
  const current = planned ?? file.reminders.find((row) => row.workload === after.workload);
  if (kind !== 'attempt' || !current || !isLive(current) || !isChased(file.customer, after)) {
    return planned;
  }
  const schedule = await dependencies.schedules.of(file.customer.fm ?? '');
  return stillTrying(current, againIn, { schedule, now: dependencies.clock.now() });
}
