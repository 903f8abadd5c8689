import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { openCardPage } from './card-page';
import { openChat, type Chat } from './chat';
import { launchChromium } from './chromium';
import { startPlayground, type Running } from './processes';

interface Incoming {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly serviceUrl: string;
  readonly conversation: { readonly id: string };
  readonly localTimezone?: string;
  readonly value?: { readonly action: { readonly verb: string; readonly data: object } };
}

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
const card = (...body: object[]) => ({ type: 'AdaptiveCard', version: '1.5', body });
const FORM = card(
  { type: 'TextBlock', text: 'A form' },
  { type: 'Input.Date', id: 'date', label: 'New date' },
  { type: 'Input.Text', id: 'reason', label: 'Reason', isRequired: true, errorMessage: 'Say why' },
  {
    type: 'Input.ChoiceSet',
    id: 'occasion',
    label: 'Occasion',
    choices: [
      { title: 'Kickoff', value: 'kickoff' },
      { title: 'Other', value: 'other' },
    ],
  },
  {
    type: 'Input.ChoiceSet',
    id: 'again',
    label: 'Again in',
    style: 'expanded',
    choices: [
      { title: '1 day', value: '1' },
      { title: '3 days', value: '3' },
    ],
  },
  { type: 'Input.Toggle', id: 'sure', title: 'I am sure' },
  { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Save', verb: 'save', data: { customerId: 'c1' } }] },
);

/** A bot that shows a form and answers a press with what was pressed. */
function formBot(received: Incoming[]): Server {
  return createServer((request, response) => {
    void (async () => {
      if (request.method !== 'POST') {
        response.end();
        return;
      }
      const activity = (await json(request)) as Incoming;
      received.push(activity);
      if (activity.type === 'message') {
        await fetch(`${activity.serviceUrl}/v3/conversations/${activity.conversation.id}/activities/${activity.id}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ type: 'message', attachments: [{ contentType: CARD_TYPE, content: FORM }] }),
        });
      }
      const text = JSON.stringify(activity.value?.action.data);
      const value = card({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: `Saved ${text}` }] });
      response.setHeader('content-type', 'application/json');
      response.end(activity.type === 'invoke' ? JSON.stringify({ statusCode: 200, type: CARD_TYPE, value }) : '');
    })();
  });
}

describe('browser harness', () => {
  const received: Incoming[] = [];
  const server = formBot(received);
  let browser: Browser;
  let playground: Running;
  let chat: Chat;

  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    [browser, playground] = await Promise.all([launchChromium(), startPlayground({ url }, { timeZone: 'Asia/Tokyo' })]);
    chat = await openChat(browser, playground.url, { width: 360 });
  });

  afterAll(async () => {
    await browser.close();
    await playground.stop();
    server.close();
  });

  it('types, fills in by label, presses by title and reads the answer', async () => {
    expect((await chat.say('株式会社コントソの開始日')).join()).toContain('A form');
    await chat.fill('New date', '2027-03-03');
    await chat.choose('Occasion', 'Kickoff');
    await chat.choose('Again in', '3 days');
    await chat.tick('I am sure');
    await chat.click('Save');
    expect(await chat.cardText()).toContain('Say why');
    await chat.fill('Reason', '顧客の都合');
    await chat.screenshot('harness-form');
    expect(JSON.parse((await chat.press('Save')).replace('Saved ', ''))).toEqual({
      customerId: 'c1',
      date: '2027-03-03',
      reason: '顧客の都合',
      occasion: 'kickoff',
      again: '3',
      sure: 'true',
    });
    await chat.screenshot('harness-saved');
  });

  it('says what the bot was sent', () => {
    const message = received.find(({ type }) => type === 'message');
    expect(message).toMatchObject({ text: '株式会社コントソの開始日', localTimezone: 'Asia/Tokyo' });
  });

  it.each(['light', 'dark'] as const)('draws a card alone at 320 px, %s', async (theme) => {
    const drawn = await openCardPage(browser, FORM, { width: 320, theme });
    await drawn.screenshot(`harness-card-${theme}`);
    expect(await drawn.overflowing()).toEqual([]);
    await drawn.close();
  });

  it('notices what sticks out of a narrow card', async () => {
    const wide = card({
      type: 'TextBlock',
      text: 'a text that nobody allowed to wrap, and that is longer than the card',
    });
    const drawn = await openCardPage(browser, wide, { width: 320 });
    expect(await drawn.overflowing()).not.toEqual([]);
    await drawn.close();
  });
});
