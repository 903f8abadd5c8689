import type { Actor } from '../domain/actor';
import { signatureOf } from '../domain/actor';
import type { ContactKind, WorkloadId } from '../domain/vocabulary';
import type { Clock } from '../ports/clock';
import type { Customers } from '../ports/customers';
import { lookUpCustomer } from './look-up-customer';

export interface RecordContact {
  readonly actor: Actor;
  readonly customerId: string;
  readonly workload: WorkloadId;
  readonly kind: ContactKind;
  readonly note: string;
  /** One-time token: a repeated press records nothing more. */
  readonly token: string;
}

export type RecordContactOutcome =
  { readonly kind: 'recorded'; readonly customerName: string } | { readonly kind: 'unknown' };

/** Adds an entry to the contact log: an e-mail or voicemail is an attempt, never a start (S5 S7). */
export async function recordContact(
  { customers, clock }: { readonly customers: Customers; readonly clock: Clock },
  command: RecordContact,
): Promise<RecordContactOutcome> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const file = await lookUpCustomer(customers, command.actor, command.customerId);
    const workload = file?.workloads.find((row) => row.workload === command.workload);
    if (!file || !workload) {
      return { kind: 'unknown' };
    }
    const { kind, note } = command;
    const at = clock.now();
    const result = await customers.commit({
      customerId: command.customerId,
      base: file,
      workloads: [{ ...workload, lastContact: { kind, at } }],
      contacts: [{ workload: command.workload, kind, note, at, by: signatureOf(command.actor) }],
      action: { token: command.token, outcome: { kind: 'recorded' } },
    });
    if (result.kind !== 'conflict') {
      return { kind: 'recorded', customerName: file.customer.name };
    }
  }
  throw new Error(`customer ${command.customerId} is changed too often for a contact to be recorded`);
}
