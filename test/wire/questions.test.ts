import { FAQ_TOPICS, type FaqTopic, type Language } from '../../src/domain/vocabulary';
import { text } from '../../src/locales/catalog';
import { buttonsOf, cardOf, wordsOf } from './card-reading';
import { useBot } from './use-bot';

const bot = useBot();

/** Names two matters of the playbook and asks nothing about them. */
const VAGUE: readonly (readonly [Language, string])[] = [
  ['en', 'hm, ESD and customers?'],
  ['de', 'ESD und der Kunde?'],
  ['pt-BR', 'ESD e o cliente?'],
  ['zh-Hans', 'ESD和客户？'],
  ['ja', 'ESDとお客様は？'],
];

describe.each(VAGUE)('a question of which the bot is not sure, in %s', (language, question) => {
  test('gets three topics to choose from in its language, and the chosen one its answer', async () => {
    const asker = bot.teams.person(`Asker ${language}`);
    const card = cardOf(await bot.teams.sendMessage(asker, question));
    expect(wordsOf(card)).toContain(text(language, 'faq.unsure'));
    const choices = buttonsOf(card).filter(({ verb }) => verb === 'faq.show');
    const titles = FAQ_TOPICS.map((topic) => text(language, `faq.${topic}.title`));
    expect(choices).toHaveLength(3);
    expect(choices.filter(({ title }) => !titles.includes(title))).toEqual([]);
    const [first] = choices;
    const answer = await bot.teams.pressCard(asker, 'faq.show', first?.data ?? {});
    const topic = String((first?.data as { topic?: string } | undefined)?.topic) as FaqTopic;
    const [opening = ''] = text(language, `faq.${topic}.answer`).replace(/^- /u, '').split('\n');
    expect(wordsOf(cardOf(answer))).toContain(opening);
  });
});

test.each(['pause reminders', 'Erinnerungen pausieren', 'リマインダーを停止'])(
  'in a group, the command "%s" is no question about the playbook',
  async (command) => {
    const asker = bot.teams.person('Commander in a group');
    const conversation = {
      conversationType: 'groupChat',
      isGroup: true,
      id: '19:commands@thread.v2',
      tenantId: bot.teams.tenantId,
    };
    const turn = await bot.teams.sendMessage(asker, command, { conversation });
    expect(turn.cards).toEqual([]);
    expect(turn.texts).toHaveLength(1);
  },
);

test('in a group, an answer has no button that leads to customers', async () => {
  const asker = bot.teams.person('Asker in a group');
  const conversation = {
    conversationType: 'groupChat',
    isGroup: true,
    id: '19:questions@thread.v2',
    tenantId: bot.teams.tenantId,
  };
  const asked = await bot.teams.sendMessage(asker, 'Is a voicemail the start date?', { conversation });
  expect(wordsOf(cardOf(asked))).toContain('Source: playbook');
  expect(new Set(buttonsOf(cardOf(asked)).map(({ verb }) => verb))).toEqual(new Set(['faq.helpful']));
  const shown = await bot.teams.pressCard(asker, 'faq.show', { topic: 'esd-frp', lang: 'en' }, { conversation });
  expect(new Set(buttonsOf(cardOf(shown)).map(({ verb }) => verb))).toEqual(new Set(['faq.helpful']));
  const alone = await bot.teams.sendMessage(asker, 'Is a voicemail the start date?');
  expect(buttonsOf(cardOf(alone)).map(({ verb }) => verb)).toContain('startDate.open');
});
