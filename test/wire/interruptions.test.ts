import { inComingMonth, written } from '../coming-days';
import { cardOf, inputsOf, shown } from './card-reading';
import type { Person, Turn } from './teams-stand-in';
import { useBot } from './use-bot';

const bot = useBot();
let people = 0;
let alex: Person;

/** Every test has an FM of its own, who takes over the sample customers. */
beforeEach(async () => {
  people += 1;
  alex = bot.teams.person(`Sam ${people}`);
  await bot.importSample(alex.email);
});

const said = async (text: string): Promise<Turn> => bot.teams.sendMessage(alex, text);
const DATE = inComingMonth(3);
const MOVE = `move Contoso Exchange to ${written('en', DATE)}`;

describe('what is said beside an open question', () => {
  test.each([
    ['what’s due next week', 'My start dates'],
    ['thanks', 'You’re welcome.'],
    ['how many customers do I have?', 'My start dates'],
  ])('"%s" answers none: it is done, and the reason asked for again', async (text, shows) => {
    await said(MOVE);
    await said('kickoff');
    const turn = await said(text);
    expect(shown(turn)).toContain(shows);
    expect(shown(turn)).toContain('What is the reason?');
  });

  test('a workload that the customer does not have is never replaced by the only one there is', async () => {
    await said('plan Tailspin Toys Intune for May');
    for (const text of ['thanks', 'next week', 'hmm']) {
      expect(shown(await said(text))).toContain('Which workload?');
    }
  });

  test('a request for another customer is no reason', async () => {
    await said(MOVE);
    await said('kickoff');
    expect(shown(await said(`Fabrikam Teams to ${written('en', inComingMonth(9))}`))).toMatch(
      /Fabrikam[^]+What happened\?/,
    );
  });

  test.each(['their CFO left, so Fabrikam waits for them', 'we need the people of Fabrikam for this one'])(
    '"%s", asked what happened, tells why and leaves the customer as it was',
    async (reason) => {
      await said(MOVE);
      const form = await said(reason);
      expect(inputsOf(cardOf(form))).toMatchObject({ date: DATE, reason });
      expect(shown(form)).toContain('Contoso · Exchange Online');
    },
  );

  test('a workload typed when asked which to complete says that, not what a form set aside is about', async () => {
    await said(`${MOVE}, their admin is out until then`);
    await said('complete Contoso');
    expect(shown(await said('Exchange'))).toContain('Complete the engagement');
  });

  test.each([
    ['when do you remind me next?', 'Why do I get this?'],
    ['Wann erinnerst du mich wieder?', 'Warum bekomme ich das?'],
    ['quando você me lembra de novo?', 'Por que recebo isto?'],
    ['你什么时候再提醒我？', '为什么会收到此提醒？'],
    ['次のリマインダーはいつ？', 'このお知らせが届く理由'],
  ])('"%s" switches nothing on', async (question, answer) => {
    expect(shown(await said(question))).toContain(answer);
  });
});
