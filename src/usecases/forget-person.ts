import type { Forget } from '../domain/former-user';
import { FORMER_USER, forgetting } from '../domain/former-user';
import type { CustomerChange, CustomerFile, Customers } from '../ports/customers';
import type { Person, PersonalData, RowsByTable, TasksOfPerson } from '../ports/personal-data';
import type { Profile } from '../ports/profiles';
import type { Planning } from './plan-reminders';
import { remindersAfter } from './plan-reminders';

export interface ForgetDependencies extends Planning {
  readonly customers: Customers;
  readonly personal: PersonalData;
  readonly queue: TasksOfPerson;
  /** Where the state of a person's own chat with the bot is kept. */
  readonly stateKeysOf: (profile: Profile) => readonly string[];
}

export interface ForgetRequest {
  /** Address or AAD object id. */
  readonly who: string;
  /** What else the person is called in texts. */
  readonly names: readonly string[];
  /** Count, and change nothing. */
  readonly dryRun: boolean;
}

/** What was found; with `dryRun` what would be changed. */
export interface ForgetReport {
  readonly profiles: number;
  /** Customers whose FM, team, checklists or reminders named the person. */
  readonly customers: number;
  /** Entries of notes, history and contact log, and outcomes of presses. */
  readonly entries: number;
  /** Waiting messages. */
  readonly messages: number;
  readonly removed: RowsByTable;
  /** What names the person still: somebody wrote meanwhile, or it is part of a customer's own name. */
  readonly remaining: RowsByTable;
}

const ATTEMPTS = 6;

/**
 * Forgets a person: what is about them alone is removed, what belongs to a customer's record stays and is signed by
 * `FORMER_USER`. Customers they were the FM of have none. Doing it twice does nothing more.
 * @throws Error when a customer is changed too often meanwhile.
 */
export async function forgetPerson(by: ForgetDependencies, request: ForgetRequest): Promise<ForgetReport> {
  const { dryRun } = request;
  const person = await personOf(by.personal, request);
  const forget = forgetting([...person.userIds, ...person.addresses, ...person.others]);
  let customers = 0;
  let entries = 0;
  for await (const customerId of by.customers.allIds()) {
    customers += (await forgetInCustomer(by, { customerId, forget, dryRun })) ? 1 : 0;
    entries += await by.personal.rewriteLog(customerId, forget, dryRun);
  }
  const messages = await by.queue.removeOf(person.addresses, dryRun);
  const stateKeys = person.profiles.flatMap(by.stateKeysOf);
  const removed = await by.personal.removeRows(person, { forget, stateKeys, dryRun });
  const remaining = dryRun ? {} : await by.personal.remaining(forget);
  return { profiles: person.profiles.length, customers, entries, messages, removed, remaining };
}

async function personOf(personal: PersonalData, { who, names }: ForgetRequest): Promise<Person> {
  const said = who.trim().toLowerCase();
  const profiles = await personal.profilesOf(said);
  const isAddress = said.includes('@');
  const addresses = [...(isAddress ? [said] : []), ...profiles.flatMap(({ address }) => address ?? [])];
  const userIds = [...(isAddress ? [] : [said]), ...profiles.map(({ userId }) => userId)];
  const chats = profiles.flatMap(({ chat }) => (chat ? [chat.teamsUserId, chat.conversationId] : []));
  return { userIds: unique(userIds), addresses: unique(addresses), others: unique([...chats, ...names]), profiles };
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** @returns whether the customer's current rows named the person. */
async function forgetInCustomer(
  by: ForgetDependencies,
  { customerId, forget, dryRun }: { customerId: string; forget: Forget; dryRun: boolean },
): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const base = await by.customers.load(customerId);
    const change = base && (await changeOf(by, base, forget));
    if (!change || dryRun) {
      return change !== undefined;
    }
    if ((await by.customers.commit(change)).kind === 'committed') {
      return true;
    }
  }
  throw new Error(`Customer ${customerId} is changed too often to be written`);
}

async function changeOf(by: Planning, base: CustomerFile, forget: Forget): Promise<CustomerChange | undefined> {
  const names = (text: string | undefined): boolean => text !== undefined && forget(text) !== text;
  const { customer, workloads } = base;
  const isTheirs = names(customer.fm) || customer.accountTeam.some(names);
  const after = {
    ...customer,
    fm: names(customer.fm) ? undefined : customer.fm,
    accountTeam: customer.accountTeam.filter((address) => !names(address)),
  };
  const planned = isTheirs ? await remindersAfter(by, base, { customer: after, workloads }) : [];
  const reminders = base.reminders.flatMap((row) => {
    const next = planned.find(({ workload }) => workload === row.workload) ?? row;
    return next !== row || names(next.fm) ? [{ ...next, fm: names(next.fm) ? FORMER_USER : next.fm }] : [];
  });
  const checklists = base.checklists
    .filter(({ by: writer, steps }) => names(writer) || Object.values(steps).some(names))
    .map((row) => ({
      ...row,
      by: forget(row.by),
      steps: Object.fromEntries(Object.entries(row.steps).map(([step, answer]) => [step, forget(answer)])),
    }));
  if (!isTheirs && reminders.length === 0 && checklists.length === 0) {
    return undefined;
  }
  return { customerId: customer.id, base, ...(isTheirs && { customer: after }), reminders, checklists };
}
