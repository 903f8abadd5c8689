import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { completionFacts, nextActionDateAfter } from '../../../src/domain/checklist/completion';
import {
  draftOf,
  isRequired,
  problemsOf,
  progressOf,
  recordedAnswers,
  visibleSteps,
} from '../../../src/domain/checklist/decision';
import type { CompletionFacts } from '../../../src/domain/checklist/completion';
import type { Answers, Step, StepId } from '../../../src/domain/checklist/steps';
import { faultOf, MAX_STEP_TEXT, readAnswers, RELEASE_STEPS, STEPS } from '../../../src/domain/checklist/steps';
import type { Checklist, Customer, Workload } from '../../../src/domain/records';
import { L1_STATUSES, REGIONS, SERVICE_STATUSES, WORKLOADS } from '../../../src/domain/vocabulary';
import { ALL_DONE, anEnabledWorkload, anRfaCustomer, NOW } from '../../builders/completion';

const factsFor = (customer: Customer, workloads: readonly Workload[], checklists: readonly Checklist[] = []) =>
  completionFacts({ customer, workloads, checklists }, workloads[0] ?? anEnabledWorkload());

const exchange = anEnabledWorkload();
const teams = anEnabledWorkload({ workload: 'teams' });
const alone = factsFor(anRfaCustomer(), [exchange]);
const withTeams = factsFor(anRfaCustomer(), [exchange, teams]);

const problems = (facts: CompletionFacts, answers: Answers): string[] =>
  problemsOf(facts, answers).map(({ step, reason }) => `${step}: ${reason}`);

const without = (answers: Answers, ...ids: StepId[]): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => !ids.includes(id as StepId)));

