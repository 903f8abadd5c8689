import type { ItemView } from '../domain/reminders/item-state';
import { itemState } from '../domain/reminders/item-state';
import type { Schedule } from '../domain/reminders/schedule';
import type { Customers } from '../ports/customers';
import type { Digest } from '../ports/deliveries';

/** The items of a digest as they are now; of a customer who is another FM's by now, nothing but the name it had is told. */
export async function viewDigest(
  customers: Customers,
  { digest, schedule }: { readonly digest: Digest; readonly schedule: Schedule },
  range: { readonly from: number; readonly until: number } = { from: 0, until: digest.items.length },
): Promise<ItemView[]> {
  const items = digest.items.slice(range.from, range.until);
  const ids = [...new Set(items.map(({ customerId }) => customerId))];
  const files = new Map(await Promise.all(ids.map(async (id) => [id, await customers.load(id)] as const)));
  return items.map(({ customerId, workload, name, forDate }) => {
    const file = files.get(customerId);
    const rows = {
      workload: file?.workloads.find((row) => row.workload === workload),
      reminder: file?.reminders.find((row) => row.workload === workload),
    };
    const state = itemState({ forDate, at: digest.at, fm: digest.fm, schedule }, file?.customer, rows);
    return { customerId, workload, name, forDate, state };
  });
}
