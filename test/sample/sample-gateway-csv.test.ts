import { planning } from '../fakes/planning';
import { Temporal } from 'temporal-polyfill';
import {
  DELIVERY_CHANNELS,
  L1_STATUSES,
  LANGUAGES,
  REGIONS,
  SERVICE_STATUSES,
  WORKLOADS,
} from '../../src/domain/vocabulary';
import { importSample } from '../../src/sample/import-sample';
import { SAMPLE_CUSTOMERS, sampleGatewayCsv } from '../../src/sample/sample-gateway-csv';
import { importCustomers } from '../../src/usecases/import-customers';
import { bytesOf } from '../builders/gateway-csv';
import { SettableClock } from '../fakes/settable-clock';
import { WatchedCustomers } from '../fakes/watched-customers';

const TODAY = Temporal.PlainDate.from('2026-11-20');
const FM = 'me@example.com';

const clock = new SettableClock(Temporal.Instant.from('2026-11-20T10:00:00Z'));

async function imported(today = TODAY): Promise<WatchedCustomers> {
  const customers = new WatchedCustomers();
  const report = await importCustomers({ ...planning(clock), customers }, bytesOf(sampleGatewayCsv(today, FM), 1000));
  expect(report).toMatchObject({ customers: SAMPLE_CUSTOMERS.length, conflicts: [], rejected: [] });
  return customers;
}

const files = async () => (await imported()).files();

test('the sample is a faultless Gateway file on every day of a year', async () => {
  for (let day = TODAY; day.year < 2028; day = day.add({ days: 13 })) {
    const customers = await imported(day);
    for (const file of await customers.files()) {
      for (const { startDate, kickoffDate } of file.workloads) {
        expect([startDate?.date.dayOfWeek ?? 1, kickoffDate?.dayOfWeek ?? 1].every((weekday) => weekday <= 5)).toBe(
          true,
        );
        if (startDate && kickoffDate) {
          expect(Temporal.PlainDate.compare(startDate.date, kickoffDate)).toBeLessThanOrEqual(0);
        }
      }
    }
  }
});

test('the sample has the customers of the evaluation sentences', () => {
  expect(SAMPLE_CUSTOMERS.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'Contoso',
      'Fabrikam',
      'Northwind Traders',
      'Adventure Works',
      'Tailspin Toys',
      'Woodgrove Bank',
      'Litware',
      'Proseware',
      '株式会社コントソ',
      '北风贸易',
      'Müller Logistik GmbH',
      'Padaria São João',
    ]),
  );
  expect(SAMPLE_CUSTOMERS.length).toBeGreaterThanOrEqual(15);
});

test('the sample shows every value there is', async () => {
  const all = await files();
  const customers = all.map(({ customer }) => customer);
  const workloads = all.flatMap((file) => file.workloads);
  const values = <T>(list: readonly T[]): Set<T> => new Set(list);
  expect(values(customers.map(({ region }) => region))).toEqual(values(REGIONS));
  expect(values(customers.map(({ language }) => language))).toEqual(values(LANGUAGES));
  expect(values(customers.map(({ deliveryChannel }) => deliveryChannel))).toEqual(values(DELIVERY_CHANNELS));
  expect(values(workloads.map(({ l1Status }) => l1Status))).toEqual(values(L1_STATUSES));
  expect(values(workloads.map(({ serviceStatus }) => serviceStatus))).toEqual(values(SERVICE_STATUSES));
  expect(values(workloads.map(({ workload }) => workload))).toEqual(values(WORKLOADS));
  expect(values(customers.map(({ seats }) => Math.sign(seats - 1000)))).toEqual(values([-1, 0, 1]));
  expect(values(customers.map(({ accountManaged }) => accountManaged))).toEqual(values([true, false]));
  expect(customers.some(({ accountManaged, accountTeam }) => accountManaged && accountTeam.length === 0)).toBe(true);
});

test('most customers are the FM’s own, some are others’, one is nobody’s', async () => {
  const fms = (await files()).map(({ customer }) => customer.fm);
  expect(fms.filter((fm) => fm === FM).length).toBeGreaterThanOrEqual(10);
  expect(new Set(fms.filter((fm) => fm !== undefined && fm !== FM)).size).toBe(2);
  expect(fms.filter((fm) => fm === undefined)).toHaveLength(1);
});

test('start dates are overdue, due this week and later', async () => {
  const days = (await files())
    .filter(({ customer }) => customer.fm === FM && customer.deliveryChannel === 'FTC')
    .flatMap(({ workloads }) => workloads.filter(({ l1Status }) => l1Status === 'InProgress'))
    .flatMap(({ startDate }) => (startDate ? [startDate.date.since(TODAY).days] : []));
  expect(days.filter((day) => day < 0 && day > -14).length).toBeGreaterThanOrEqual(3);
  expect(days.filter((day) => day >= 0 && day <= 7).length).toBeGreaterThanOrEqual(3);
  expect(days.some((day) => day > 14)).toBe(true);
});

test('a first start brings the sample in, a second one finds it and changes nothing', async () => {
  const customers = new WatchedCustomers();
  expect(await importSample({ ...planning(clock), customers })).toMatchObject({
    customers: SAMPLE_CUSTOMERS.length,
    rejected: [],
  });
  const base = (await customers.load('contoso'))!;
  await customers.commit({ customerId: 'contoso', base, customer: { ...base.customer, name: 'Renamed' } });
  const { commits } = customers;
  expect(await importSample({ ...planning(clock), customers })).toBeUndefined();
  expect(customers.commits).toBe(commits);
});
