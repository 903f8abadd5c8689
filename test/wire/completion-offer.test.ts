import { AzureReminderQueue } from '../../src/adapters/storage/azure-reminder-queue';
import type { Card } from '../../src/cards/render';
import type { Language } from '../../src/domain/vocabulary';
import { text } from '../../src/locales/catalog';
import { validationEvents } from '../cards/card-check';
import { truthOf, type Truth } from '../reliability/customer-at-work';
import { buttonOf, buttonsOf, inputsOf, wordsOf } from './card-reading';
import { eventually } from './eventually';
import { gatewayCustomer, gatewayWorkload, putAccepted } from './gateway-customer';
import type { ConnectorCall, Json, Person } from './teams-stand-in';
import { REMINDERS_AT_ONCE, useBot } from './use-bot';

const bot = useBot(REMINDERS_AT_ONCE);
let truth: Truth;
let queue: AzureReminderQueue;
let people = 0;
let bea: Person;
let name: string;
let customerId: string;

beforeAll(async () => {
  truth = truthOf(bot.connectionString);
  queue = new AzureReminderQueue({ connectionString: bot.connectionString });
});
afterAll(async () => {
  await truth.close();
  await queue.close();
});
beforeEach(() => {
  people += 1;
  bea = bot.teams.person(`Bea ${people}`);
  name = `Wingtip Toys ${people}`;
  customerId = `wingtip-${people}`;
});

const workload = (more: object = {}): object => gatewayWorkload('exchange-online', { activeUsers: 150, ...more });
const put = async (changes: object = {}, id = customerId, called = name): Promise<void> =>
  putAccepted(bot.url, id, gatewayCustomer(called, bea.email, { workloads: [workload()], ...changes }));

/** The task that the import has put into the queue comes ten minutes later; this one is the same, now. */
const tenMinutesLater = async (): Promise<void> => queue.put({ kind: 'offer', fm: bea.email, hints: [] });

const isOffer = (card: Json, language: Language = 'en'): boolean =>
  wordsOf(card).includes(text(language, 'checklist.offer'));
const offersIn = (cards: readonly Json[], language?: Language): string[] =>
  cards.filter((card) => isOffer(card, language)).flatMap((card) => buttonsOf(card).map(({ title }) => title));
const offersSaid = async (words: string): Promise<string[]> =>
  offersIn((await bot.teams.sendMessage(bea, words)).cards);
const cardIn = (call: ConnectorCall): Json => call.body.attachments?.[0]?.content;
const sentOffers = (language?: Language): Json[] =>
  bot.teams.connector.calls
    .filter(
      ({ kind, status, conversationId }) =>
        kind === 'send' && status === 201 && conversationId === bot.teams.chatOf(bea),
    )
    .map(cardIn)
    .filter((card) => card && isOffer(card, language));
const isMade = async (id = customerId): Promise<boolean | undefined> =>
  (await truth.file(id)).workloads[0]?.completionOffer?.made;

describe('the offer to complete what an import has brought to the milestone', () => {
  test.each<[Language, string]>([
    ['en', 'hello'],
    ['de', 'Guten Morgen'],
    ['pt-BR', 'bom dia'],
    ['zh-Hans', '你好'],
    ['ja', 'おはようございます'],
  ])('comes (%s) in a message of its own, one for all customers of an import, and once', async (language, greeting) => {
    await bot.teams.sendMessage(bea, greeting);
    await Promise.all([put(), put({}, `${customerId}-2`, `Contoso ${people}`)]);
    await tenMinutesLater();
    await eventually(
      async () => sentOffers(language).length,
      (count) => count > 0,
    );
    const [card] = sentOffers(language);
    expect(validationEvents(card as Card)).toEqual([]);
    expect(offersIn([card], language).sort()).toEqual(
      [name, `Contoso ${people}`]
        .map((customer) =>
          text(language, 'checklist.offerFor', { customer, workload: text(language, 'workload.exchange-online') }),
        )
        .sort(),
    );
    await eventually(
      async () => [await isMade(), await isMade(`${customerId}-2`)],
      (made) => made.every(Boolean),
    );
    await put({ seats: 2001 });
    await tenMinutesLater();
    expect(offersIn((await bot.teams.sendMessage(bea, greeting)).cards, language)).toEqual([]);
    expect(sentOffers(language)).toHaveLength(1);

    const button = buttonOf(card, 'checklist.open');
    const opened = await bot.teams.pressCard(
      bea,
      'checklist.open',
      { ...inputsOf(card), ...button.data },
      { replyToId: '1' },
    );
    expect(JSON.stringify(opened.body ?? opened.cards)).toContain('checklist.submit');
  });

  test('waits for a greeting of an FM who has never written', async () => {
    await put();
    expect(await offersSaid('my start dates')).toEqual([]);
    expect(await offersSaid('hello')).toEqual([`${name}, Exchange Online`]);
    await eventually(isMade, Boolean);
    expect(await offersSaid('hello')).toEqual([]);
    expect(sentOffers()).toEqual([]);
  });

  test.each([
    ['is refused for now is made later', { status: 412 }, 2],
    ['may have arrived, its answer lost, is not made again', { reset: 'after' as const }, 1],
  ])('that %s', async (_, fault, posts) => {
    await bot.teams.sendMessage(bea, 'hello');
    const from = bot.teams.connector.calls.length;
    bot.teams.connector.fail({ ...fault, on: ['send'] });
    await put();
    await tenMinutesLater();
    await eventually(isMade, Boolean);
    const tried = bot.teams.connector.calls
      .slice(from)
      .filter(({ conversationId }) => conversationId === bot.teams.chatOf(bea));
    expect(tried).toHaveLength(posts);
    expect(await offersSaid('hello')).toEqual([]);
  });

  test.each([
    ['under the milestone', { workloads: [workload({ activeUsers: 99 })] }],
    ['without RFA', { motion: 'Proactive' }],
    ['completed before', { workloads: [workload({ serviceStatus: 'Adoption' })] }],
  ])('is not made for a workload %s', async (_, changes) => {
    await bot.teams.sendMessage(bea, 'hello');
    await put(changes);
    expect(await offersSaid('hello')).toEqual([]);
    expect(await isMade()).toBeUndefined();
  });
});
