import type { Actor } from '../../src/domain/actor';
import { isOpen } from '../../src/domain/checklist/completion';
import type { Answers } from '../../src/domain/checklist/steps';
import type { WorkloadId } from '../../src/domain/vocabulary';
import { reopenChecklist } from '../../src/usecases/reopen-checklist';
import { saveChecklist } from '../../src/usecases/save-checklist';
import { submitChecklist } from '../../src/usecases/submit-checklist';
import { ALL_DONE, anEnabledWorkload, anRfaCustomer, FM, given, LEAD, NOW, TODAY } from '../builders/completion';
import { FakeCustomers } from '../fakes/fake-customers';
import { planning } from '../fakes/planning';
import { SettableClock } from '../fakes/settable-clock';

const ana: Actor = { userId: 'ana', address: FM, lead: false };
const lead: Actor = { userId: 'lead', address: LEAD, lead: true };
const early = ['queueMailed', 'movedToQueue', 'unassigned'];
const NOT_LAST: Answers = Object.fromEntries(Object.entries(ALL_DONE).filter(([id]) => !early.includes(id)));

async function start(workloads = [anEnabledWorkload()]) {
  const customers = new FakeCustomers();
  const clock = new SettableClock(NOW);
  await given(customers, anRfaCustomer(), workloads);
  const command = (token: string, answers: Answers, workload: WorkloadId = 'exchange-online') => ({
    actor: ana,
    customerId: 'C-1',
    workload,
    answers,
    seen: undefined,
    token,
    today: TODAY,
    wordNotes: () => ({ technicalEnablement: 'technical', engagementManagement: 'management' }),
  });
  const file = async () => {
    const found = await customers.load('C-1');
    if (!found) {
      throw new Error('no customer');
    }
    return found;
  };
  return { dependencies: { ...planning(clock), customers }, customers, clock, command, file };
}

test('two workloads of a request submitted at the same time: the second is the last and has to release (C6)', async () => {
  const { dependencies, command, file } = await start([anEnabledWorkload(), anEnabledWorkload({ workload: 'teams' })]);
  const outcomes = await Promise.all([
    submitChecklist(dependencies, command('one', NOT_LAST)),
    submitChecklist(dependencies, command('two', NOT_LAST, 'teams')),
  ]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['refused', 'submitted']);
  const { workloads, checklists } = await file();
  expect(workloads.filter((row) => isOpen(row, checklists))).toHaveLength(1);
});

test('a storage that is down leaves nothing behind', async () => {
  const { dependencies, customers, command, file } = await start();
  customers.failOnce(new Error('down'));
  await expect(submitChecklist(dependencies, command('t', ALL_DONE))).rejects.toThrow('down');
  expect((await file()).checklists).toEqual([]);
  expect((await customers.readLog('C-1', 10)).notes).toEqual([]);
});

test('a submit delivered again after a reopening does not close it again', async () => {
  const { dependencies, customers, command, file, clock } = await start();
  await submitChecklist(dependencies, command('t', ALL_DONE));
  clock.advance({ minutes: 1 });
  const reopening = { ...command('r', {}), actor: lead, reason: 'usage fell', wordNote: (reason: string) => reason };
  expect(await reopenChecklist(dependencies, reopening)).toMatchObject({ kind: 'reopened' });
  expect(await submitChecklist(dependencies, command('t', ALL_DONE))).toMatchObject({ kind: 'saved' });
  expect(await reopenChecklist(dependencies, reopening)).toMatchObject({ kind: 'open' });
  expect((await file()).checklists).toMatchObject([{ status: 'draft', by: LEAD }]);
  expect((await customers.readLog('C-1', 10)).notes.map(({ text }) => text)).toEqual([
    'usage fell',
    'management',
    'technical',
  ]);
});

test('release steps of a draft no longer hold once the request has another open workload, nor block it (C6)', async () => {
  const { dependencies, customers, command, file } = await start();
  await saveChecklist(dependencies, command('s', ALL_DONE));
  await customers.commit({
    customerId: 'C-1',
    base: await file(),
    workloads: [anEnabledWorkload({ workload: 'teams' })],
  });
  expect(await submitChecklist(dependencies, command('t', {}))).toMatchObject({ kind: 'submitted' });
  expect((await file()).checklists).toMatchObject([{ status: 'submitted', steps: NOT_LAST }]);
});

test('a save delivered twice is one save, not an old copy', async () => {
  const { dependencies, command, clock } = await start();
  const save = { ...command('s', { task4058: 'true' }), seen: 'none' };
  await saveChecklist(dependencies, save);
  clock.advance({ minutes: 1 });
  expect(await saveChecklist(dependencies, save)).toMatchObject({ kind: 'saved' });
  expect(await saveChecklist(dependencies, { ...save, token: 'other' })).toMatchObject({ kind: 'stale' });
});
