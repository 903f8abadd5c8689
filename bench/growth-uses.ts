import { GATEWAY_COLUMNS, type GatewayColumn } from '../src/domain/gateway/columns';
import { csvLine } from '../src/domain/gateway/csv-text';
import { ALL_DONE } from '../test/builders/completion';
import { comingDay } from '../test/coming-days';
import { buttonOf, inputsOf } from '../test/wire/card-reading';
import { gatewayCustomer, gatewayWorkload, putCustomer } from '../test/wire/gateway-customer';
import type { Person, TeamsStandIn, Turn } from '../test/wire/teams-stand-in';
import { GATEWAY_KEY, importCsv } from './bots';

export interface Play {
  readonly teams: TeamsStandIn;
  readonly url: string;
  readonly lead: Person;
  readonly counted: <T>(action: string, work: () => Promise<T>) => Promise<T>;
}

/** A person at their client: what they say and press, each counted by itself. */
interface Client {
  /** @throws when the answer has no card. */
  readonly asks: (action: string, text: string) => Promise<object>;
  readonly presses: (action: string, card: object, verb: string, typed?: object) => Promise<object>;
}

export const cardOf = (turn: Turn): object | undefined => (turn.cards.at(-1) ?? turn.body?.value) as object | undefined;

function clientOf({ teams, counted }: Play, who: Person): Client {
  const shown = (action: string, turn: Turn): object => {
    const card = cardOf(turn);
    if (card === undefined) {
      throw new Error(`"${action}" was answered without a card: ${turn.texts.join()}`);
    }
    return card;
  };
  return {
    asks: async (action, text) => shown(action, await counted(action, async () => teams.sendMessage(who, text))),
    presses: async (action, card, verb, typed = {}) => {
      const data = { ...inputsOf(card), ...buttonOf(card, verb).data, ...typed };
      const press = async (): Promise<Turn> => teams.pressCard(who, verb, data, { replyToId: 'card' });
      return shown(action, await counted(action, press));
    },
  };
}

/** Its fourth and fifth letters have changed places. */
const mistyped = (name: string): string => name.replace(/^(.{3})(.)(.)/, '$1$3$2');

/** What Gateway, an FM and a lead do, about customers of that name. @returns the FM. */
export async function dayOfUses(play: Play, name: string): Promise<Person> {
  const { teams, lead } = play;
  const fm = teams.person(`Ana of ${name}`);
  const sentence = `Move ${name} Teams to ${comingDay(4)} because they postponed the kickoff`;
  await clientOf(play, fm).asks('first words of an FM', 'help');
  await clientOf(play, lead).asks('lead: first words', 'help');
  await gatewayDay(play, name, fm);
  await fmDay(clientOf(play, fm), { name, sentence });
  await leadDay(clientOf(play, lead), { name, sentence });
  return fm;
}

async function gatewayDay({ url, counted }: Play, name: string, fm: Person): Promise<void> {
  const put = async (): Promise<void> => gatewayPuts(url, name, fm.email);
  const file = csvOf(name, `file.${fm.email}`);
  await counted('Gateway: PUT of a new customer', put);
  await counted('Gateway: PUT of the same again', put);
  await counted('Gateway: import of two new customers', async () => importCsv({ url }, file));
  await counted('Gateway: import of the same again', async () => importCsv({ url }, file));
}

interface Subject {
  readonly name: string;
  readonly sentence: string;
}

async function fmDay(fm: Client, { name, sentence }: Subject): Promise<void> {
  await fm.asks('help', 'help');
  const answer = await fm.asks('question', 'what counts as the start date?');
  await fm.presses('vote on an answer', answer, 'faq.helpful');
  await fm.asks('question nobody can answer', 'who won the football match on Sunday?');
  await fm.asks('my start dates', 'my start dates');
  const form = await fm.asks('sentence to form', sentence);
  await fm.presses('commit', form, 'startDate.save', { occasion: 'customer-rescheduled' });
  await fm.asks('dialog begun', `change the start date of ${name} Exchange`);
  await fm.asks('dialog answer', comingDay(6));
  await fm.asks('dialog cancelled', 'cancel');
  await fm.asks('contact attempt', `I called ${name} Teams, nobody picked up`);
  await fm.asks('history', `history of ${name} Teams`);
  await fm.asks('notes', `show notes for ${name} Teams`);
  await fm.asks('gaps', 'gaps');
  const checklist = await fm.asks('completion: open', `Complete ${name} Exchange`);
  const saved = await fm.presses('completion: save', checklist, 'checklist.save', { nextSteps: 'a call' });
  await fm.presses('completion: submit', saved, 'checklist.submit', ALL_DONE);
  await fm.asks('open completions', 'open completions');
  const settings = await fm.asks('settings: open', 'settings');
  await fm.presses('settings: save', settings, 'settings.save', { headsUp: 'true' });
}

async function leadDay(lead: Client, { name, sentence }: Subject): Promise<void> {
  await lead.asks('lead: question', 'what counts as the start date?');
  await lead.asks('lead: sentence to form', sentence);
  await lead.asks('lead: sentence with a typo', sentence.replace(name, mistyped(name)));
  await lead.asks('lead: history of another’s customer', `history of ${name} Teams`);
  await lead.asks('lead: team load', 'team load');
  await lead.asks('lead: open completions', 'open completions');
}

async function gatewayPuts(url: string, name: string, fm: string): Promise<void> {
  const workloads = [
    gatewayWorkload('exchange-online', { activeUsers: 900, requestId: 'RFA-1' }),
    gatewayWorkload('teams', { requestId: 'RFA-2' }),
  ];
  const customer = gatewayCustomer(`${name} Works`, fm, { workloads });
  const answer = await putCustomer(url, name.toLowerCase(), customer, GATEWAY_KEY);
  if (!answer.ok) {
    throw new Error(`PUT answered ${answer.status}`);
  }
}

function csvOf(name: string, fm: string): string {
  const row = (place: string): Record<GatewayColumn, string> => ({
    customerId: `${name.toLowerCase()}-${place.toLowerCase()}`,
    customerName: `${place} Lights`,
    region: 'EMEA',
    seats: '5000',
    motion: 'RFA',
    deliveryChannel: 'FTC',
    fm,
    accountManaged: 'yes',
    accountTeam: 'account@example.com',
    language: 'en',
    requestId: 'RFA-3',
    workload: 'intune',
    l1Status: 'InProgress',
    engagementStartDate: comingDay(5),
    kickoffDate: '',
    activeUsers: '20',
    serviceStatus: 'Enablement',
  });
  const rows = [row('Harbour'), row('Observatory')].map((each) => GATEWAY_COLUMNS.map((column) => each[column]));
  return [GATEWAY_COLUMNS, ...rows].map(csvLine).join('');
}
