import type { Browser } from 'playwright-core';
import { deploymentLinesCard } from '../../src/cards/gaps';
import type { Card } from '../../src/cards/render';
import { teamLoadCard } from '../../src/cards/team-load';
import { deploymentLine } from '../../src/domain/gaps';
import type { Checklist, Workload } from '../../src/domain/records';
import type { Language, WorkloadId } from '../../src/domain/vocabulary';
import { LANGUAGES } from '../../src/domain/vocabulary';
import { aCustomer, aWorkload, day, instant } from '../builders/records';
import { openCardPage } from './card-page';
import { launchChromium } from './chromium';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser.close());

const weeks = [0, 7, 14, 21, 28, 35].map((days) => day('2026-11-30').add({ days }));
const ADDRESSES = ['ana.maria.do.nascimento@contoso.onmicrosoft.com', 'ben@contoso.com', 'chen.wei@contoso.com'];

const teamLoad = async (language: Language): Promise<Card> => {
  const fms = Array.from({ length: 12 }, (_unused, index) => ({
    fm: ADDRESSES[index % 3] ?? '',
    overdue: index,
    starts: [index, 0, 2, 1, 120, 3],
    asked: index,
  }));
  return teamLoadCard(language, { weeks, asked: weeks.slice(1, 2), fms }, { page: 0, asked: {} });
};

const started = (workload: WorkloadId, iso: string, more: Partial<Workload> = {}): Workload =>
  aWorkload({ workload, startDate: { date: day(iso), precision: 'day', source: 'fm' }, ...more });
const submitted = (workload: WorkloadId, at: string): Checklist => ({
  workload,
  status: 'submitted',
  steps: {},
  nextActionDate: undefined,
  at: instant(at),
  by: 'ana',
});
const line = (name: string, workloads: readonly Workload[], checklists: readonly Checklist[]) =>
  deploymentLine(
    { customer: aCustomer({ name }), workloads, checklists },
    { today: day('2026-11-21'), timeZone: 'UTC' },
  );

const gaps = async (language: Language): Promise<Card> => {
  const exchange = started('exchange-online', '2026-03-03');
  const exchangeEnd = submitted('exchange-online', '2026-05-20T10:00:00Z');
  return deploymentLinesCard(
    language,
    [
      line(
        'Öffentlich-rechtliche Versicherungsgesellschaft Niederösterreich',
        [
          exchange,
          started('purview-information-protection', '2026-06-30'),
          aWorkload({
            workload: 'teams',
            startDate: { date: day('2026-12-01'), precision: 'month', source: 'fm' },
          }),
        ],
        [exchangeEnd, submitted('purview-information-protection', '2026-09-20T10:00:00Z')],
      ),
      line(
        'Contoso',
        [exchange, started('intune', '2026-03-10', { serviceStatus: 'Adoption' }), started('teams', '2026-10-01')],
        [exchangeEnd],
      ),
      line('Fabrikam', [exchange], [exchangeEnd]),
      line('Litware', [exchange, started('teams', '2026-07-07')], [exchangeEnd]),
      line('Wingtip', [exchange, started('teams', '2026-07-07')], [exchangeEnd]),
    ],
    0,
  );
};

const CARDS = { 'team-load': teamLoad, gaps };
const cases = Object.entries(CARDS).flatMap(([name, make]) =>
  LANGUAGES.map((language) => [name, language, make] as const),
);

test.each(cases)('%s in %s is whole at 320 px', async (name, language, make) => {
  const page = await openCardPage(browser, await make(language), { theme: language === 'ja' ? 'dark' : 'light' });
  await page.screenshot(`narrow-${name}-${language}`);
  expect(await page.overflowing()).toEqual([]);
  await page.close();
});
