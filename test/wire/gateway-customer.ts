import { GATEWAY_KEY } from './bot-under-test';

/** A workload as Gateway puts it: In Progress, without a date. */
export const gatewayWorkload = (workload: string, changes: object = {}): object => ({
  workload,
  requestId: 'RFA-7',
  l1Status: 'InProgress',
  serviceStatus: 'Enablement',
  startDate: null,
  kickoffDate: null,
  activeUsers: 3,
  ...changes,
});

/** A start date to the day, as Gateway puts it. */
export const startingOn = (date: string): object => ({ startDate: { date, precision: 'day' } });

/** A customer as Gateway puts it; tests name what they are about. */
export const gatewayCustomer = (name: string, fm: string, changes: object): object => ({
  name,
  region: 'EMEA',
  seats: 2000,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm,
  accountManaged: true,
  accountTeam: [],
  language: 'en',
  workloads: [],
  ...changes,
});

/** PUTs a customer as Gateway does. */
export async function putCustomer(botUrl: string, id: string, customer: object, key = GATEWAY_KEY): Promise<Response> {
  return fetch(`${botUrl}/api/gateway/customers/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(customer),
  });
}

/** PUTs a customer that has to be taken. @throws with the answer when it is not. */
export async function putAccepted(botUrl: string, id: string, customer: object, key = GATEWAY_KEY): Promise<void> {
  const response = await putCustomer(botUrl, id, customer, key);
  if (!response.ok) {
    throw new Error(`put answered ${response.status}: ${await response.text()}`);
  }
}
