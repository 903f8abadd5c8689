import type { Actor } from '../../src/domain/actor';
import { newProfile } from '../../src/usecases/change-profile';
import { namedDeploymentLines, ownDeploymentLines } from '../../src/usecases/gaps';
import { aCustomer, aWorkload, day, instant } from '../builders/records';
import { FakeCustomers } from '../fakes/fake-customers';
import { FakeProfiles } from '../fakes/fake-profiles';

const ana: Actor = { userId: 'ana', address: 'alex@example.com', lead: false };
const lead: Actor = { userId: 'lead', address: 'lead@example.com', lead: true };
const now = instant('2026-11-18T20:00:00Z');
const started = (iso: string) => ({ date: day(iso), precision: 'day', source: 'fm' }) as const;

async function storesWith(...ids: string[]) {
  const customers = new FakeCustomers();
  const profiles = new FakeProfiles();
  for (const id of ids) {
    await customers.commit({
      customerId: id,
      base: undefined,
      customer: aCustomer({ id, name: id }),
      workloads: [
        aWorkload({ startDate: started('2026-06-01') }),
        ...(id === 'single' ? [] : [aWorkload({ workload: 'teams', startDate: started('2026-11-19') })]),
      ],
      checklists: [
        {
          workload: 'exchange-online',
          status: 'submitted',
          steps: {},
          nextActionDate: undefined,
          at: instant(id === 'idler' ? '2026-08-01T16:00:00Z' : '2026-09-01T16:00:00Z'),
          by: 'ana',
        },
      ],
    });
  }
  await profiles.put({ ...newProfile('ana'), address: ana.address, timeZone: 'Asia/Tokyo' }, undefined);
  return { customers, index: customers, profiles };
}

test('own customers with several workloads, the most idle first', async () => {
  const stores = await storesWith('contoso', 'single', 'idler');
  const lines = await ownDeploymentLines(stores, { actor: ana, timeZone: 'UTC', now });
  expect(lines.map(({ customerId, idleWeeks }) => [customerId, idleWeeks])).toEqual([
    ['idler', 15],
    ['contoso', 11],
  ]);
});

test("a lead sees the days of the FM's calendar, not of their own", async () => {
  const stores = await storesWith('contoso');
  const [line] = await namedDeploymentLines(stores, { actor: lead, timeZone: 'America/Los_Angeles', now }, ['contoso']);
  // It is the 19th in Tokyo, and the checklist was submitted there on 2 September.
  expect(line?.deployments.map(({ state }) => state)).toEqual([
    { kind: 'ended', on: day('2026-09-02') },
    { kind: 'underWay' },
  ]);
});

test('a customer that is not there, or not theirs, is no line', async () => {
  const stores = await storesWith('contoso');
  const ben: Actor = { ...ana, address: 'ben@example.com' };
  expect(await namedDeploymentLines(stores, { actor: ben, timeZone: 'UTC', now }, ['contoso', 'nobody'])).toEqual([]);
  expect(await ownDeploymentLines(stores, { actor: ben, timeZone: 'UTC', now })).toEqual([]);
});
