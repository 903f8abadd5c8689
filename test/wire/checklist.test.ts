import { MAX_STEP_TEXT } from '../../src/domain/checklist/steps';
import type { Reminder } from '../../src/domain/records';
import { exportOne } from '../../src/usecases/export-records';
import { ALL_DONE } from '../builders/completion';
import { instant } from '../builders/records';
import { LEAD } from './bot-under-test';
import { buttonOf, buttonsOf, cardOf, inputsOf, wordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted } from './gateway-customer';
import type { Json, Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let people = 0;
let ana: Person;
let customerId: string;
let name: string;

/** Every test has an FM and a customer of its own, so that none sees another's state. */
beforeEach(async () => {
  people += 1;
  // Years are counted in UTC here: elsewhere it may be the next one already.
  ana = bot.teams.person(`Ana ${people}`, { timeZone: 'UTC' });
  name = `Wingtip Toys ${people}`;
  customerId = `wingtip-${people}`;
  await put({});
});

const workload = (id: string, more: object = {}): object => gatewayWorkload(id, { activeUsers: 150, ...more });

async function put(changes: object): Promise<void> {
  const here = { region: 'APJ', accountTeam: ['atu@contoso.com'], language: 'ja' };
  const workloads = [workload('exchange-online')];
  await putAccepted(bot.url, customerId, gatewayCustomer(name, ana.email, { ...here, workloads, ...changes }));
}

const said = async (text: string, who = ana): Promise<Turn> => bot.teams.sendMessage(who, text);

/** Presses a button of a card with the card's inputs, some of them changed. */
async function pressed(card: Json, verb: string, typed: object = {}, who = ana): Promise<Json> {
  const button = buttonOf(card, verb);
  const data = { ...inputsOf(card), ...button.data, ...typed };
  return cardOf(await bot.teams.pressCard(who, verb, data, { replyToId: 'card' }));
}

/** A press made up by hand, with the contract's data alone. */
async function forged(verb: string, data: object, who = ana): Promise<Json> {
  return cardOf(await bot.teams.pressCard(who, verb, { customerId, workload: 'exchange-online', ...data }));
}

const opened = async (): Promise<Json> => cardOf(await said(`Complete ${name} Exchange`));
const file = async () => {
  const found = await bot.storage.customers.load(customerId);
  if (!found) {
    throw new Error('no such customer');
  }
  return found;
};
const notes = async () => (await bot.storage.customers.readLog(customerId, 20)).notes;
const yearEnd = (): string => `${new Date().getUTCFullYear() + 1}-12-31`;

/** Nothing of a completion is on record. */
async function expectNothingSubmitted(): Promise<void> {
  const { checklists, workloads } = await file();
  expect(checklists.filter(({ status }) => status === 'submitted')).toEqual([]);
  expect(workloads.map(({ serviceStatus }) => serviceStatus)).not.toContain('Adoption');
  expect(await notes()).toEqual([]);
}

describe('a completion', () => {
  test('is submitted: notes by field, record, service status, next action date and reminders, together', async () => {
    const reminder: Reminder = {
      id: 'r-1',
      workload: 'exchange-online',
      fm: ana.email,
      dueAt: instant('2030-01-01T09:00:00Z'),
      attempt: 1,
      ignored: 0,
      status: 'scheduled',
      sentAt: undefined,
      forDate: undefined,
      kind: 'chase',
      againAt: undefined,
    };
    const base = await file();
    await bot.storage.customers.commit({ customerId, base, reminders: [reminder] });
    const card = await opened();
    expect(wordsOf(card)).toContain('0 of 12 steps done');
    const result = await pressed(card, 'checklist.submit', ALL_DONE);
    expect(wordsOf(result)).toContain('Engagement completed');

    const { checklists, workloads, reminders } = await file();
    expect(checklists).toEqual([
      expect.objectContaining({ status: 'submitted', steps: { faqConsulted: 'false', ...ALL_DONE }, by: ana.email }),
    ]);
    expect(checklists[0]?.nextActionDate?.toString()).toBe(yearEnd());
    expect(workloads.map(({ serviceStatus }) => serviceStatus)).toEqual(['Adoption']);
    expect(reminders.map(({ status }) => status)).toEqual(['stopped']);
    const written = await notes();
    const textIn = (field: string) => written.filter((note) => note.field === field).map((note) => note.text);
    expect(textIn('technicalEnablement')).toEqual([
      expect.stringMatching(/Milestone reached \(per LYNX\): 150 active users[^]*engagement complete/),
    ]);
    const [management] = textIn('engagementManagement');
    for (const words of [
      'ATU template',
      'Follow-up e-mail',
      'Everybody is happy',
      '4058',
      'Dec 31',
      'FTCQ Inactive APJ',
    ]) {
      expect(management).toContain(words);
    }
    expect(inputsOf(result)).toMatchObject({
      'ftop-tenant': name,
      'ftop-technicalEnablement': textIn('technicalEnablement')[0],
      'ftop-engagementManagement': management,
      'ftop-queue': 'FTCQ Inactive APJ',
      'ftop-serviceStatus': 'Adoption',
    });
    const exported = await exportOne(bot.storage, customerId);
    expect(exported?.filter(({ list }) => list === 'checklists').map(({ row }) => row)).toEqual([
      {
        customerId,
        workload: 'exchange-online',
        status: 'submitted',
        steps: { faqConsulted: 'false', ...ALL_DONE },
        nextActionDate: yearEnd(),
        at: expect.stringMatching(/Z$/) as string,
        by: ana.email,
        ftop: [
          { field: 'tenant', value: name },
          { field: 'service', value: 'exchange-online' },
          { field: 'task4058', value: 'complete' },
          { field: 'technicalEnablement', value: textIn('technicalEnablement')[0] },
          { field: 'engagementManagement', value: management },
          { field: 'nextActionDate', value: yearEnd() },
          { field: 'queue', value: 'FTCQ Inactive APJ' },
          { field: 'assignedFm', value: 'none' },
          { field: 'serviceStatus', value: 'Adoption' },
        ],
      },
    ]);
  });

  test('counts once, however often the press is delivered', async () => {
    const card = await opened();
    const first = await pressed(card, 'checklist.submit', ALL_DONE);
    const second = await pressed(card, 'checklist.submit', ALL_DONE);
    expect(inputsOf(second)).toEqual(inputsOf(first));
    expect(await notes()).toHaveLength(2);
  });

  test('delivered twice at the same time counts once', async () => {
    const card = await opened();
    const press = async (): Promise<string> => wordsOf(await pressed(card, 'checklist.submit', ALL_DONE));
    const both = await Promise.all([press(), press()]);
    expect(both.filter((words) => words.includes('Engagement completed'))).toHaveLength(2);
    expect(await notes()).toHaveLength(2);
  });

  test('by an old client works the same', async () => {
    const data = { customerId, workload: 'exchange-online', ...ALL_DONE };
    await bot.teams.submitCard(ana, { verb: 'checklist.submit', ...data });
    expect((await file()).checklists.map(({ status }) => status)).toEqual(['submitted']);
  });

  test('opens with the result once it is submitted, and is reopened with a reason only', async () => {
    await forged('checklist.submit', ALL_DONE);
    const result = await opened();
    expect(wordsOf(result)).toContain('Engagement completed');
    const question = await pressed(result, 'checklist.reopen');
    const empty = await pressed(question, 'checklist.reopen', { reason: ' - ' });
    expect(wordsOf(empty)).toContain('Please give the reason in words');
    expect((await file()).checklists.map(({ status }) => status)).toEqual(['submitted']);
    const long = await pressed(empty, 'checklist.reopen', { reason: 'usage '.repeat(400) });
    expect(wordsOf(long)).toContain('longer than 2,000 characters');
    expect(inputsOf(long).reason).toHaveLength(2000);
    const draft = await pressed(empty, 'checklist.reopen', { reason: 'Usage fell **below** the milestone' });
    expect(wordsOf(draft)).toContain('Reopened.');
    expect(inputsOf(draft)).toMatchObject(ALL_DONE);
    const { checklists, workloads } = await file();
    expect(checklists).toEqual([expect.objectContaining({ status: 'draft', nextActionDate: undefined })]);
    expect(workloads.map(({ serviceStatus }) => serviceStatus)).toEqual(['Enablement']);
    expect((await notes())[0]).toMatchObject({
      field: 'engagementManagement',
      text: 'Completion of Exchange Online reopened. Reason: Usage fell **below** the milestone',
      by: ana.email,
    });
    expect(wordsOf(await pressed(draft, 'checklist.submit'))).toContain('Engagement completed');
  });
});

describe('a completion is refused', () => {
  test.each([
    ['a mandatory step missing', { task4058: 'false' }, 'Still to be done.'],
    ['the status missing (C9)', { customerStatus: ' ' }, 'Please write a few words.'],
    ['what C5 asks for missing', { accountTeamKnown: 'no' }, 'Still to be done.'],
    ['what C8 asks for missing', { readyForMore: 'yes' }, 'Please choose at least one workload.'],
    ['no service status (C14)', { serviceStatus: '' }, 'Please choose an answer.'],
    ['an invented service status', { serviceStatus: 'Completed' }, 'Please choose an answer.'],
    ['an invented workload', { readyForMore: 'yes', moreWorkloads: 'skype' }, 'is not a workload'],
    ['the FM leaving before the move (C12)', { movedToQueue: 'false' }, 'Only after the tenant has been moved'],
    ['a text too long', { customerStatus: 'x'.repeat(MAX_STEP_TEXT + 1) }, `Longer than ${MAX_STEP_TEXT}`],
  ])('with %s', async (_, change, words) => {
    const card = await pressed(await opened(), 'checklist.submit', { ...ALL_DONE, ...change });
    expect(wordsOf(card)).toContain('Not submitted yet.');
    expect(wordsOf(card)).toContain(words);
    expect(inputsOf(card)).toMatchObject({ milestoneNoted: 'true', activitiesReviewed: 'true' });
    await expectNothingSubmitted();
  });

  test.each([
    [
      'under the milestone (C1)',
      { workloads: [workload('exchange-online', { activeUsers: 99 })] },
      '99 active users, 100 needed',
    ],
    ['for a customer without RFA (C3)', { motion: 'Proactive' }, 'The motion of this customer is not RFA'],
    [
      'as a release while another workload of the request is open (C6)',
      { workloads: [workload('exchange-online'), workload('teams', { activeUsers: 3 })] },
      'other workloads of this request are still open (Microsoft Teams)',
    ],
  ])('%s', async (_, changes, words) => {
    await put(changes);
    const card = await forged('checklist.submit', ALL_DONE);
    expect(wordsOf(card)).toContain(words);
    await expectNothingSubmitted();
  });

  test('is taken without the release while another workload is open; the last one releases', async () => {
    await put({ workloads: [workload('exchange-online'), workload('teams')] });
    const card = await opened();
    expect(Object.keys(inputsOf(card))).not.toContain('queueMailed');
    const early = ['queueMailed', 'movedToQueue', 'unassigned'];
    const kept = Object.fromEntries(Object.entries(ALL_DONE).filter(([id]) => !early.includes(id)));
    expect(wordsOf(await pressed(card, 'checklist.submit', kept))).toContain('Engagement completed');
    const last = cardOf(await said(`Complete ${name} Teams`));
    expect(Object.keys(inputsOf(last))).toEqual(expect.arrayContaining(['queueMailed', 'movedToQueue', 'unassigned']));
    expect(wordsOf(await pressed(last, 'checklist.submit', kept))).toContain('Not submitted yet.');
    expect(wordsOf(await forged('checklist.submit', { ...ALL_DONE, workload: 'teams' }))).toContain(
      'Engagement completed',
    );
  });
});

describe('a forged press', () => {
  test.each([['checklist.open'], ['checklist.save'], ['checklist.submit'], ['checklist.mail'], ['checklist.reopen']])(
    '%s of another FM finds no customer',
    async (verb) => {
      const eve = bot.teams.person(`Eve ${people}`);
      const card = await forged(verb, { ...ALL_DONE, mail: 'customer', reason: 'because' }, eve);
      expect(wordsOf(card)).toBe(wordsOf(await forged(verb, { customerId: 'no-such', mail: 'customer' })));
      expect(wordsOf(card)).not.toContain(name);
      await expectNothingSubmitted();
      expect((await file()).checklists).toEqual([]);
    },
  );

  test('on a workload that the customer does not have changes nothing', async () => {
    expect(wordsOf(await forged('checklist.submit', { ...ALL_DONE, workload: 'intune' }))).toContain('I cannot find');
    await expectNothingSubmitted();
  });

  test('on a workload that does not exist asks for the workload', async () => {
    await put({ workloads: [workload('exchange-online'), workload('teams')] });
    expect(wordsOf(await forged('checklist.submit', { ...ALL_DONE, workload: 'skype' }))).toContain('Which workload?');
    await expectNothingSubmitted();
  });

  test('of a lead is taken, and signed by them', async () => {
    const lead = bot.teams.person('Lead', { email: LEAD });
    expect(wordsOf(await forged('checklist.submit', ALL_DONE, lead))).toContain('Engagement completed');
    expect((await notes()).map(({ by }) => by)).toEqual([LEAD, LEAD]);
  });
});

describe('a draft', () => {
  test('survives, shows the steps that answers call for, and loses nothing on the way', async () => {
    const first = await opened();
    const entered = { accountTeamKnown: 'no', nextSteps: 'Ask the CIO', readyForMore: 'yes' };
    const second = await pressed(first, 'checklist.save', entered);
    expect(wordsOf(second)).toContain('Draft saved.');
    expect(inputsOf(second)).toMatchObject(entered);
    expect(inputsOf(second)).toMatchObject({ noAccountTeamNoted: 'false', rfaDemoed: 'false' });
    const third = await pressed(second, 'checklist.save', { noAccountTeamNoted: 'true', accountTeamKnown: 'yes' });
    expect(Object.keys(inputsOf(third))).not.toContain('noAccountTeamNoted');
    const again = await pressed(await opened(), 'checklist.save', { accountTeamKnown: 'no' });
    expect(inputsOf(again)).toMatchObject({ ...entered, noAccountTeamNoted: 'true' });
    expect((await file()).checklists).toEqual([expect.objectContaining({ status: 'draft', by: ana.email })]);
  });

  test('does not keep that the FM left before the tenant was moved, and says so beside the step (C12)', async () => {
    const card = await pressed(await opened(), 'checklist.save', { unassigned: 'true', task4058: 'true' });
    expect(wordsOf(card)).toContain('Only after the tenant has been moved to FTCQ Inactive APJ');
    expect(inputsOf(card)).toMatchObject({ unassigned: 'false', task4058: 'true' });
    expect((await file()).checklists[0]?.steps).not.toMatchObject({ unassigned: 'true' });
  });

  test('is not overwritten from an old copy: the current card is shown, with the other entries beside it', async () => {
    const [phone, desktop] = [await opened(), await opened()];
    await pressed(phone, 'checklist.save', { task4058: 'true', customerStatus: 'from the phone' });
    const entered = { followUpMailed: 'true', customerStatus: 'from the **desktop**' };
    for (const verb of ['checklist.save', 'checklist.submit']) {
      const shown = await pressed(desktop, verb, entered);
      expect(inputsOf(shown)).toMatchObject({ task4058: 'true', customerStatus: 'from the phone' });
      expect(wordsOf(shown)).toContain(`${ana.email} saved this checklist`);
      expect(wordsOf(shown)).toContain('Your entry: from the **desktop**');
    }
    expect((await file()).checklists[0]?.steps).toMatchObject({ task4058: 'true', customerStatus: 'from the phone' });
    const current = await pressed(desktop, 'checklist.save', entered);
    const mine = buttonOf(current, 'checklist.save', 'Use my entries instead');
    const merged = cardOf(await bot.teams.pressCard(ana, mine.verb, mine.data));
    expect(inputsOf(merged)).toMatchObject({ task4058: 'true', ...entered });
  });

  test('of two people at once: one is saved, the other sees it', async () => {
    const lead = bot.teams.person('Lead', { email: LEAD });
    const theirs = cardOf(await said(`Complete ${name} Exchange`, lead));
    const [one, other] = [await opened(), theirs];
    const shown = await Promise.all([
      pressed(one, 'checklist.save', { task4058: 'true' }),
      pressed(other, 'checklist.save', { followUpMailed: 'true' }, lead),
    ]);
    const stale = shown.filter((card) => wordsOf(card).includes('saved this checklist'));
    expect(stale).toHaveLength(1);
    expect((await file()).checklists).toHaveLength(1);
  });
});

describe('mails', () => {
  const linkOf = (card: Json): URL => {
    const found = JSON.stringify(card).match(/"url":"([^"]+)"/);
    return new URL(found?.[1] ?? '');
  };

  test('to the customer are in its language, after the entries were saved, in any other on request', async () => {
    const card = await opened();
    const button = buttonOf(card, 'checklist.mail', 'E-mail to the customer');
    const data = { ...inputsOf(card), ...button.data, readyForMore: 'no', task4058: 'true' };
    const mail = cardOf(await bot.teams.pressCard(ana, 'checklist.mail', data));
    expect(inputsOf(mail).mailBody).toContain('FastTrack をご利用ください');
    expect(wordsOf(mail)).toContain('I have no address for the customer’s contact.');
    expect(linkOf(mail).searchParams.get('subject')).toBe(inputsOf(mail).mailSubject);
    expect(linkOf(mail).searchParams.has('to')).toBe(false);
    const english = await pressed(mail, 'checklist.mail', { mailLanguage: 'en' });
    expect(inputsOf(english).mailBody).toContain('FastTrack is there for you');
    expect(inputsOf(await pressed(english, 'checklist.open'))).toMatchObject({ readyForMore: 'no', task4058: 'true' });
  });

  test('differ for a customer who is ready for more', async () => {
    await forged('checklist.save', { readyForMore: 'yes', moreWorkloads: 'teams,intune' });
    const mail = await forged('checklist.mail', { mail: 'customer', mailLanguage: 'en' });
    expect(inputsOf(mail).mailBody).toContain('Microsoft Teams and Intune');
  });

  test('to the account team go to its addresses', async () => {
    const mail = await forged('checklist.mail', { mail: 'accountTeam' });
    expect(linkOf(mail).searchParams.get('to')).toBe('atu@contoso.com');
  });

  test('to the assignment team name tenant and queue', async () => {
    const mail = await forged('checklist.mail', { mail: 'assignmentTeam' });
    expect(inputsOf(mail).mailBody).toContain(`${name} (${customerId})`);
    expect(inputsOf(mail).mailSubject).toBe(`Please move ${name} to FTCQ Inactive APJ`);
  });
});

