import type { CustomerFile, CustomerLog } from '../../src/ports/customers';
import { createStorage, type Storage } from '../../src/adapters/storage/storage';
import { openTables } from '../../src/adapters/storage/tables';
import { systemClock } from '../../src/stores';
import { GATEWAY_KEY } from '../wire/bot-under-test';

/** A date that raises no warning on any day: the given weekday (1 = Monday), at least `weeks` weeks from now. */
export function comingDay(weeks: number, weekday = 3): string {
  const today = systemClock.now().toZonedDateTimeISO('UTC').toPlainDate();
  const later = today.add({ weeks });
  return later.add({ days: (weekday - later.dayOfWeek + 7) % 7 }).toString();
}

/** A customer as Gateway puts it, with one workload In Progress. */
export const gatewayCustomer = (name: string, fm: string, changes: object = {}): object => ({
  name,
  region: 'EMEA',
  seats: 2000,
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm,
  accountManaged: true,
  accountTeam: [],
  language: 'en',
  workloads: [
    {
      workload: 'exchange-online',
      requestId: 'RFA-7',
      l1Status: 'InProgress',
      serviceStatus: 'Enablement',
      startDate: { date: comingDay(2), precision: 'day' },
      kickoffDate: null,
      activeUsers: 3,
    },
  ],
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

/** What is stored, read past the bot and past every fault. */
export interface Truth {
  readonly storage: Storage;
  file(customerId: string): Promise<CustomerFile & CustomerLog>;
  close(): Promise<void>;
}

export function truthOf(connectionString: string): Truth {
  const tables = openTables({ connectionString });
  const storage = createStorage({ tables, clock: systemClock, onBackgroundError: () => undefined });
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
