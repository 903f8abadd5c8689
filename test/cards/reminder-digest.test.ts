import { leadReport } from '../../src/cards/lead-report';
import { reminderDigest } from '../../src/cards/reminder-digest';
import type { ItemState, ItemView } from '../../src/domain/reminders/item-state';
import { LANGUAGES, WORKLOADS } from '../../src/domain/vocabulary';
import { understand } from '../../src/language/understand';
import { text } from '../../src/locales/catalog';
import { newProfile } from '../../src/usecases/change-profile';
import { day, instant } from '../builders/records';
import { buttonsOf } from '../wire/card-reading';
import { markdownTexts, MAX_CARD_BYTES, sizeOf, textsWithout, validationEvents } from './card-check';
import { stringsOf } from './strings-of';

const NAMES: Readonly<Record<string, string>> = {
  ordinary: 'Contoso',
  hostile: '${1+1} **x** <at>all</at> [y](javascript:alert(1)) {{DATE(2026-01-01)}} "\\',
  longest: '„Öffentlich-rechtliche Versicherungsgesellschaft“ '.repeat(40).trim(),
  'in Japanese': '東京都立総合医療情報システム株式会社'.repeat(20),
};

const item = (index: number, name: string, state: ItemState): ItemView => ({
  customerId: `0c6f52e1-5f3a-4a8e-9c57-${index}`.repeat(4).slice(0, 150),
  name,
  workload: WORKLOADS[index % WORKLOADS.length]!,
  forDate: day('2026-11-25'),
  state,
});
const OPEN: ItemState = { kind: 'open', attempt: 7, suggestUnresponsive: true };
const page = (items: readonly ItemView[], total = items.length) => ({
  digestId: 'abcdef012345',
  items,
  from: 0,
  total,
  timeZone: 'America/Argentina/ComodRivadavia',
});
const cases = LANGUAGES.flatMap((language) => Object.keys(NAMES).map((kind) => ({ language, kind })));

test.each(cases)(
  'a digest in $language with $kind names stays under 28 KB and loses nothing',
  async ({ language, kind }) => {
    const name = NAMES[kind]!;
    const items = Array.from({ length: 25 }, (_unused, index) => item(index, name, OPEN));
    const card = await reminderDigest(language, page(items));
    expect(sizeOf(card)).toBeLessThan(MAX_CARD_BYTES);
    expect(validationEvents(card)).toEqual([]);
    expect(markdownTexts(card).filter((text) => text.includes(name))).toEqual([]);
    const buttons = buttonsOf(card);
    const shown = buttons.filter(({ verb }) => verb === 'reminder.replied').length;
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThanOrEqual(10);
    expect(stringsOf(card).filter((text) => text === name)).toHaveLength(shown);
    // The rest begins where this page ends.
    expect(buttons.find(({ verb }) => verb === 'reminder.show')?.data).toMatchObject({
      page: shown,
      digest: 'abcdef012345',
    });
  },
);

test.each(LANGUAGES)('of ten ordinary items most fit on one card in %s, each with three answers', async (language) => {
  const items = Array.from({ length: 10 }, (_unused, index) => ({
    ...item(index, `Adventure Works ${index}`, OPEN),
    customerId: `0c6f52e1-5f3a-4a8e-9c57-d1e2f3a4b5c${index}`,
  }));
  const verbs = buttonsOf(await reminderDigest(language, page(items))).map(({ verb }) => verb);
  const count = (verb: string): number => verbs.filter((each) => each === verb).length;
  const shown = count('reminder.replied');
  expect(shown).toBeGreaterThanOrEqual(7);
  expect([count('reminder.keepTrying'), count('reminder.unresponsive')]).toEqual([shown, shown]);
  expect([count('reminder.pause'), count('reminder.why')]).toEqual([1, 1]);
});

test.each([
  ['en', ['Fabrikam replied', 'no reply from Fabrikam']],
  ['de', ['Fabrikam hat geantwortet', 'keine Antwort von Fabrikam']],
  ['pt-BR', ['a Fabrikam respondeu', 'a Fabrikam não respondeu']],
  ['zh-Hans', ['Fabrikam 已回复', 'Fabrikam 没有回复']],
  ['ja', ['Fabrikamから返信がありました', 'Fabrikamから返信がありません']],
] as const)(
  'a client without these buttons says once in %s what to write, and that is understood',
  async (language, said) => {
    const answered: ItemState = { kind: 'replied' };
    const items = [item(0, 'Done', answered), item(1, 'A', OPEN), item(2, 'B', OPEN)];
    const card = await reminderDigest(language, page(items));
    const hint = text(language, 'reminder.noButtons');
    expect(textsWithout('Action.Execute', card).filter((each) => each === hint)).toHaveLength(1);
    expect(textsWithout('', card)).not.toContain(hint);
    const context = { today: day('2026-11-20'), candidates: [{ customerId: 'c', name: 'Fabrikam' }] };
    const intents = said.map((each) => {
      expect(hint).toContain(each);
      return understand(each, context).intent;
    });
    expect(intents).toEqual(['customer-replied', 'no-reply']);
  },
);

test.each(LANGUAGES)('the lead’s report in %s stays under 28 KB however much is ignored', async (language) => {
  const ignored = Array.from({ length: 300 }, (_unused, index) => ({
    customerId: `c${index}`,
    name: NAMES.longest!,
    fm: `${'very.long.name.'.repeat(4)}${index}@example.com`,
    workload: 'purview-information-protection' as const,
    times: 3 + index,
  }));
  const unreachable = ignored.map(({ fm }) => ({ fm, since: instant('2026-11-20T10:00:00Z') }));
  const report = { to: newProfile('lead'), timeZone: 'Asia/Tokyo', ignored, unreachable };
  const card = await leadReport(language, report);
  expect(sizeOf(card)).toBeLessThan(MAX_CARD_BYTES);
  expect(validationEvents(card)).toEqual([]);
});
