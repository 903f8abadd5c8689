import { Temporal } from 'temporal-polyfill';
import type { Customers } from '../../src/ports/customers';
import type { DueIndex, DueHint } from '../../src/ports/due-index';
import { allOf } from './all-of';
import { customer, reminder } from './sample-records';

const instant = (text: string) => Temporal.Instant.from(text);

/** Every implementation of DueIndex behaves like this. @param open gives an empty store. */
export function dueIndexContract(open: () => { customers: Customers; due: DueIndex }): void {
  let store: { customers: Customers; due: DueIndex };
  beforeEach(() => {
    store = open();
  });

  const schedule = async (id: string, dueAt: string, change: Parameters<typeof reminder>[0] = {}): Promise<void> => {
    const base = await store.customers.load(id);
    const reminders = [reminder({ id: `r-${id}`, dueAt: instant(dueAt), ...change })];
    const result = await store.customers.commit({
      customerId: id,
      base,
      ...(base === undefined && { customer: customer({ id }) }),
      reminders,
    });
    expect(result).toEqual({ kind: 'committed' });
  };
  /** The reminders that still are as the hints say: what a delivery sends. */
  const dueAt = async (until: string): Promise<string[]> => {
    const hints = await allOf(store.due.due(instant(until)));
    return (await Promise.all(hints.map(trueOf))).flat().sort();
  };
  const trueOf = async ({ customerId, fm, dueAt: at }: DueHint): Promise<string[]> => {
    const file = await store.customers.load(customerId);
    const meant = file?.reminders.filter((each) => each.fm === fm && each.dueAt.equals(at)) ?? [];
    return meant.filter(({ status }) => status === 'scheduled').map(({ id }) => id);
  };

  test('what is due is found, to the instant, and what is not is not', async () => {
    await schedule('C/1', '2027-03-02T09:00:00Z');
    await schedule('C2', '2027-03-02T09:00:00.001Z');
    await schedule('C3', '2026-12-31T23:59:59Z');
    await schedule('C4', '2027-03-02T10:00:00Z');
    expect(await dueAt('2027-03-02T08:59:59.999Z')).toEqual(['r-C3']);
    expect(await dueAt('2027-03-02T09:00:00Z')).toEqual(['r-C/1', 'r-C3']);
    expect(await dueAt('2027-03-03T00:00:00Z')).toEqual(['r-C/1', 'r-C2', 'r-C3', 'r-C4']);
    expect(await allOf(store.due.due(instant('2026-12-31T23:59:59Z')))).toMatchObject([
      { customerId: 'C3', fm: 'fm@contoso.com', dueAt: instant('2026-12-31T23:59:59Z') },
    ]);
  });

  test('a reminder put off is due at its new instant, also when it goes back', async () => {
    await schedule('C1', '2027-03-02T09:00:00Z');
    await schedule('C1', '2027-03-05T09:00:00Z');
    expect(await dueAt('2027-03-04T00:00:00Z')).toEqual([]);
    expect(await dueAt('2027-03-06T00:00:00Z')).toEqual(['r-C1']);
    await schedule('C1', '2027-03-02T09:00:00Z');
    expect(await dueAt('2027-03-04T00:00:00Z')).toEqual(['r-C1']);
  });

  test.each(['sent', 'answered', 'stopped', 'dead'] as const)('a reminder that is %s is not due', async (status) => {
    await schedule('C1', '2027-03-02T09:00:00Z');
    await schedule('C1', '2027-03-02T09:00:00Z', { status });
    expect(await dueAt('2027-03-04T00:00:00Z')).toEqual([]);
  });
}
