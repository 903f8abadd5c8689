import { Temporal } from 'temporal-polyfill';
import tryThis from '../../scripts/lib/try-this.json';
import { LANGUAGES } from '../../src/domain/vocabulary';
import { understand, type UnderstandingContext } from '../../src/language/understand';
import { SAMPLE_CUSTOMERS } from '../../src/sample/sample-gateway-csv';
import sampleCustomers from '../../src/sample/customers.json';

const context: UnderstandingContext = {
  today: Temporal.PlainDate.from('2026-11-20'),
  candidates: SAMPLE_CUSTOMERS,
};

describe('what npm start tells to try', () => {
  it('speaks all languages', () => {
    expect(tryThis.map(({ language }) => language)).toEqual([...LANGUAGES]);
  });

  it.each(tryThis)('$name: the change names all that a change needs', ({ change, language }) => {
    const meant = understand(change, context);
    expect(meant).toMatchObject({
      language,
      intent: 'change-start-date',
      customers: [expect.anything()],
      workloads: [expect.anything()],
      date: { kind: 'date', precision: 'day' },
      reason: expect.stringMatching(/.+/),
    });
    const [customer] = meant.customers;
    const workloads = sampleCustomers.find(({ id }) => id === customer?.customerId)?.workloads;
    expect(workloads?.find(({ workload }) => workload === meant.workloads[0])?.l1Status).toBe('InProgress');
  });

  it.each(tryThis)('$name: the list and the question are understood', ({ list, question }) => {
    expect(understand(list, context).intent).toBe('start-date-list');
    expect(understand(question, context).intent).toBe('question');
  });
});
