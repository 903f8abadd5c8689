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
import { eachOnce, type CustomerIndex, type CustomerSummary } from '../../ports/customer-index';
import type { OwnCustomers } from './own-customers';

/** What a sentence is searched for. */
export interface Candidates {
  /** The user's own customers, a minute old at most. */
  readonly own: readonly CustomerSummary[];
  /** The customers of others that the sentence may mean: a lead's only. */
  readonly others: readonly CustomerName[];
  /** The user's own customers as they are now. */
  readonly reread: () => Promise<readonly CustomerSummary[]>;
  /** As `others`, by every word of the sentence. */
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

/** Names the sentence may mean: the user's own customers; for a lead, all whose names begin like a word of it. */
export async function candidatesFor(
  { services: { index }, ownCustomers }: Sources,
  { address, lead }: Actor,
  sentence: string,
): Promise<Candidates> {
  const words = lead ? sentence.split(/[\s,;:.?!]+/).slice(0, MOST_WORDS) : [];
  const named = async (some: readonly string[]): Promise<readonly CustomerName[]> =>
    some.length === 0 ? [] : index.namedLike(some);
  // Everyday words begin like hundreds of names: they are looked up only where no name is found without them.
  const others = await named(words.filter((word) => !isOrdinaryWord(word)));
  return {
    own: address === undefined ? [] : await ownCustomers.lately(address, index),
    others,
    reread: async () => (address === undefined ? [] : ownCustomers.reread(address, index)),
    byEveryWord: async () => eachOnce([...others, ...(await named(words.filter(isOrdinaryWord)))]),
  };
}

/** A name stands early in a sentence. */
const MOST_WORDS = 12;

/** Understands a sentence; a customer it names and we do not know may have been given to the user just now. */
export async function understandAmong(
  { own, others, reread, byEveryWord }: Candidates,
  sentence: string,
  context: { readonly today: Temporal.PlainDate; readonly language: Language; readonly isAnswer?: boolean },
): Promise<Understanding> {
  const understanding = understand(sentence, { ...context, candidates: together(own, others) });
  const isSettled = context.isAnswer || !(mayBeName(understanding, sentence) || isLoose(understanding, sentence));
  if (understanding.unknownCustomer === undefined && isSettled) {
    return understanding;
  }
  const [now, all] = await Promise.all([reread(), byEveryWord()]);
  const isNews = !isSame(own, now) || !isSame(others, all);
  return isNews ? understand(sentence, { ...context, candidates: together(now, all) }) : understanding;
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