describe('a sentence', () => {
  test.each([
    ['Complete {c} Exchange', 'Complete the engagement'],
    ['Die Beteiligung von {c} für Exchange abschließen', 'Beteiligung abschließen'],
    ['Concluir o envolvimento de {c} Exchange', 'Concluir o envolvimento'],
    ['完成 {c} Exchange 的接洽', '完成接洽'],
    ['{c} の Exchange のエンゲージメントを完了する', 'エンゲージメントの完了'],
  ])('%s opens the checklist', async (sentence, title) => {
    expect(wordsOf(cardOf(await said(sentence.replace('{c}', name))))).toContain(title);
  });

  test('without a workload asks which one, by button or by typing', async () => {
    await put({ workloads: [workload('exchange-online'), workload('teams')] });
    const question = cardOf(await said(`Complete ${name}`));
    expect(buttonsOf(question).map(({ title }) => title)).toEqual(['Exchange Online', 'Microsoft Teams']);
    expect(wordsOf(cardOf(await said('Teams')))).toContain(`${name} · Microsoft Teams`);
    expect(wordsOf(await pressed(question, 'checklist.open'))).toContain(`${name} · Exchange Online`);
  });

  test('without a customer asks whose, by button or by typing', async () => {
    const question = cardOf(await said('Complete the engagement'));
    expect(buttonsOf(question).map(({ title }) => title)).toEqual([name]);
    expect(wordsOf(cardOf(await said(name)))).toContain(`${name} · Exchange Online`);
  });
});

