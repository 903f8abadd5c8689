import { LEAD } from './bot-under-test';
import { cardOf, wordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted } from './gateway-customer';
import type { Person } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let lead: Person;

/** Somebody else's customers. */
const NAMES = ['Kipelo Works', 'Pharma Nord AG', 'Contoso Pharma', '康托索集团', 'The Phone Company'];

beforeAll(async () => {
  lead = bot.teams.person('Lea Lead', { email: LEAD });
  const ana = bot.teams.person('Ana');
  for (const [index, name] of NAMES.entries()) {
    const workloads = [gatewayWorkload('teams', { requestId: 'RFA-1' })];
    await putAccepted(bot.url, `other-${index}`, gatewayCustomer(name, ana.email, { workloads }));
  }
});

test.each([
  ['its first word', 'history of Kipelo Teams', 'Kipelo Works'],
  ['a typo', 'history of Kipleo Teams', 'Kipelo Works'],
  ['a typo beside a word of another name', 'history of Contosso Pharma Teams', 'Contoso Pharma'],
  ['everyday words', 'history of The Phone Company Teams', 'The Phone Company'],
  ['the middle of a run of characters', '查看康托索集团的Teams历史记录', '康托索集团'],
])('a lead names somebody else’s customer by %s', async (_how, sentence, name) => {
  const words = wordsOf(cardOf(await bot.teams.sendMessage(lead, sentence))).split('\n');
  expect(words).toContain(name);
  expect(NAMES.filter((other) => other !== name && words.includes(other))).toEqual([]);
});
