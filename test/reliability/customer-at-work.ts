import type { CustomerFile, CustomerLog } from '../../src/ports/customers';
import type { Storage } from '../../src/adapters/storage/storage';
import { gatewayCustomer, gatewayWorkload, startingOn } from '../wire/gateway-customer';
import { comingDay } from '../coming-days';
import { storedAt } from '../stored';

/** A customer with one workload In Progress, its start date some weeks away. */
export const customerAtWork = (name: string, fm: string, changes: object = {}): object =>
  gatewayCustomer(name, fm, {
    workloads: [gatewayWorkload('exchange-online', startingOn(comingDay(2)))],
    ...changes,
  });

/** What is stored, read past the bot and past every fault. */
export interface Truth {
  readonly storage: Storage;
  file(customerId: string): Promise<CustomerFile & CustomerLog>;
  close(): Promise<void>;
}

export function truthOf(connectionString: string): Truth {
  const storage = storedAt(connectionString);
  return {
    storage,
    file: async (customerId) => {
      const file = await storage.customers.load(customerId);
      if (!file) {
        throw new Error(`no customer ${customerId}`);
      }
      return { ...file, ...(await storage.customers.readLog(customerId, Infinity)) };
    },
    close: async () => storage.close(),
  };
}
