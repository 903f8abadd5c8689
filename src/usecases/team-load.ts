import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../domain/actor';
import type { AskedTime, TeamLoad } from '../domain/team-load';
import { teamLoadOf } from '../domain/team-load';
import type { CustomerIndex } from '../ports/customer-index';
import { inParallel } from './in-parallel';

/** The load of every FM, for leads. @returns undefined for anyone else. */
export async function teamLoad(
  index: CustomerIndex,
  { actor, today, asked }: { actor: Actor; today: Temporal.PlainDate; asked: AskedTime | undefined },
): Promise<TeamLoad | undefined> {
  if (!actor.lead) {
    return undefined;
  }
  const fms = await index.fms();
  const team = await inParallel(fms, async (fm) => ({ fm, customers: await index.ofFm(fm) }));
  return teamLoadOf(team, today, asked);
}
