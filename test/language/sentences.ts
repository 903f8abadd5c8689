import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../src/domain/vocabulary';
import type { UtteranceGot } from '../../src/language/eval-utterances';
import type { CustomerName } from '../../src/language/understanding';

/** A sentence of our own tables with what it says. */
export interface Sentence {
  readonly lang: Language;
  readonly text: string;
  readonly now: string;
  readonly expect: UtteranceGot;
}

const INTENTS: Readonly<Record<string, UtteranceGot['intent']>> = {
  change: 'change-start-date',
  list: 'start-date-list',
  noreply: 'no-reply',
  replied: 'customer-replied',
  complete: 'complete-engagement',
  history: 'show-history',
  notes: 'show-notes',
  plan: 'plan-deployment',
  load: 'team-load',
  gaps: 'gaps',
  settings: 'settings',
  help: 'help',
  cancel: 'cancel',
  lang: 'set-language',
  question: 'question',
  none: 'none',
};

const CUSTOMERS: Readonly<Record<string, string>> = {
  CO: 'Contoso',
  FA: 'Fabrikam',
  NW: 'Northwind Traders',
  AW: 'Adventure Works',
  TT: 'Tailspin Toys',
  WB: 'Woodgrove Bank',
  LW: 'Litware',
  PW: 'Proseware',
  KK: '株式会社コントソ',
  BF: '北风贸易',
  ML: 'Müller Logistik GmbH',
  SJ: 'Padaria São João',
};

const WORKLOADS: Readonly<Record<string, NonNullable<UtteranceGot['workload']>>> = {
  exo: 'exchange-online',
  spo: 'sharepoint-online',
  odb: 'onedrive',
  teams: 'teams',
  intune: 'intune',
  apps: 'm365-apps',
  entra: 'entra-id-p1',
  viva: 'viva-engage',
  mdo: 'defender-for-office-365',
  mip: 'purview-information-protection',
};

/** The customers of the evaluation. */
export const CANDIDATES: readonly CustomerName[] = readFileSync(join(__dirname, '../eval/customers.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((name, index) => ({ customerId: `c${String(index)}`, name }));

function parse(lang: Language, line: string): Sentence {
  const [slots = '', text = '', reason = ''] = line.split(' | ').map((part) => part.trim().replace(/\s*\|$/, ''));
  const [intent = '', ...rest] = slots.split(' ');
  const customer = rest.map((slot) => CUSTOMERS[slot]).find((name) => name !== undefined);
  const workload = rest.map((slot) => WORKLOADS[slot]).find((id) => id !== undefined);
  const day = rest.find((slot) => /^\d{4}-/.test(slot));
  return {
    lang,
    text,
    now: '2027-02-10',
    expect: {
      intent: INTENTS[intent] ?? 'none',
      ...(customer !== undefined && { customer }),
      ...(workload !== undefined && { workload }),
      ...(day !== undefined && { date: day }),
      ...(reason !== '' && { reason }),
    },
  };
}

function readTable(folder: string): readonly Sentence[] {
  return LANGUAGES.flatMap((lang) =>
    readFileSync(join(__dirname, folder, `${lang}.txt`), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => parse(lang, line)),
  );
}

/** Our own sentences, `test/language/sentences/<lang>.txt`: `intent slots | text | reason` a line. */
export const SENTENCES: readonly Sentence[] = readTable('sentences');

/** As `SENTENCES`, written before they were tried: every kind of request, names in other scripts. */
export const FRESH_REQUESTS: readonly Sentence[] = readTable('requests/fresh');

/** As `SENTENCES`, each about why: with every way to say so, and with what looks like a reason and is none. */
export const REASON_SENTENCES: readonly Sentence[] = readTable('reasons');

/** As `SENTENCES`: short forms, split names, idioms and half sentences of everyday, by kinds that were once missed. */
export const EVERYDAY_SENTENCES: readonly Sentence[] = readTable('everyday');
