import { emptyDraft, missingSlot, settleShift, settleWorkload } from '../../src/dialogs/start-date-draft';
import type { StartDateDraft } from '../../src/dialogs/start-date-draft';
import { aWorkload, day } from '../builders/records';

const draft = (changes: Partial<StartDateDraft> = {}): StartDateDraft => ({ ...emptyDraft('id', 'en'), ...changes });
const customer = { customerId: 'contoso', name: 'Contoso' };
const chosenDay = { iso: '2026-12-08', precision: 'day' } as const;

describe('what is asked next', () => {
  test.each<[string, Partial<StartDateDraft>, string | undefined]>([
    ['nothing known', {}, 'customer'],
    ['a customer', { customer }, 'workload'],
    ['customer and workload', { customer, workload: 'teams' }, 'date'],
    ['everything but why', { customer, workload: 'teams', day: chosenDay }, 'occasion'],
    ['an occasion too', { customer, workload: 'teams', day: chosenDay, occasion: 'kickoff' }, 'reason'],
    [
      'a reason but no occasion: the form asks',
      { customer, workload: 'teams', day: chosenDay, reason: 'x' },
      undefined,
    ],
  ])('%s', (_name, known, slot) => {
    expect(missingSlot(draft(known))).toBe(slot);
  });
});

describe('the workload', () => {
  const exchange = aWorkload();
  const intune = aWorkload({ workload: 'intune', l1Status: 'Blocked' });
  const teams = aWorkload({ workload: 'teams' });

  test('is taken without asking when only one is In Progress (S2)', () => {
    expect(settleWorkload(draft({ customer }), [exchange, intune]).workload).toBe('exchange-online');
  });
  test('is asked about among those In Progress (S2)', () => {
    const settled = settleWorkload(draft({ customer }), [exchange, intune, teams]);
    expect([settled.workload, settled.workloadChoices]).toEqual([undefined, ['exchange-online', 'teams']]);
  });
  test('is refused when it is not In Progress, and the others are offered (S2)', () => {
    const settled = settleWorkload(draft({ customer, workload: 'intune' }), [exchange, intune]);
    expect(settled).toMatchObject({
      workload: undefined,
      workloadChoices: ['exchange-online'],
      problem: { kind: 'workloadRefused', workload: 'intune' },
    });
  });
  test('that the customer does not have is said so', () => {
    const settled = settleWorkload(draft({ customer, workload: 'onedrive' }), [exchange]);
    expect(settled.problem).toEqual({ kind: 'workloadMissing', workload: 'onedrive' });
  });
});

describe('a shift', () => {
  test.each([
    [{ days: 14, months: 0 }, '2027-02-14'],
    [{ days: 0, months: 1 }, '2027-02-28'],
    [{ days: -7, months: 0 }, '2027-01-24'],
  ])('%j is counted from the current start date', (shift, iso) => {
    const current = aWorkload({ startDate: { date: day('2027-01-31'), precision: 'day', source: 'fm' } });
    expect(settleShift(draft({ shift }), current.startDate?.date).day).toEqual({ iso, precision: 'day' });
  });
  test('without a current date leaves the date open', () => {
    const settled = settleShift(draft({ shift: { days: 14, months: 0 } }), undefined);
    expect([settled.day, settled.shift]).toEqual([undefined, undefined]);
  });
});
