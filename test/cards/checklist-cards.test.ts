import { mailCard } from '../../src/cards/checklist-mail';
import { completionNotes } from '../../src/cards/checklist-note';
import type { ChecklistMessage } from '../../src/cards/checklist';
import { checklistCard } from '../../src/cards/checklist';
import { sheetCard } from '../../src/cards/checklist-sheet';
import type { Card } from '../../src/cards/render';
import { completionFacts, nextActionDateAfter } from '../../src/domain/checklist/completion';
import { problemsOf } from '../../src/domain/checklist/decision';
import { COMPLETION_MAILS } from '../../src/domain/checklist/mails';
import type { Answers } from '../../src/domain/checklist/steps';
import { MAX_STEP_TEXT } from '../../src/domain/checklist/steps';
import type { Customer } from '../../src/domain/records';
import type { Language } from '../../src/domain/vocabulary';
import { LANGUAGES, WORKLOADS } from '../../src/domain/vocabulary';
import { ALL_DONE, anEnabledWorkload, anRfaCustomer, NOW, TODAY } from '../builders/completion';
import { markdownTexts, MAX_CARD_BYTES, sizeOf, validationEvents } from './card-check';
import { stringsOf } from './strings-of';

const NAMES = {
  ordinary: 'Contoso',
  hostile: '${1+1} **x** <at>all</at> [y](javascript:alert(1)) {{DATE(2026-01-01)}} "\\',
  long: 'Öffentlich-rechtliche Versicherungsgesellschaft '.repeat(5).trim(),
};

const LONG: Answers = {
  ...ALL_DONE,
  accountTeamKnown: 'yes',
  noAccountTeamNoted: 'true',
  faqConsulted: 'true',
  readyForMore: 'yes',
  moreWorkloads: WORKLOADS.slice(1).join(','),
  rfaExplained: 'true',
  rfaDemoed: 'true',
};

/** A customer for whom most steps are called for, with ten workloads in one request. */
const customerNamed = (name: string): Customer =>
  anRfaCustomer({
    name,
    motion: name,
    accountManaged: false,
    accountTeam: Array.from({ length: 40 }, (_, place) => `account.team.member.${place}@subsidiary.example`),
  });
const workload = anEnabledWorkload({ workload: 'purview-information-protection', activeUsers: 12 });
const ten = WORKLOADS.map((each) => anEnabledWorkload({ workload: each, activeUsers: 12 }));
const texts = (name: string): Answers => ({
  ...LONG,
  nextSteps: `${name} ${'und so weiter '.repeat(100)}`.slice(0, MAX_STEP_TEXT),
  customerStatus: `${name} ${'und so weiter '.repeat(100)}`.slice(0, MAX_STEP_TEXT),
});

const checklistWith =
  (rows: typeof ten, said: (answers: Answers, customer: Customer) => ChecklistMessage, entered?: Answers) =>
  async (language: Language, name: string): Promise<Card> => {
    const customer = customerNamed(name);
    const facts = completionFacts({ customer, workloads: rows, checklists: [] }, workload);
    const answers = entered ?? texts(name);
    return checklistCard(language, {
      customer,
      workload: workload.workload,
      facts,
      answers,
      seen: NOW.toString(),
      token: '00000000-0000-4000-8000-000000000000',
      said: said(answers, customer),
    });
  };

const refused =
  (rows: typeof ten) =>
  (answers: Answers, customer: Customer): ChecklistMessage => ({
    kind: 'refused',
    problems: problemsOf(completionFacts({ customer, workloads: rows, checklists: [] }, workload), answers),
  });
const opened = (): ChecklistMessage => ({ kind: 'opened' });

const CARDS: Readonly<Record<string, (language: Language, name: string) => Promise<Card>>> = {
  'empty checklist': checklistWith([workload], opened, {}),
  'full checklist of the last workload': checklistWith([workload], opened),
  'refused checklist of the last workload': checklistWith([workload], refused([workload]), {
    ...texts('x'),
    ...Object.fromEntries(Object.keys(ALL_DONE).map((id) => [id, 'false'])),
    accountTeamKnown: 'yes',
    readyForMore: 'yes',
    unassigned: 'true',
    nextSteps: 'x'.repeat(MAX_STEP_TEXT),
    customerStatus: 'y'.repeat(MAX_STEP_TEXT),
  }),
  'refused checklist of one of ten': checklistWith(ten, refused(ten)),
  'old copy': checklistWith([workload], () => ({
    kind: 'stale',
    by: 'somebody.else@fasttrack.example',
    at: NOW,
    timeZone: 'Asia/Tokyo',
    mine: { ...LONG, nextSteps: 'z'.repeat(MAX_STEP_TEXT), customerStatus: 'z'.repeat(MAX_STEP_TEXT) },
  })),
  sheet: async (language, name) => {
    const customer = customerNamed(name);
    const facts = completionFacts({ customer, workloads: [workload], checklists: [] }, workload);
    const signed = { at: NOW, by: 'ana@fasttrack.example' };
    const nextActionDate = nextActionDateAfter(TODAY);
    const words = completionNotes(language, {
      facts,
      answers: texts(name),
      workload: workload.workload,
      nextActionDate,
    });
    return sheetCard(language, {
      customer,
      facts,
      checklist: { workload: workload.workload, status: 'submitted', steps: texts(name), nextActionDate, ...signed },
      notes: [
        { workload: workload.workload, field: 'technicalEnablement', text: words.technicalEnablement, ...signed },
        { workload: workload.workload, field: 'engagementManagement', text: words.engagementManagement, ...signed },
      ],
      timeZone: 'Asia/Tokyo',
    });
  },
  ...Object.fromEntries(
    COMPLETION_MAILS.flatMap((mail) =>
      LANGUAGES.map((mailLanguage) => [
        `mail ${mail} in ${mailLanguage}`,
        async (language: Language, name: string) => {
          const customer = customerNamed(name);
          const facts = completionFacts({ customer, workloads: [workload], checklists: [] }, workload);
          return mailCard(language, mail, {
            customer,
            workload: workload.workload,
            facts,
            answers: texts(name),
            mailLanguage,
          });
        },
      ]),
    ),
  ),
};

interface Input {
  readonly id: string;
  readonly label?: string;
}

const inputsOf = (node: unknown): Input[] => {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { type } = node as { type?: unknown };
  const own = typeof type === 'string' && type.startsWith('Input.') ? [node as Input] : [];
  return [...own, ...Object.values(node).flatMap(inputsOf)];
};

describe.each(Object.entries(CARDS))('%s', (_, build) => {
  const cases = LANGUAGES.flatMap((language) => Object.entries(NAMES).map(([kind, name]) => [language, kind, name]));

  it.each(cases as [Language, string, string][])('in %s, name %s', async (language, _kind, name) => {
    const card = await build(language, name);
    expect(validationEvents(card)).toEqual([]);
    expect(sizeOf(card)).toBeLessThan(MAX_CARD_BYTES);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(MAX_CARD_BYTES);
    expect(inputsOf(card).filter(({ label }) => !label)).toEqual([]);
    expect(new Set(inputsOf(card).map(({ id }) => id)).size).toBe(inputsOf(card).length);
    expect(markdownTexts(card).filter((text) => text.includes(name))).toEqual([]);
    expect(stringsOf(card).filter((text) => text.includes('${') && !text.includes(NAMES.hostile.slice(0, 9)))).toEqual(
      [],
    );
    expect(stringsOf(card).some((text) => text.includes(name))).toBe(true);
  });
});
