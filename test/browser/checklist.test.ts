import type { Locator } from 'playwright-core';
import type { StepId } from '../../src/domain/checklist/steps';
import { text } from '../../src/locales/catalog';
import type { Chat } from './chat';
import type { Session } from './session';
import { startSession } from './session';

const KEY = 'gateway-key-of-the-browser-test';
const FM = 'alexw@example.com';
const QUEUE = 'FTCQ Inactive EMEA';
let session: Session;

beforeAll(async () => {
  session = await startSession({ env: { GATEWAY_KEYS: KEY } });
});
afterAll(async () => session.end());

/** A customer at the milestone, with nothing else in its request. */
async function put(customerId: string, name: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${session.bot.port}/api/gateway/customers/${customerId}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name,
      region: 'EMEA',
      seats: 800,
      motion: 'RFA',
      deliveryChannel: 'FTC',
      fm: FM,
      accountManaged: true,
      accountTeam: ['account.team@example.com'],
      language: 'ja',
      workloads: [
        {
          workload: 'exchange-online',
          requestId: 'RFA-90',
          l1Status: 'InProgress',
          serviceStatus: 'Enablement',
          startDate: null,
          kickoffDate: null,
          activeUsers: 93,
        },
      ],
    }),
  });
  if (!response.ok) {
    throw new Error(`put answered ${response.status}: ${await response.text()}`);
  }
}

const JOURNEYS = [
  { language: 'en', name: 'Northstar Clinic', sentence: 'Complete Northstar Clinic Exchange', width: 1000 },
  {
    language: 'ja',
    name: '北極星クリニック',
    sentence: '北極星クリニックのExchangeのエンゲージメントを完了したい',
    width: 340,
  },
] as const;

describe.each(JOURNEYS)('in $language, $width pixels wide', ({ language, name, sentence, width }) => {
  const say = (key: Parameters<typeof text>[1], values = {}): string => text(language, key, values);
  const label = (step: StepId): string => say(`checklist.step.${step}`, { queue: QUEUE });

  const input = (chat: Chat, step: StepId): Locator => chat.card().getByLabel(label(step)).first();
  const tick = async (chat: Chat, ...steps: StepId[]): Promise<void> => {
    for (const step of steps) {
      await input(chat, step).check();
    }
  };
  const choose = async (chat: Chat, step: StepId, answer: string): Promise<void> => {
    const group = chat.card().getByRole('radiogroup', { name: label(step) });
    await group.getByRole('radio', { name: answer, exact: true }).check();
  };
  async function expectNothingCutOff(chat: Chat): Promise<void> {
    const overflow = await chat
      .card()
      .evaluate((card: { scrollWidth: number; clientWidth: number }) => card.scrollWidth - card.clientWidth);
    expect(overflow).toBeLessThanOrEqual(1);
  }
  const shoot = async (chat: Chat, what: string): Promise<void> => {
    await expectNothingCutOff(chat);
    // The whole card, not what the window shows of it.
    await chat.page.setViewportSize({ width, height: 2600 });
    await chat.screenshot(`checklist-${what}-${language}`);
    await chat.page.setViewportSize({ width, height: 900 });
  };

  test('a completion, with a refusal on the way', async () => {
    await put(`northstar-${language}`, name);
    const chat = await session.open({ width });
    await chat.say(sentence);
    expect(await chat.cardText()).toContain(say('checklist.progress', { done: 0, total: 12 }));
    await shoot(chat, '1-opened');

    await choose(chat, 'accountTeamKnown', say('checklist.yes'));
    await choose(chat, 'readyForMore', say('checklist.no'));
    await tick(chat, 'milestoneNoted', 'activitiesReviewed');
    await chat.press(say('checklist.save'));
    expect(await chat.cardText()).toContain(say('checklist.draftSaved'));
    expect(await input(chat, 'milestoneNoted').isChecked()).toBe(true);
    await shoot(chat, '2-draft');

    await chat.press(say('checklist.mail.customer'));
    expect(await chat.card().getByLabel(say('mail.body')).first().inputValue()).toContain('FastTrack をご利用ください');
    await shoot(chat, '3-mail');
    await chat.press(say('mail.back'));

    await tick(chat, 'accountTeamMailed', 'followUpMailed', 'task4058', 'ftopNotesUpdated', 'nextActionDateSet');
    await tick(chat, 'queueMailed', 'unassigned');
    await choose(chat, 'serviceStatus', say('serviceStatus.Adoption'));
    const refused = await chat.press(say('checklist.submit'));
    expect(refused).toContain(say('checklist.notSubmitted', { count: 3 }));
    expect(refused).toContain(say('checklist.problem.notMovedYet', { queue: QUEUE }));
    expect(refused).toContain(say('checklist.problem.missing.text'));
    expect(await input(chat, 'task4058').isChecked()).toBe(true);
    await shoot(chat, '4-refused');

    await tick(chat, 'movedToQueue');
    await input(chat, 'customerStatus').fill('**All** mailboxes moved ${1+1}');
    const result = await chat.press(say('checklist.submit'));
    expect(result).toContain(say('checklist.submitted'));
    const notes = chat.card().getByLabel(say('checklist.ftop.field.engagementManagement')).first();
    expect(await notes.inputValue()).toContain('**All** mailboxes moved ${1+1}');
    await shoot(chat, '5-submitted');

    await chat.press(say('checklist.reopen'));
    await shoot(chat, '6-reopen');
    await chat.close();
  });
});
