import { deploymentLinesCard } from '../../src/cards/gaps';
import type { Card } from '../../src/cards/render';
import { teamLoadCard } from '../../src/cards/team-load';
import type { DeploymentLine } from '../../src/domain/gaps';
import type { FmLoad } from '../../src/domain/team-load';
import type { Language } from '../../src/domain/vocabulary';
import { LANGUAGES, WORKLOADS } from '../../src/domain/vocabulary';
import { day } from '../builders/records';
import { buttonOf, buttonsOf } from '../wire/card-reading';
import { markdownTexts, MAX_CARD_BYTES, sizeOf, validationEvents } from './card-check';
import { stringsOf as allStringsOf } from './strings-of';

/** Intl puts spaces of all widths between its parts. */
const stringsOf = (card: Card): string[] => allStringsOf(card).map((text) => text.replace(/[\u2009\u202F]/g, ' '));

const HOSTILE = '${1+1} **x** <at>all</at> [y](javascript:alert(1)) "\\';
const NAMES = ['Contoso', HOSTILE, 'Öffentlich-rechtliche Versicherungsgesellschaft '.repeat(5).trim()];
const weeks = [0, 7, 14, 21, 28, 35].map((days) => day('2026-11-30').add({ days }));

const fms = (name: string): FmLoad[] =>
  Array.from({ length: 60 }, (_unused, index) => ({
    fm: index === 0 ? name : `${index}${name}`,
    overdue: index,
    starts: [0, 1, 2, 30, 4, 1000],
    asked: index,
  }));
const team = async (language: Language, name: string, page = 0): Promise<Card> =>
  teamLoadCard(language, { weeks, asked: weeks.slice(1, 2), fms: fms(name) }, { page, asked: { date: '2026-12-09' } });

/** As long as it can be: every workload, a gap before each. */
const line = (name: string): DeploymentLine => ({
  customerId: 'c',
  name,
  deployments: WORKLOADS.map((workload, index) => ({
    workload,
    start: { date: day('2026-03-03'), precision: index % 2 === 0 ? 'month' : 'day', source: 'fm' },
    state: (
      [
        { kind: 'ended', on: day('2026-05-04') },
        { kind: 'underWay' },
        { kind: 'endUnknown' },
        { kind: 'planned' },
      ] as const
    )[index % 4] ?? { kind: 'planned' },
    idleBefore: index === 0 ? 0 : index === 1 ? undefined : 50,
    weeks: 60,
  })),
  idleSince: 30,
  idleWeeks: 430,
});
const gaps = async (language: Language, name: string, page = 0): Promise<Card> =>
  deploymentLinesCard(
    language,
    Array.from({ length: 9 }, () => line(name)),
    page,
  );

const CARDS = { 'team load': team, gaps };
const cases = Object.entries(CARDS).flatMap(([card, make]) =>
  LANGUAGES.map((language) => [card, language, make] as const),
);

