import { historyCard, notesCard } from '../../src/cards/record-list';
import type { Card } from '../../src/cards/render';
import { startDateForm } from '../../src/cards/start-date-form';
import { startDateList } from '../../src/cards/start-date-list';
import { startDateResult } from '../../src/cards/start-date-result';
import { helpCard } from '../../src/dialogs/help';
import { topicCard } from '../../src/dialogs/questions';
import { emptyDraft, SLOTS } from '../../src/dialogs/start-date-draft';
import { startDateQuestion } from '../../src/dialogs/start-date-question';
import { overviewOf } from '../../src/domain/start-date-overview';
import { START_DATE_WARNINGS } from '../../src/domain/start-date';
import type { Language } from '../../src/domain/vocabulary';
import { FAQ_TOPICS, LANGUAGES, WORKLOADS } from '../../src/domain/vocabulary';
import { aCustomer, aWorkload, day, instant } from '../builders/records';
import { markdownTexts, MAX_CARD_BYTES, sizeOf, validationEvents } from './card-check';
import { stringsOf } from './strings-of';

const NAMES = {
  ordinary: 'Contoso',
  hostile: '${1+1} **x** <at>all</at> [y](javascript:alert(1)) {{DATE(2026-01-01)}} "\\',
  long: 'Öffentlich-rechtliche Versicherungsgesellschaft '.repeat(5).trim(),
};

const reason = (name: string): string => `${name} ${'because '.repeat(200)}`.slice(0, 1900);
const facts = (name: string) => ({
  customerName: name,
  workload: 'purview-information-protection' as const,
  from: { date: day('2026-11-25'), precision: 'day' as const },
  to: { date: day('2027-03-01'), precision: 'month' as const },
  occasion: 'serialized-deployment' as const,
  reason: reason(name),
});
const signed = { at: instant('2026-11-20T10:00:00Z'), by: 'alex@example.com' };

const CARDS: Readonly<Record<string, (language: Language, name: string) => Promise<Card>>> = {
  form: async (language, name) =>
    startDateForm(language, {
      customer: aCustomer({ name }),
      current: aWorkload({ kickoffDate: day('2026-12-01') }),
      entered: { date: day('2027-03-01'), precision: 'month', occasion: 'voicemail', reason: reason(name) },
      token: 'token',
      messages: START_DATE_WARNINGS.map(() => name),
      warnings: START_DATE_WARNINGS,
      offerAttempt: true,
    }),
  'empty form': async (language, name) =>
    startDateForm(language, {
      customer: aCustomer({ name }),
      current: aWorkload({ startDate: undefined }),
      entered: { date: undefined, precision: 'day', occasion: undefined, reason: '' },
      token: 'token',
      messages: [],
      warnings: [],
      offerAttempt: false,
    }),
  result: async (language, name) =>
    startDateResult(language, { customerId: 'contoso', facts: facts(name), note: reason(name) }),
  list: async (language, name) => {
    const workloads = WORKLOADS.map((workload) => ({ ...aWorkload({ workload }), lastContact: undefined }));
    const customers = Array.from({ length: 12 }, (_unused, index) => ({
      ...aCustomer({ id: `c${index}`, name }),
      customerId: `c${index}`,
      workloads,
    }));
    return startDateList(language, overviewOf(customers, day('2026-11-20')), { page: 0, completions: true });
  },
  history: async (language, name) => {
    const change = { ...facts(name), from: day('2026-11-25'), to: day('2027-03-01'), precision: 'month' as const };
    const changes = Array.from({ length: 30 }, () => ({ ...change, ...signed }));
    const workloads = WORKLOADS.map((workload) => aWorkload({ workload }));
    return historyCard(
      language,
      { changes, workloads },
      {
        customerId: 'contoso',
        customerName: name,
        timeZone: 'Asia/Tokyo',
        page: 0,
      },
    );
  },
  notes: async (language, name) => {
    const note = { workload: 'teams' as const, field: 'overallStatus' as const, text: reason(name), ...signed };
    return notesCard(
      language,
      Array.from({ length: 30 }, () => note),
      { customerId: 'contoso', customerName: name, timeZone: 'Asia/Tokyo', page: 1 },
    );
  },
  help: async (language, name) =>
    helpCard(language, 'help.intro', { own: [{ name, workloads: [aWorkload()] }], lead: false }),
  'help without customers': async (language) => helpCard(language, 'hello', { own: [], lead: false }),
  'help of a lead': async (language) => helpCard(language, 'notUnderstood', { own: [], lead: true }),
  ...Object.fromEntries(
    SLOTS.map((slot) => [
      `question ${slot}`,
      async (language: Language, name: string) =>
        startDateQuestion(
          {
            ...emptyDraft('id', language),
            customer: slot === 'customer' ? undefined : { customerId: 'contoso', name },
            workloadChoices: WORKLOADS,
            problem: { kind: 'customerUnknown', name },
          },
          slot,
          { customers: Array.from({ length: 30 }, () => ({ customerId: 'c', name })), workloads: [aWorkload()] },
        ),
    ]),
  ),
  ...Object.fromEntries(
    FAQ_TOPICS.map((topic) => [`answer ${topic}`, async (language: Language) => topicCard(language, topic)]),
  ),
};

