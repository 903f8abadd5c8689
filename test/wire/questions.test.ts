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
