import { putCustomer } from '../../src/usecases/put-customer';
import { anEnabledWorkload, anRfaCustomer, FM } from '../builders/completion';
import { FakeCustomers } from '../fakes/fake-customers';
import { planning } from '../fakes/planning';

const gateway = (activeUsers: number, seats = 2000) => {
  return { customer: anRfaCustomer({ seats }), workloads: [anEnabledWorkload({ activeUsers })] };
};

test('an import that first shows the milestone has the FM asked about it, once', async () => {
  const dependencies = { ...planning(), customers: new FakeCustomers() };
  await putCustomer(dependencies, gateway(99));
  expect(dependencies.queue.tasks).toEqual([]);
  await putCustomer(dependencies, gateway(100));
  expect(dependencies.queue.tasks).toEqual([{ kind: 'offer', fm: FM, hints: [] }]);
  await putCustomer(dependencies, gateway(101, 2100));
  expect(dependencies.queue.tasks).toHaveLength(1);
});

test('a queue that does not take it loses nothing of the import', async () => {
  const queue = { put: async () => Promise.reject(new Error('away')) };
  const customers = new FakeCustomers();
  expect(await putCustomer({ ...planning(), queue, customers }, gateway(150))).toMatchObject({ kind: 'created' });
  expect((await customers.load('C-1'))?.workloads[0]?.completionOffer).toMatchObject({ made: false });
});