describe('submitting', () => {
  it('takes a completion of which every step is done', () => {
    expect(problems(alone, ALL_DONE)).toEqual([]);
  });

  it.each(Object.keys(ALL_DONE) as StepId[])('misses %s', (id) => {
    expect(problems(alone, without(ALL_DONE, id))).toContain(`${id}: missing`);
  });

  it('asks for what C5 asks for when the account team is unknown', () => {
    const answers = { ...without(ALL_DONE, 'accountTeamMailed'), accountTeamKnown: 'no' };
    expect(problems(alone, answers)).toEqual([
      'noAccountTeamNoted: missing',
      'faqConsulted: missing',
      'nextSteps: missing',
    ]);
    const noted = { noAccountTeamNoted: 'true', faqConsulted: 'true', nextSteps: 'Ask their CIO' };
    expect(problems(alone, { ...answers, ...noted })).toEqual([]);
  });

  it('asks for the same when the account is not managed, besides the mail to a team that is known', () => {
    const unmanaged = factsFor(anRfaCustomer({ accountManaged: false }), [exchange]);
    expect(problems(unmanaged, without(ALL_DONE, 'accountTeamMailed'))).toEqual([
      'accountTeamMailed: missing',
      'noAccountTeamNoted: missing',
      'faqConsulted: missing',
      'nextSteps: missing',
    ]);
  });

  it('asks for what C8 asks for when the customer is ready for more, and needs no status then', () => {
    const answers = { ...without(ALL_DONE, 'customerStatus'), readyForMore: 'yes' };
    expect(problems(alone, answers)).toEqual(['moreWorkloads: missing', 'rfaExplained: missing', 'rfaDemoed: missing']);
    const more = { moreWorkloads: 'teams,intune', rfaExplained: 'true', rfaDemoed: 'true' };
    expect(problems(alone, { ...answers, ...more })).toEqual([]);
  });

  it('refuses a release while another workload of the request is open (C6)', () => {
    expect(problems(withTeams, ALL_DONE)).toEqual([
      'queueMailed: otherOpen',
      'movedToQueue: otherOpen',
      'unassigned: otherOpen',
    ]);
    expect(problems(withTeams, without(ALL_DONE, ...RELEASE_STEPS))).toEqual([]);
  });

  it('refuses that the FM leaves before the tenant is moved (C12)', () => {
    expect(problems(alone, { ...ALL_DONE, movedToQueue: 'false' })).toEqual([
      'movedToQueue: missing',
      'unassigned: notMovedYet',
    ]);
  });

  it('refuses under the milestone, and for customers who did not come by an RFA', () => {
    const few = factsFor(anRfaCustomer(), [anEnabledWorkload({ activeUsers: 99 })]);
    expect(problems(few, ALL_DONE)).toEqual(['milestoneNoted: underMilestone']);
    const other = factsFor(anRfaCustomer({ motion: 'Proactive' }), [exchange]);
    expect(problems(other, ALL_DONE)).toEqual(['milestoneNoted: notRfa']);
  });

  it.each([
    ['nextSteps', 'x'.repeat(MAX_STEP_TEXT), undefined],
    ['nextSteps', 'x'.repeat(MAX_STEP_TEXT + 1), 'nextSteps: tooLong'],
    ['customerStatus', ' \n- ', 'customerStatus: missing'],
    ['serviceStatus', '', 'serviceStatus: missing'],
  ] as const)('judges %s by what is in it', (id, answer, expected) => {
    expect(problems(alone, { ...ALL_DONE, [id]: answer })).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('the last open workload of a request (C6)', () => {
  const draft = (workload: Checklist['workload'], status: Checklist['status']): Checklist => ({
    workload,
    status,
    steps: {},
    nextActionDate: undefined,
    at: NOW,
    by: 'x',
  });
  it.each([
    ['in enablement', teams, [], ['teams']],
    ['in enablement with a draft', teams, [draft('teams', 'draft')], ['teams']],
    ['submitted', teams, [draft('teams', 'submitted')], []],
    ['in adoption', { ...teams, serviceStatus: 'Adoption' }, [], []],
    ['blocked for now', { ...teams, l1Status: 'Blocked' }, [], ['teams']],
    ['without intent', { ...teams, l1Status: 'NoIntent' }, [], []],
    ['of another request', { ...teams, requestId: 'RFA-2' }, [], []],
  ] as [string, Workload, Checklist[], string[]][])('counts one that is %s', (_, other, checklists, open) => {
    expect(factsFor(anRfaCustomer(), [exchange, other], checklists).otherOpen).toEqual(open);
  });
});

describe('drafts', () => {
  it('keep what is hidden, so that answering back and forth loses nothing', () => {
    const answers = { ...ALL_DONE, accountTeamKnown: 'no', readyForMore: 'yes' };
    expect(draftOf(alone, answers)).toEqual({ kept: answers, problems: [] });
  });

  it('do not take a release before its time', () => {
    const { kept, problems: told } = draftOf(alone, { movedToQueue: 'false', unassigned: 'true' });
    expect(kept).toEqual({ movedToQueue: 'false' });
    expect(told).toEqual([{ step: 'unassigned', reason: 'notMovedYet' }]);
    expect(draftOf(withTeams, ALL_DONE).kept).toEqual(without(ALL_DONE, ...RELEASE_STEPS));
  });

  it('do not take a text that is too long, nor what is no workload', () => {
    const answers = { nextSteps: 'x'.repeat(MAX_STEP_TEXT + 1), readyForMore: 'yes', moreWorkloads: 'teams,skype' };
    expect(draftOf(alone, answers).kept).toEqual({ readyForMore: 'yes' });
  });
});

describe('progress', () => {
  it.each([
    [{}, 0, 12],
    [ALL_DONE, 14, 14],
    [{ ...ALL_DONE, accountTeamKnown: 'no' }, 13, 16],
    [{ milestoneNoted: 'true', faqConsulted: 'true' }, 1, 12],
    [{ milestoneNoted: 'true', unassigned: 'true' }, 1, 12],
  ] as [Answers, number, number][])('counts the obligatory steps that are called for', (answers, done, total) => {
    expect(progressOf(alone, answers)).toEqual({ done, total });
  });
});

describe('reading answers', () => {
  it('takes only what a step can be', () => {
    const read = readAnswers({
      milestoneNoted: true,
      accountTeamMailed: 'maybe',
      accountTeamKnown: 'perhaps',
      moreWorkloads: ' teams , intune,teams,',
      nextSteps: 5,
      customerStatus: ' as typed ',
      task4058: { evil: 'true' },
      constructor: 'true',
    });
    expect(read).toEqual({ milestoneNoted: 'true', moreWorkloads: 'teams,intune', customerStatus: ' as typed ' });
  });
});

describe('next action date (C11)', () => {
  it.each([
    ['2026-01-01', '2027-12-31'],
    ['2026-12-31', '2027-12-31'],
    ['2028-02-29', '2029-12-31'],
  ])('submitted on %s is %s', (today, expected) => {
    expect(nextActionDateAfter(Temporal.PlainDate.from(today)).toString()).toBe(expected);
  });
});

const answerOf = (id: StepId): fc.Arbitrary<string> => {
  const step = STEPS.find((each) => each.id === id);
  const answers: Readonly<Record<Step['kind'], readonly string[]>> = {
    toggle: ['true', 'true', 'false'],
    choice: ['', ...(step?.options ?? [])],
    workloads: ['', 'teams', 'teams,intune', 'skype'],
    text: ['', '  ', 'words', '次のステップ', 'x'.repeat(MAX_STEP_TEXT + 1)],
  };
  return fc.constantFrom(...answers[step?.kind ?? 'toggle']);
};
const someAnswers: fc.Arbitrary<Answers> = fc.record(
  Object.fromEntries(STEPS.map(({ id }) => [id, answerOf(id)])) as Record<StepId, fc.Arbitrary<string>>,
  { requiredKeys: [] },
);
const someCustomer = fc
  .record({
    region: fc.constantFrom(...REGIONS),
    seats: fc.oneof(fc.constantFrom(0, 1, 9, 999, 1000, 1001), fc.nat(5000)),
    motion: fc.constantFrom('RFA', 'RFA', 'rfa ', 'Proactive'),
    accountManaged: fc.boolean(),
    accountTeam: fc.constantFrom([], ['atu@contoso.example']),
  })
  .map((change) => anRfaCustomer(change));
const someWorkload = fc
  .record({
    requestId: fc.constantFrom('RFA-1', 'RFA-1', 'RFA-2'),
    l1Status: fc.constantFrom(...L1_STATUSES),
    serviceStatus: fc.constantFrom(...SERVICE_STATUSES),
    activeUsers: fc.oneof(fc.constantFrom(0, 1, 99, 100, 101), fc.nat(2000)),
  })
  .map((change) => anEnabledWorkload(change));
const someFacts = fc
  .tuple(someCustomer, fc.array(someWorkload, { minLength: 1, maxLength: WORKLOADS.length }))
  .map(([customer, rows]) => {
    const workloads = WORKLOADS.flatMap((workload, place) => (rows[place] ? [{ ...rows[place], workload }] : []));
    return { workloads, facts: factsFor(customer, workloads) };
  });

describe('over random customers and answers', () => {
  it('nothing is submitted that the playbook forbids', () => {
    fc.assert(
      fc.property(someFacts, someAnswers, ({ facts }, answers) => {
        if (problemsOf(facts, answers).length > 0) {
          return;
        }
        expect(facts.milestone.reached && facts.rfa).toBe(true);
        for (const step of visibleSteps(facts, answers).filter((each) => isRequired(each, facts, answers))) {
          expect(faultOf(step, answers[step.id])).toBeUndefined();
        }
        if (facts.otherOpen.length > 0) {
          expect(RELEASE_STEPS.filter((step) => answers[step] === 'true')).toEqual([]);
        } else {
          expect(RELEASE_STEPS.every((step) => answers[step] === 'true')).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('doing what is named as missing, again and again, ends in a completion that is taken', () => {
    const good: Readonly<Record<string, string>> = {
      choice: 'yes',
      toggle: 'true',
      text: 'words',
      workloads: 'teams,intune',
    };
    const repair = (facts: CompletionFacts, answers: Answers): Answers => {
      const [first] = problemsOf(facts, answers);
      const step = STEPS.find(({ id }) => id === first?.step);
      if (!first || !step) {
        return answers;
      }
      const value =
        first.reason === 'otherOpen' ? 'false' : step.id === 'serviceStatus' ? 'Migration' : good[step.kind];
      return { ...answers, [step.id]: value };
    };
    fc.assert(
      fc.property(someFacts, someAnswers, ({ facts }, start) => {
        fc.pre(facts.milestone.reached && facts.rfa);
        let answers = start;
        STEPS.forEach(() => (answers = repair(facts, answers)));
        expect(problemsOf(facts, answers)).toEqual([]);
        expect(progressOf(facts, answers)).toMatchObject({ done: progressOf(facts, answers).total });
      }),
      { numRuns: 1000 },
    );
  });

  it('a record holds the answers of the steps that applied, and would be taken again', () => {
    fc.assert(
      fc.property(someFacts, someAnswers, ({ facts }, answers) => {
        const recorded = recordedAnswers(facts, answers);
        const shown = visibleSteps(facts, answers).map(({ id }) => id as string);
        expect(Object.keys(recorded).every((id) => shown.includes(id))).toBe(true);
        const before = problems(facts, answers).filter((told) => !told.endsWith('otherOpen'));
        expect(problems(facts, recorded)).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  it('a draft never keeps a release step before its time', () => {
    fc.assert(
      fc.property(someFacts, someAnswers, ({ facts }, answers) => {
        const { kept } = draftOf(facts, answers);
        expect(kept.unassigned === 'true' && kept.movedToQueue !== 'true').toBe(false);
        expect(facts.otherOpen.length > 0 && RELEASE_STEPS.some((step) => kept[step] === 'true')).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
