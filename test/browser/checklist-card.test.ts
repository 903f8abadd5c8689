import type { Browser } from 'playwright-core';
import { checklistCard } from '../../src/cards/checklist';
import { mailCard } from '../../src/cards/checklist-mail';
import { completionFacts } from '../../src/domain/checklist/completion';
import { problemsOf } from '../../src/domain/checklist/decision';
import { LANGUAGES, WORKLOADS } from '../../src/domain/vocabulary';
import { ALL_DONE, anEnabledWorkload, anRfaCustomer } from '../builders/completion';
import { openCardPage } from './card-page';
import { launchChromium } from './chromium';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser.close());

const customer = anRfaCustomer({
  name: 'Öffentlich-rechtliche Versicherungsgesellschaft Donaudampfschifffahrt',
  accountTeam: ['account.team@a-subsidiary.example'],
  accountManaged: false,
});
const workload = anEnabledWorkload({ workload: 'purview-information-protection', activeUsers: 12 });
const ten = WORKLOADS.map((each) => anEnabledWorkload({ workload: each, activeUsers: 12 }));
const facts = completionFacts({ customer, workloads: ten, checklists: [] }, workload);
const answers = { ...ALL_DONE, readyForMore: 'yes', accountTeamMailed: 'false', moreWorkloads: 'teams,intune' };
const context = { customer, workload: workload.workload, facts, answers };

describe.each(LANGUAGES)('at 320 px in %s', (language) => {
  test.each(['light', 'dark'] as const)('the checklist of one of ten workloads cuts nothing off, %s', async (theme) => {
    const problems = problemsOf(facts, answers);
    const card = await checklistCard(language, {
      ...context,
      seen: 'none',
      token: 'token',
      said: { kind: 'refused', problems },
    });
    const drawn = await openCardPage(browser, card, { width: 320, theme });
    await drawn.screenshot(`checklist-320-${theme}-${language}`);
    expect(await drawn.overflowing()).toEqual([]);
    await drawn.close();
  });

  test('a mail cuts nothing off', async () => {
    const drawn = await openCardPage(browser, await mailCard(language, 'accountTeam', context), { width: 320 });
    expect(await drawn.overflowing()).toEqual([]);
    await drawn.close();
  });
});
