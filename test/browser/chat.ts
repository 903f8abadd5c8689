import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../patience';
import { drawn, watchTurns, type TurnWatch } from './turn-watch';

export const SCREENS = join(__dirname, '..', '..', 'test-output', 'screens');

/** The personal chat with the bot in the Playground, as a person sees and uses it. */
export interface Chat {
  readonly page: Page;
  /** Types and sends; waits until the bot has done its turn. Gives the texts of the messages that came, cards included. */
  readonly say: (text: string) => Promise<string[]>;
  /** All messages of the bot, oldest first, cards as their text. */
  readonly messages: () => Promise<string[]>;
  /** Waits for a message of the bot that contains `text`, such as a reminder that comes by itself. */
  readonly hear: (text: string) => Promise<void>;
  /** The newest card. */
  readonly card: () => Locator;
  /** What the newest card shows. */
  readonly cardText: () => Promise<string>;
  /** Fills a text or date (YYYY-MM-DD) input of the newest card by its label. */
  readonly fill: (label: string, value: string) => Promise<void>;
  /** Chooses in a choice set (radio buttons or list) of the newest card by the label of the choice. */
  readonly choose: (label: string, choice: string) => Promise<void>;
  /** Ticks or clears a toggle of the newest card by its title. */
  readonly tick: (title: string, on?: boolean) => Promise<void>;
  /** Presses a button of the newest card that has it; waits until the bot has answered. Gives the card's text afterwards. */
  readonly press: (title: string) => Promise<string>;
  /** Presses a button without waiting for the bot: for inputs that the card itself refuses. */
  readonly click: (title: string) => Promise<void>;
  /** Keeps `test-output/screens/<name>.png`. */
  readonly screenshot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the Playground's page in a fresh profile, and waits until the bot has greeted; nothing but loopback is reached. `width` as narrow as 320. */
export async function openChat(browser: Browser, playgroundUrl: string, { width = 1000 } = {}): Promise<Chat> {
  const context = await browser.newContext({
    viewport: { width: Math.max(width, 1000), height: 900 },
    locale: 'en-US',
    // West of UTC the Playground's date field gives the day before.
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.route('**/*', async (route) =>
    /^https?:\/\/(localhost|127\.0\.0\.1)[:/]/.test(route.request().url()) ? route.continue() : route.abort(),
  );
  const turnOf = watchTurns(page);
  const installed = turnOf((names) => names.includes('installationUpdate') && names.includes('conversationUpdate'));
  await page.goto(playgroundUrl);
  const greeted = await installed;
  await drawn(page, greeted, greeted.sent.length);
  await page.getByRole('button', { name: 'Hide log panel' }).click();
  await narrow(page, width);
  return chatOn(page, turnOf);
}

/** The Playground draws cards 450 px wide, whatever the window. Teams on a phone gives them the window: so here. */
const NARROW = `
  * { min-width: 0 !important; }
  div:has(.fai-OutputCard) { max-width: 100% !important; margin-right: 0 !important; padding-right: 0 !important; }
  div:has(> .fai-OutputCard) > :not(.fai-OutputCard) { display: none !important; }
  .fai-OutputCard { width: 100% !important; padding: 4px !important; }
  .fai-OutputCard > div { width: auto !important; }
`;

async function narrow(page: Page, width: number): Promise<void> {
  if (width < 1000) {
    await page.getByRole('button', { name: 'Toggle app bar and conversation window' }).click();
    await page.addStyleTag({ content: NARROW });
    await page.setViewportSize({ width, height: 900 });
  }
}

function chatOn(page: Page, turnOf: TurnWatch): Chat {
  const outputs = page.locator('.fai-OutputCard');
  const card = (): Locator => page.locator('.ac-adaptiveCard').last();
  const cardText = async (): Promise<string> => card().innerText();
  const messages = async (): Promise<string[]> => (await outputs.allInnerTexts()).map((text) => text.trim());
  const click = async (title: string): Promise<void> => {
    const holder = page.locator('.ac-adaptiveCard', { has: page.getByRole('button', { name: title, exact: true }) });
    await holder.last().getByRole('button', { name: title, exact: true }).last().click();
  };
  const turn = async (action: () => Promise<void>): Promise<void> => {
    const before = await outputs.count();
    const done = turnOf((names) => names.includes('message') || names.includes('invoke'));
    const [said] = await Promise.all([done, action()]);
    await drawn(page, said, before + said.sent.length);
  };
  return {
    page,
    card,
    cardText,
    messages,
    click,
    hear: async (text) => outputs.filter({ hasText: text }).first().waitFor(),
    say: async (text) => {
      const before = await outputs.count();
      const box = page.locator('[contenteditable=true][role=textbox]').first();
      await box.click();
      await page.keyboard.insertText(text);
      await turn(async () => page.keyboard.press('Enter'));
      return (await messages()).slice(before);
    },
    press: async (title) => {
      await turn(async () => click(title));
      return cardText();
    },
    fill: async (label, value) => {
      const input = card().getByLabel(label, { exact: false }).first();
      await input.fill(value);
      await input.press('Tab');
    },
    choose: async (label, choice) => {
      const radio = card().getByRole('radio', { name: choice, exact: true });
      if ((await radio.count()) > 0) {
        await radio.check();
        return;
      }
      await card().getByRole('combobox', { name: label }).first().click();
      await page.getByRole('option', { name: choice, exact: true }).click();
    },
    tick: async (title, on = true) => card().getByRole('checkbox', { name: title }).setChecked(on),
    screenshot: async (name) => {
      const path = join(SCREENS, `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path });
    },
    close: async () => page.context().close(),
  };
}