describe('storage', () => {
  const requests = async (): Promise<number> => {
    const metrics = await (await fetch(`${bot.url}/metrics`)).text();
    return Number(/^fm_storage_requests_total (\d+)/m.exec(metrics)?.[1]);
  };
  /** Requests of a turn, those included that go on behind its answer. */
  async function costOf(turn: () => Promise<unknown>): Promise<number> {
    const before = await requests();
    await turn();
    let [last, now] = [-1, await requests()];
    while (now !== last) {
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 50));
      now = await requests();
    }
    return now - before;
  }

  test('is asked at most five times to open by a sentence, and at most five times to submit', async () => {
    // The bot works on its own, too (a sweep, an offer): the cheapest of three is what the turn costs.
    const costs: { readonly open: number; readonly submit: number }[] = [];
    for (const round of [1, 2, 3]) {
      name = `Litware ${people}-${round}`;
      customerId = `litware-${people}-${round}`;
      await put({});
      await opened();
      const open = await costOf(opened);
      const card = await opened();
      costs.push({ open, submit: await costOf(async () => pressed(card, 'checklist.submit', ALL_DONE)) });
    }
    expect(Math.min(...costs.map(({ open }) => open))).toBeLessThanOrEqual(5);
    expect(Math.min(...costs.map(({ submit }) => submit))).toBeLessThanOrEqual(5);
  });
});