const cases = Object.keys(CARDS).flatMap((card) => LANGUAGES.map((language) => [card, language] as const));

test.each(cases)('%s in %s: Microsoft’s renderer has nothing to say, whatever the names', async (card, language) => {
  for (const name of Object.values(NAMES)) {
    const made = await CARDS[card]?.(language, name);
    if (!made) {
      throw new Error(`no card ${card}`);
    }
    expect(validationEvents(made)).toEqual([]);
    expect(sizeOf(made)).toBeLessThan(MAX_CARD_BYTES);
    // What a template could not bind stays as `${…}`; a name that looks like a template does not.
    expect(stringsOf(made).filter((text) => /\$\{/.test(text) && !text.includes('${1+1}'))).toEqual([]);
    expect(markdownTexts(made).filter((text) => text.includes('**x**'))).toEqual([]);
  }
});

test('a name that looks like a template, markdown and a mention is shown exactly so', async () => {
  const card = await CARDS.result?.('en', NAMES.hostile);
  expect(stringsOf(card)).toContain(`${NAMES.hostile} · Purview Information Protection`);
});

describe('notes to be copied', () => {
  const context = { customerId: 'contoso', customerName: 'Contoso', timeZone: 'Asia/Tokyo' };
  const texts = ['short', 'öé"\n'.repeat(2_500), ...Array.from({ length: 20 }, (_unused, n) => `${n} ${reason('')}`)];
  const notes = texts.map((text) => ({ workload: 'teams' as const, field: 'overallStatus' as const, text, ...signed }));

  test('are shown in full, page after page, however long they are', async () => {
    const values: string[] = [];
    for (let page = 0; page < 40; page += 1) {
      const card = await notesCard('de', notes, { ...context, page });
      expect(sizeOf(card)).toBeLessThan(MAX_CARD_BYTES);
      values.push(...inputValues(card));
      if (!stringsOf(card).includes('Mehr anzeigen')) {
        break;
      }
    }
    expect(values.join('')).toBe(texts.join(''));
  });

  test('of one workload stay those of one workload on the next page', async () => {
    const card = await notesCard('en', notes, { ...context, workload: 'teams', page: 0 });
    expect(card).toMatchObject({ body: expect.arrayContaining([expect.objectContaining({ type: 'ActionSet' })]) });
    expect(JSON.stringify(card)).toContain('"data":{"customerId":"contoso","workload":"teams","lang":"en","page":1}');
  });
});

/** What the inputs of a card hold, in order. */
function inputValues(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { type, value } = node as { type?: unknown; value?: unknown };
  return type === 'Input.Text' && typeof value === 'string' ? [value] : Object.values(node).flatMap(inputValues);
}
