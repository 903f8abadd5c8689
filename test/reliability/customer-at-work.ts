import type { CustomerFile, CustomerLog } from '../../src/ports/customers';
import type { Storage } from '../../src/adapters/storage/storage';
import { systemClock } from '../../src/stores';
import { gatewayCustomer, gatewayWorkload, startingOn } from '../wire/gateway-customer';
import { storedAt } from '../stored';

/** A date that raises no warning on any day: the given weekday (1 = Monday), at least `weeks` weeks from now. */
export function comingDay(weeks: number, weekday = 3): string {
  const today = systemClock.now().toZonedDateTimeISO('UTC').toPlainDate();
  const later = today.add({ weeks });
  return later.add({ days: (weekday - later.dayOfWeek + 7) % 7 }).toString();
}

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
