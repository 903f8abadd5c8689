import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../domain/actor';
import type { DeploymentLine } from '../domain/gaps';
import { byIdleWeeks, deploymentLine, isSerialized } from '../domain/gaps';
import type { CustomerIndex, CustomerSummary } from '../ports/customer-index';
import type { CustomerFile, Customers } from '../ports/customers';
import type { Profiles } from '../ports/profiles';
import { inParallel } from './in-parallel';
import { lookUpCustomer } from './look-up-customer';

interface Stores {
  readonly customers: Customers;
  readonly index: CustomerIndex;
  readonly profiles: Profiles;
}

interface Asking {
  readonly actor: Actor;
  /** The asking user's own. */
  readonly timeZone: string;
  readonly now: Temporal.Instant;
}

/** Lines of the user's own customers that have serialized deployments (S1), the most idle weeks first. */
export async function ownDeploymentLines(stores: Stores, asking: Asking): Promise<readonly DeploymentLine[]> {
  const { address } = asking.actor;
  const own = address === undefined ? [] : await stores.index.ofFm(address);
  const lines = await namedDeploymentLines(
    stores,
    asking,
    own.filter(mayBeSerialized).map(({ customerId }) => customerId),
  );
  return lines.filter(isSerialized).sort(byIdleWeeks);
}

/** Lines of these customers, in this order, without those that this user may not see. */
export async function namedDeploymentLines(
  stores: Stores,
  asking: Asking,
  customerIds: readonly string[],
): Promise<readonly DeploymentLine[]> {
  const lines = await inParallel(customerIds, async (customerId) => {
    const file = await lookUpCustomer(stores.customers, asking.actor, customerId);
    return file && lineOf(stores.profiles, asking, file);
  });
  return lines.filter((line) => line !== undefined);
}

/** Only a customer with several workloads, one of them dated, is worth a look at its rows. */
const mayBeSerialized = ({ workloads }: CustomerSummary): boolean =>
  workloads.length > 1 && workloads.some(({ startDate }) => startDate !== undefined);

/** The days are those of the FM's calendar, whoever asks. */
async function lineOf(profiles: Profiles, asking: Asking, file: CustomerFile): Promise<DeploymentLine> {
  const { fm } = file.customer;
  const other = fm === undefined || fm === asking.actor.address ? undefined : await profiles.byAddress(fm);
  const timeZone = other?.profile.timeZone ?? asking.timeZone;
  return deploymentLine(file, { timeZone, today: asking.now.toZonedDateTimeISO(timeZone).toPlainDate() });
}
