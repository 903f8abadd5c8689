import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../domain/actor';
import type { AskedTime, FmCustomers, TeamLoad } from '../domain/team-load';
import { teamLoadOf } from '../domain/team-load';
import type { CustomerIndex, CustomerSummary } from '../ports/customer-index';

/** The load of every FM, for leads. @returns undefined for anyone else. */
export async function teamLoad(
  index: CustomerIndex,
  { actor, today, asked }: { actor: Actor; today: Temporal.PlainDate; asked: AskedTime | undefined },
): Promise<TeamLoad | undefined> {
  if (!actor.lead) {
    return undefined;
  }
  return teamLoadOf(byFm(await index.ofAllFms()), today, asked);
}

function byFm(customers: readonly CustomerSummary[]): FmCustomers[] {
  const team = new Map<string, CustomerSummary[]>();
  for (const customer of customers) {
    if (customer.fm !== undefined) {
      const own = team.get(customer.fm) ?? [];
      own.push(customer);
      team.set(customer.fm, own);
    }
  }
  return [...team].map(([fm, own]) => ({ fm, customers: own }));
}