describe('open completions', () => {
  test.each([
    ['open completions', 'Open completions'],
    ['Welche Abschlüsse sind offen?', 'Offene Abschlüsse'],
    ['Quais conclusões estão em aberto?', 'Conclusões em aberto'],
    ['未结的完成流程', '待办的完成流程'],
    ['未完了の完了手続き一覧', '未処理の完了手続き'],
  ])('%s lists them', async (sentence, title) => {
    const card = cardOf(await said(sentence));
    expect(wordsOf(card)).toContain(title);
    expect(wordsOf(card)).toContain(name);
  });

  test('shows a lead those of everybody, by stage, and opens each', async () => {
    const lead = bot.teams.person('Lead', { email: LEAD });
    const pages = async (): Promise<string> => {
      let card = cardOf(await said('open completions', lead));
      let words = wordsOf(card);
      while (buttonsOf(card).some(({ verb }) => verb === 'completions.show')) {
        card = await pressed(card, 'completions.show', {}, lead);
        words += wordsOf(card);
      }
      return words;
    };
    expect(await pages()).toMatch(new RegExp(`Milestone reached, no checklist yet[^]*${name}\\n`));
    await forged('checklist.save', { queueMailed: 'true' });
    expect(await pages()).toMatch(new RegExp(`Waiting for the queue move[^]*${name}\\n`));
    await forged('checklist.submit', ALL_DONE);
    expect(await pages()).not.toContain(`${name}\n`);
  });
});

test('asks for the customers that have reached a milestone first', async () => {
  const early = { workloads: [gatewayWorkload('teams', { activeUsers: 1 })] };
  await putAccepted(bot.url, `a-datum-${people}`, gatewayCustomer(`A. Datum ${people}`, ana.email, early));
  const asked = buttonsOf(cardOf(await said('complete engagement')));
  expect(asked.map(({ title }) => title)).toEqual([name, `A. Datum ${people}`]);
});
