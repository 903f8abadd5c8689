import type { Forget } from '../domain/former-user';
import type { Profile } from './profiles';

/** A person by everything the bot knows them by. */
export interface Person {
  /** AAD object ids. */
  readonly userIds: readonly string[];
  /** Lower-case. */
  readonly addresses: readonly string[];
  /** Teams' own ids, and names an operator gave. */
  readonly others: readonly string[];
  readonly profiles: readonly Profile[];
}

/** Number of rows by table. */
export type RowsByTable = Readonly<Record<string, number>>;

/** The stored rows as far as they are about a person, whatever else they mean. Reads everything: for operators only. */
export interface PersonalData {
  /** Profiles under an address or an AAD object id. */
  profilesOf(who: string): Promise<readonly Profile[]>;
  /** Entries of the customer's log that name the person, rewritten. @returns how many there are. */
  rewriteLog(customerId: string, forget: Forget, dryRun: boolean): Promise<number>;
  /**
   * Rows that are about nobody else, removed: profile, dialog state, votes, deliveries, what is due, index rows.
   * @param stateKeys of the person's chats with the bot. @returns how many there are.
   */
  removeRows(
    person: Person,
    how: { readonly forget: Forget; readonly stateKeys: readonly string[]; readonly dryRun: boolean },
  ): Promise<RowsByTable>;
  /** Rows that still name the person. */
  remaining(forget: Forget): Promise<RowsByTable>;
}

/** Waiting messages about one person. */
export interface TasksOfPerson {
  /** Takes them from the queue; others stay. With `dryRun` they are counted, the first 32 being looked at. */
  removeOf(addresses: readonly string[], dryRun: boolean): Promise<number>;
}