test.each(cases)('%s in %s: valid, small and literal, whatever the names', async (_card, language, make) => {
  for (const name of NAMES) {
    for (const page of [0, 1]) {
      const card = await make(language, name, page);
      expect(validationEvents(card)).toEqual([]);
      expect(sizeOf(card)).toBeLessThan(MAX_CARD_BYTES);
      const strings = stringsOf(card);
      expect(strings.filter((text) => /\$\{/.test(text) && !text.includes('${1+1}'))).toEqual([]);
      expect(markdownTexts(card).filter((text) => text.includes('**x**'))).toEqual([]);
      // Teams reads a text that begins like this as a numbered list.
      expect(strings.filter((text) => /^\d+\. /.test(text))).toEqual([]);
    }
  }
});

test('a hostile name is shown exactly so', async () => {
  expect(stringsOf(await team('en', HOSTILE))).toContain(HOSTILE);
  expect(stringsOf(await gaps('en', HOSTILE))).toContain(HOSTILE);
});

describe('team load', () => {
  test('a bar for each week with the number beside it', async () => {
    const texts = stringsOf(await team('en', 'ana@example.com'));
    expect(texts).toEqual(expect.arrayContaining(['Nov 30 – Dec 6', '0', 'Dec 7 – 13', '■ 1', '■■■■■■■■ 30']));
    expect(texts).toEqual(expect.arrayContaining(['Most room, Dec 7 – 13, 2026', ' · no starts, none overdue']));
  });

  test('pages of 60 FMs, each once, keep the week asked about', async () => {
    const seen: string[] = [];
    let card = await team('en', '@example.com');
    for (;;) {
      seen.push(...stringsOf(card).filter((text) => /^\d*@example.com$/.test(text)));
      const [more] = buttonsOf(card);
      if (!more) {
        break;
      }
      expect(more).toMatchObject({ verb: 'team.show', data: { date: '2026-12-09' } });
      card = await team('en', '@example.com', Number(more.data.page));
    }
    // The three with most room are named at the top as well.
    expect(seen).toHaveLength(63);
    expect(new Set(seen).size).toBe(60);
  });

  test('a page that is no longer there is the last one', async () => {
    expect(stringsOf(await team('en', '@example.com', 99))).toContain('59@example.com');
  });

  test('a long address may break at its signs', async () => {
    const card = JSON.stringify(await team('en', 'ana.maria.do.nascimento@contoso.onmicrosoft.com'));
    expect(card).toContain('"ana.\u200Bmaria.\u200Bdo.\u200Bnascimento\u200B@contoso.\u200Bonmicrosoft.\u200Bcom"');
  });

  test('nobody', async () => {
    const card = await teamLoadCard('en', { weeks, asked: weeks, fms: [] }, { page: 0, asked: {} });
    expect(stringsOf(card)).toContain('No FM has a customer here yet.');
    expect(validationEvents(card)).toEqual([]);
  });
});

describe('gaps', () => {
  const one: DeploymentLine = {
    customerId: 'c',
    name: 'Contoso',
    deployments: [
      {
        workload: 'teams',
        start: { date: day('2026-03-02'), precision: 'day', source: 'fm' },
        state: { kind: 'ended', on: day('2026-03-20') },
        idleBefore: 0,
        weeks: 3,
      },
      {
        workload: 'intune',
        start: { date: day('2026-05-01'), precision: 'month', source: 'fm' },
        state: { kind: 'planned' },
        idleBefore: 6,
        weeks: 1,
      },
    ],
    idleSince: 0,
    idleWeeks: 6,
  };

  test('deployments on a line, with the idle weeks between them (S1)', async () => {
    const texts = stringsOf(await deploymentLinesCard('en', [one], 0));
    expect(texts).toEqual(expect.arrayContaining(['■■■ □□□□□□ ◇', ' · 6 idle weeks']));
    expect(texts).toEqual(
      expect.arrayContaining(['Mar 2 – 20, 2026', 'about 6 idle weeks', 'planned: May 2026 (estimated)']),
    );
  });

  test('a long line is drawn to scale', async () => {
    const [deployment] = one.deployments;
    const long = { ...one, deployments: [{ ...deployment!, weeks: 60 }], idleSince: 20, idleWeeks: 20 };
    expect(stringsOf(await deploymentLinesCard('en', [long], 0))).toContain('■■■■■■■■■■■■ □□□□');
  });

  test('a customer without dates says so', async () => {
    const card = await deploymentLinesCard('en', [{ ...one, deployments: [], idleWeeks: 0 }], 0);
    expect(stringsOf(card)).toContain(' · No deployment with a start date yet.');
    expect(validationEvents(card)).toEqual([]);
  });

  test('a gap of unknown length is not said to be none', async () => {
    const deployments = one.deployments.map((row, index) => ({ ...row, idleBefore: index === 0 ? 0 : undefined }));
    const texts = stringsOf(await deploymentLinesCard('en', [{ ...one, deployments, idleWeeks: 0 }], 0));
    expect(texts).toContain(' · idle weeks not known');
    expect(texts).toContain('not known: an end is not recorded');
  });

  test('more customers are on the next page', async () => {
    const card = await gaps('en', 'Contoso');
    expect(buttonOf(card, 'gaps.show').data).toMatchObject({ page: 1, lang: 'en' });
    expect(buttonsOf(await gaps('en', 'Contoso', 2))).toEqual([]);
  });
});
