import type { Actor } from '../domain/actor';
import { maySee } from '../domain/actor';
import type { CustomerFile, CustomerLog, Customers } from '../ports/customers';

/** More than years of an engagement bring; the export has all of them. */
const LOG_ENTRIES = 200;

/** The customer's rows if this actor may see them; to anyone else the customer does not exist. */
export async function lookUpCustomer(
  customers: Customers,
  actor: Actor,
  customerId: string,
): Promise<CustomerFile | undefined> {
  const file = await customers.load(customerId);
  return file && maySee(actor, file.customer) ? file : undefined;
}

/** Notes, history and contacts of a customer this actor may see, newest first. */
export async function lookUpLog(
  customers: Customers,
  actor: Actor,
  customerId: string,
): Promise<{ file: CustomerFile; log: CustomerLog } | undefined> {
  const file = await lookUpCustomer(customers, actor, customerId);
  return file && { file, log: await customers.readLog(customerId, LOG_ENTRIES) };
}
