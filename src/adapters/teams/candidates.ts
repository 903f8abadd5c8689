import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../domain/actor';
import type { ConversationState } from '../../dialogs/conversation-state';
import { readState } from '../../dialogs/conversation-state';
import { openDraft } from '../../dialogs/dialog-stack';
import type { StateAccess } from '../../dialogs/turn';
import type { Intent, Language } from '../../domain/vocabulary';
import { nameSpelling, withoutLegalForms } from '../../language/customer-keys';
import { fold } from '../../language/fold';
import { understand } from '../../language/understand';
import { isOrdinaryWord } from '../../language/words';
import type { CustomerName, Understanding } from '../../language/understanding';
import {
  eachOnce,
  type CustomerIndex,
  type CustomerSummary,
  type NamedCustomer,
  type TypedWord,
} from '../../ports/customer-index';
import type { OwnCustomers } from './own-customers';

/** What a sentence is searched for. */
export interface Candidates {
  /** The user's own customers, a minute old at most. */
  readonly own: readonly CustomerSummary[];
  /** The customers of others that the sentence may mean: a lead's only. */
  readonly others: readonly CustomerName[];
  /** The user's own customers as they are now. */
  readonly reread: () => Promise<readonly CustomerSummary[]>;
  /** As `others`, by every word of the sentence, and with typos. */
  readonly byEveryWord: () => Promise<readonly CustomerName[]>;
}

export const NOBODY: Candidates = {
  own: [],
  others: [],
  reread: async () => Promise.resolve([]),
  byEveryWord: async () => Promise.resolve([]),
};

interface Sources {
  readonly services: { readonly index: CustomerIndex };
  readonly ownCustomers: OwnCustomers;
}

/** Names the sentence may mean: the user's own customers; for a lead, all who have a word of it in their names. */
export async function candidatesFor(
  { services: { index }, ownCustomers }: Sources,
  { address, lead }: Actor,
  sentence: string,
): Promise<Candidates> {
  const words = lead ? typedWords(sentence) : [];
  const everyday = words.filter(({ word }) => isOrdinaryWord(word));
  const telling = words.filter((word) => !everyday.includes(word));
  const others = await foundBy(telling, async (some) => index.named(some));
  return {
    own: address === undefined ? [] : await ownCustomers.lately(address, index),
    others,
    reread: async () => (address === undefined ? [] : ownCustomers.reread(address, index)),
    byEveryWord: async () => eachOnce([...others, ...(await foundInDoubt(index, { telling, everyday, others }))]),
  };
}

/**
 * Everyday words begin like hundreds of names, and a typo may hide any of them: neither is looked for where each word
 * that is not everyday speech is one of a name already.
 */
async function foundInDoubt(
  index: CustomerIndex,
  asked: Readonly<Record<'telling' | 'everyday', readonly TypedWord[]>> & Pick<Candidates, 'others'>,
): Promise<readonly NamedCustomer[]> {
  const { telling, everyday, others } = asked;
  const inDoubt = telling.filter(({ word }) => !others.some(({ name }) => spelled(name).includes(spelled(word))));
  if (others.length > 0 && !inDoubt.some(({ word }) => LETTER.test(word))) {
    return [];
  }
  const found = await Promise.all([
    foundBy(inDoubt, async (some) => index.namedLike(some)),
    foundBy(everyday, async (some) => index.named(some)),
  ]);
  return found.flat();
}

const LETTER = /\p{Letter}/u;

const foundBy = async (
  words: readonly TypedWord[],
  search: (words: readonly TypedWord[]) => Promise<readonly NamedCustomer[]>,
): Promise<readonly NamedCustomer[]> => (words.length === 0 ? [] : search(words));

/** A name stands early in a sentence. */
const MOST_WORDS = 12;
/** A shorter everyday word begins no longer name ("to" is not Toyota); a longer one may be a part ("book ends"). */
const LONG_WORD = 4;

function typedWords(sentence: string): TypedWord[] {
  const words = sentence.split(/[\s,;:.?!]+/).filter((word) => word !== '');
  return words.slice(0, MOST_WORDS).map((word, place) => ({
    word,
    after: words.slice(place + 1, place + 1 + MOST_WORDS).join(' '),
    isWhole: word.length < LONG_WORD && isOrdinaryWord(word),
  }));
}

/** Understands a sentence; a customer it names and we do not know may have been given to the user just now. */
export async function understandAmong(
  { own, others, reread, byEveryWord }: Candidates,
  sentence: string,
  context: { readonly today: Temporal.PlainDate; readonly language: Language; readonly isAnswer?: boolean },
): Promise<Understanding> {
  const understanding = understand(sentence, { candidates: together(own, others), ...context });
  const isSettled = context.isAnswer || !(mayBeName(understanding, sentence) || isLoose(understanding, sentence));
  if (understanding.unknownCustomer === undefined && isSettled) {
    return understanding;
  }
  const [now, all] = await Promise.all([reread(), byEveryWord()]);
  const isNews = !isSame(own, now) || !isSame(others, all);
  return isNews ? understand(sentence, { candidates: together(now, all), ...context }) : understanding;
}

/** A summary that has not changed is the same object each time it is read. */
const isSame = (before: readonly CustomerName[], now: readonly CustomerName[]): boolean =>
  before.length === now.length && before.every((customer, index) => customer === now[index]);

/**
 * Whether the next sentence answers a question that asks for no name (a date, a reason): then nobody needs to be looked
 * for again unless the sentence itself names somebody unknown.
 */
export async function asksForNoName(state: StateAccess): Promise<boolean> {
  const { state: open } = readState(await state.get<ConversationState>());
  const asking = openDraft(open.dialog)?.asking;
  return asking !== undefined && asking !== 'customer';
}

/** Intents that are about a customer. */
const ABOUT_CUSTOMER: ReadonlySet<Intent> = new Set<Intent>([
  'change-start-date',
  'plan-deployment',
  'customer-replied',
  'no-reply',
  'complete-engagement',
  'show-history',
  'show-notes',
]);

/** A few words may be just the name. */
const NAME_LENGTH = 60;

const mayBeName = ({ customers, intent }: Understanding, sentence: string): boolean =>
  customers.length === 0 && (ABOUT_CUSTOMER.has(intent) || (intent === 'none' && sentence.length <= NAME_LENGTH));

/** A name found by a part, a sound or a typo may be that of a customer given to the user just now. */
const isLoose = ({ customers }: Understanding, sentence: string): boolean =>
  customers.length > 0 && !customers.every(({ name }) => spelled(sentence).includes(spelled(name)));

const spelled = (text: string): string => withoutLegalForms(nameSpelling(fold(text).text));

/** The list itself where nobody is added: its names are indexed once as long as it is kept. */
const together = (own: readonly CustomerName[], others: readonly CustomerName[]): readonly CustomerName[] =>
  others.length === 0 ? own : eachOnce([...own, ...others]);

/** The user's own customers, read anew if one is to be asked about: a question is asked once. */
export const ownForOffers = async ({ own, reread }: Candidates): Promise<readonly CustomerSummary[]> =>
  own.some(({ workloads }) => workloads.some(({ offerDue }) => offerDue)) ? reread() : own;
