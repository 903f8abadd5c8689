import { allOf } from './all-of';
import type { CustomerChange, CustomerFile, Customers } from '../../src/ports/customers';
import {
  bareWorkload,
  checklist,
  contact,
  customer,
  note,
  reminder,
  startDateChange,
  workload,
} from './sample-records';

/** Every implementation of Customers behaves like this. @param open gives an empty store. */
export function customersContract(open: () => Customers): void {
  let customers: Customers;
  beforeEach(() => {
    customers = open();
  });

  const create = async (change: Partial<CustomerChange> = {}): Promise<CustomerFile> => {
    const id = change.customer?.id ?? 'CUST-1';
    const whole = { customerId: id, base: undefined, customer: customer(), workloads: [workload()], ...change };
    expect(await customers.commit(whole)).toEqual({ kind: 'committed' });
    return loaded(id);
  };
  const loaded = async (id = 'CUST-1'): Promise<CustomerFile> => {
    const file = await customers.load(id);
    if (file === undefined) {
      throw new Error(`${id} is not there`);
    }
    return file;
  };

  test('a customer nobody wrote is undefined', async () => {
    expect(await customers.load('nobody')).toBeUndefined();
    expect(await customers.load('x'.repeat(2000))).toBeUndefined();
    expect(await customers.actionOutcome('nobody', 'token')).toBeUndefined();
    expect(await customers.readLog('nobody', 5)).toEqual({ notes: [], startDateChanges: [], contacts: [] });
  });

  test('everything comes back as it was written', async () => {
    const file = await create({
      workloads: [workload(), bareWorkload()],
      reminders: [reminder()],
      checklists: [checklist()],
      notes: [note()],
      startDateChanges: [startDateChange({ from: undefined })],
      contacts: [contact()],
    });
    expect(file).toEqual({
      customer: customer(),
      workloads: [workload(), bareWorkload()],
      reminders: [reminder()],
      checklists: [checklist()],
      version: file.version,
    });
    expect(await customers.readLog('CUST-1', 5)).toEqual({
      notes: [note()],
      startDateChanges: [startDateChange({ from: undefined })],
      contacts: [contact()],
    });
  });

  test('what is put replaces the row of its key and leaves the others', async () => {
    const base = await create({ workloads: [workload(), bareWorkload()], reminders: [reminder()] });
    const bare = workload({ startDate: undefined, lastContact: undefined, activeUsers: 9 });
    await customers.commit({ customerId: 'CUST-1', base, workloads: [bare] });
    const file = await loaded();
    expect(file.workloads).toEqual([bare, bareWorkload()]);
    expect(file.reminders).toEqual([reminder()]);
    expect(file.customer).toEqual(customer());
  });

  test('a customer can lose its FM', async () => {
    const base = await create();
    await customers.commit({ customerId: 'CUST-1', base, customer: customer({ fm: undefined }) });
    expect((await loaded()).customer).toEqual(customer({ fm: undefined }));
  });

  test('of 20 commits on one base exactly one is committed', async () => {
    const base = await create();
    const results = await Promise.all(
      Array.from({ length: 20 }, async (_, index) =>
        customers.commit({ customerId: 'CUST-1', base, notes: [note({ text: `note ${index}` })] }),
      ),
    );
    expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'conflict')).toHaveLength(19);
    expect((await customers.readLog('CUST-1', 50)).notes).toHaveLength(1);
  });

  test('of 20 that create one customer exactly one does', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, async () =>
        customers.commit({ customerId: 'CUST-1', base: undefined, customer: customer() }),
      ),
    );
    expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'conflict')).toHaveLength(19);
  });

  test('commits on different workloads of one customer conflict too: rules span workloads (C6)', async () => {
    const base = await create({ workloads: [workload(), bareWorkload()] });
    const first = await customers.commit({ customerId: 'CUST-1', base, workloads: [workload({ activeUsers: 8 })] });
    const second = await customers.commit({
      customerId: 'CUST-1',
      base,
      workloads: [bareWorkload({ activeUsers: 8 })],
    });
    expect([first.kind, second.kind]).toEqual(['committed', 'conflict']);
    expect((await loaded()).workloads).toEqual([workload({ activeUsers: 8 }), bareWorkload()]);
  });

  test('a token is done once; the second press gets the first outcome and writes nothing', async () => {
    const base = await create();
    const press = { customerId: 'CUST-1', base, notes: [note()], action: { token: 'T/1#?', outcome: { saved: 'é' } } };
    expect(await customers.commit(press)).toEqual({ kind: 'committed' });
    const again = { ...press, action: { token: 'T/1#?', outcome: 'other' } };
    expect(await customers.commit(again)).toEqual({ kind: 'alreadyDone', outcome: { saved: 'é' } });
    expect(await customers.commit({ ...again, base: await loaded() })).toEqual({
      kind: 'alreadyDone',
      outcome: { saved: 'é' },
    });
    expect((await customers.readLog('CUST-1', 50)).notes).toHaveLength(1);
    expect(await customers.actionOutcome('CUST-1', 'T/1#?')).toEqual({ saved: 'é' });
    expect(await customers.actionOutcome('CUST-1', 'T/2')).toBeUndefined();
  });

  test('of 20 presses with one token one is committed and the others are told its outcome', async () => {
    const base = await create();
    const results = await Promise.all(
      Array.from({ length: 20 }, async () =>
        customers.commit({ customerId: 'CUST-1', base, notes: [note()], action: { token: 'T', outcome: 1 } }),
      ),
    );
    expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'alreadyDone' && result.outcome === 1)).toHaveLength(19);
  });

  test('the log is newest first, and no longer than asked', async () => {
    let base = await create();
    for (const [hour, text] of [
      ['08', 'old'],
      ['23', 'newest'],
      ['12', 'middle'],
    ] as const) {
      const written = note({
        text,
        at: note().at.add({ hours: Number(hour) }),
      });
      await customers.commit({ customerId: 'CUST-1', base, notes: [written] });
      base = await loaded();
    }
    const texts = async (limit: number) => (await customers.readLog('CUST-1', limit)).notes.map(({ text }) => text);
    expect(await texts(Infinity)).toEqual(['newest', 'middle', 'old']);
    expect(await texts(2)).toEqual(['newest', 'middle']);
  });

  test('of two entries of one commit the later one is the newer', async () => {
    await create({ notes: [note({ text: 'first' }), note({ text: 'second' })] });
    expect((await customers.readLog('CUST-1', 1)).notes.map(({ text }) => text)).toEqual(['second']);
  });

  test('100 rows are committed, 101 are refused and nothing of them is written', async () => {
    const base = await create();
    const notes = Array.from({ length: 100 }, (_, index) => note({ text: `${index}` }));
    await expect(customers.commit({ customerId: 'CUST-1', base, notes })).rejects.toMatchObject({
      code: 'storage-limit',
    });
    expect((await customers.readLog('CUST-1', 200)).notes).toHaveLength(0);
    expect(await customers.commit({ customerId: 'CUST-1', base, notes: notes.slice(1) })).toEqual({
      kind: 'committed',
    });
    expect((await customers.readLog('CUST-1', 200)).notes).toHaveLength(99);
  });

  test.each([
    ['32,768 and more', 'a'.repeat(40_000)],
    ['more than 64 KiB of UTF-8', '予定'.repeat(16_000)],
    ['pairs at the seam', `a${'😀'.repeat(20_000)}`],
  ])('a note of %s characters comes back whole', async (_, text) => {
    await create({ notes: [note({ text })], startDateChanges: [startDateChange({ reason: text })] });
    const log = await customers.readLog('CUST-1', 5);
    expect(log.notes[0]?.text === text).toBe(true);
    expect(log.startDateChanges[0]?.reason === text).toBe(true);
  });

  test.each([
    'a/b\\c#d?e',
    'it\'s 100% "sure"',
    'tab\tnew\nline\u007f\u0000',
    '株式会社',
    'a~002f',
    'A',
    'a',
    '..',
    ' ',
  ])('customer id %j is a key like any other', async (id) => {
    await create({ customerId: id, customer: customer({ id }), notes: [note()] });
    const base = await loaded(id);
    expect(await customers.commit({ customerId: id, base, workloads: [workload({ activeUsers: 1 })] })).toEqual({
      kind: 'committed',
    });
    expect((await loaded(id)).customer.id).toBe(id);
    expect((await customers.readLog(id, 2)).notes).toHaveLength(1);
    expect(await allOf(customers.allIds())).toEqual([id]);
  });

  test('what was given and what was loaded are copies', async () => {
    const steps = { nextSteps: 'call' };
    const base = await create({ checklists: [checklist({ steps })] });
    steps.nextSteps = 'changed';
    (base.checklists[0]?.steps as Record<string, string>)['nextSteps'] = 'changed';
    expect((await loaded()).checklists[0]?.steps).toEqual({ nextSteps: 'call' });
  });

  test('a base that was not loaded is a mistake, not a conflict', async () => {
    const base = { ...(await create()), version: { made: 'up' } };
    await expect(customers.commit({ customerId: 'CUST-1', base, notes: [note()] })).rejects.toThrow(TypeError);
  });
}
