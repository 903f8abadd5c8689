import { comingDay, inComingMonth, written } from '../coming-days';
import { inputsOf, wordsOf } from './card-reading';
import { gatewayCustomer, gatewayWorkload, putAccepted, startingOn } from './gateway-customer';
import type { Person } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
const DATE = inComingMonth(3);
let alex: Person;

beforeAll(async () => {
  alex = bot.teams.person('Alex');
});

const assign = async (name: string, fm: string): Promise<void> =>
  putAccepted(
    bot.url,
    name.toLowerCase(),
    gatewayCustomer(name, fm, { workloads: [gatewayWorkload('exchange-online', startingOn(comingDay(2)))] }),
  );

const move = (name: string): string => `Move ${name} Exchange to ${written('en', DATE)}, their admin is out until then`;

test("names are kept for a minute, yet a customer given to the FM meanwhile is understood in the FM's next sentence", async () => {
  await assign('Adatum', alex.email);
  expect(inputsOf((await bot.teams.sendMessage(alex, move('Adatum'))).cards.at(-1))).toMatchObject({
    date: DATE,
  });
  await assign('Woodgrove', alex.email);
  const [form] = (await bot.teams.sendMessage(alex, move('Woodgrove'))).cards;
  expect(wordsOf(form)).toContain('Woodgrove · Exchange Online');
});

test('a customer taken from the FM meanwhile is as if unknown, although the name is still kept', async () => {
  await assign('Fabrikam', alex.email);
  await bot.teams.sendMessage(alex, move('Fabrikam'));
  await assign('Fabrikam', 'somebody.else@contoso.com');
  const turn = await bot.teams.sendMessage(alex, move('Fabrikam'));
  expect(turn.cards.flatMap((card) => Object.keys(inputsOf(card)))).not.toContain('date');
});
