import type { Browser } from 'playwright-core';
import { reminderDigest } from '../../src/cards/reminder-digest';
import type { Card } from '../../src/cards/render';
import { helpCard } from '../../src/dialogs/help';
import type { Language } from '../../src/domain/vocabulary';
import { LANGUAGES } from '../../src/domain/vocabulary';
import { aWorkload, day } from '../builders/records';
import { openCardPage } from './card-page';
import { launchChromium } from './chromium';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser.close());

const own = [{ customerId: 'mueller', name: 'Müller Logistik', workloads: [aWorkload()] }];
const CARDS: Readonly<Record<string, (language: Language) => Promise<Card>>> = {
  help: async (language) => helpCard(language, 'help.intro', { own, lead: true }),
  reminders: async (language) =>
    reminderDigest(language, {
      digestId: 'abcdef012345',
      items: [1, 2].map((index) => ({
        customerId: `customer-${index}`,
        name: `Müller Logistik ${index}`,
        workload: 'teams' as const,
        forDate: day('2026-11-25'),
        state: { kind: 'open' as const, attempt: 2, suggestUnresponsive: true },
      })),
      from: 0,
      total: 2,
      timeZone: 'America/Argentina/Buenos_Aires',
    }),
};
const cases = Object.keys(CARDS).flatMap((name) => LANGUAGES.map((language) => [name, language] as const));

test.each(cases)('%s in %s: no button is cut off at 320 px', async (name, language) => {
  const card = await CARDS[name]?.(language);
  const drawn = await openCardPage(browser, card ?? {}, { theme: language === 'de' ? 'dark' : 'light' });
  await drawn.screenshot(`narrow-${name}-${language}`);
  expect(await drawn.overflowing()).toEqual([]);
  await drawn.close();
});
