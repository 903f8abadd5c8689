import type { Customer } from './records';

/** Who acts, as verified at the edge. */
export interface Actor {
  /** AAD object id. */
  readonly userId: string;
  /** Lower-case address; undefined when the roster did not tell. */
  readonly address: string | undefined;
  readonly lead: boolean;
}

/** An FM may do everything on their own customers, a lead on all; to anyone else a customer does not exist. */
export const maySee = (actor: Actor, customer: Pick<Customer, 'fm'>): boolean =>
  actor.lead || (actor.address !== undefined && customer.fm === actor.address);

/** How an actor signs what they write. */
export const signatureOf = (actor: Actor): string => actor.address ?? actor.userId;
