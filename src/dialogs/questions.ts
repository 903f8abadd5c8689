import type { CardAction, Choice } from '../cards/actions';
import { cardAction, choice, SAY } from '../cards/actions';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import type { FaqTopic, Language } from '../domain/vocabulary';
import { findTopic } from '../language/faq/find-topic';
import { text } from '../locales/catalog';
import type { Services } from './turn';

const KEPT_CHARACTERS = 500;

const cards = new Map<string, Promise<Card>>();

/**
 * The playbook's answer to a topic, its source, what to do next, and the question whether it helped. It says the same to
 * everybody, so each is made once: some hundred cards in all.
 */
export async function topicCard(language: Language, topic: FaqTopic, vote: 'open' | 'voted' = 'open'): Promise<Card> {
  const key = `${language} ${topic} ${vote}`;
  const card = cards.get(key) ?? makeTopicCard(language, topic, vote);
  cards.set(key, card);
  return card;
}

async function makeTopicCard(language: Language, topic: FaqTopic, vote: 'open' | 'voted'): Promise<Card> {
  const answer = text(language, `faq.${topic}.answer`);
  const source = text(language, topic.startsWith('esd-') ? 'faq.source.esd' : 'faq.source.completion');
  return noticeCard({
    title: text(language, `faq.${topic}.title`),
    paragraphs: answer.split('\n').map((line) => line.replace(/^- /, '• ')),
    choices: nextSteps(language, topic),
    footer: text(language, vote === 'open' ? 'faq.footer' : 'faq.footerVoted', { source }),
    actions: vote === 'open' ? helpfulActions(language, topic) : [],
  });
}

function helpfulActions(language: Language, topic: FaqTopic): CardAction[] {
  const data = { topic, lang: language };
  return [
    cardAction('faq.helpful', text(language, 'faq.yes'), { ...data, helpful: true }),
    cardAction('faq.helpful', text(language, 'faq.no'), { ...data, helpful: false }),
  ];
}

/** Most questions are asked on the way to doing something: the thing itself is one press away. */
function nextSteps(language: Language, topic: FaqTopic): Choice[] {
  return topic.startsWith('esd-')
    ? [choice(cardAction('startDate.open', text(language, 'help.change'), { lang: language }))]
    : [choice(cardAction('checklist.open', text(language, 'checklist.complete'), { lang: language }))];
}

/**
 * Answers a question about the playbook in the question's language: the topic where it is clear, three to choose from
 * where it is not, and a plain "not in the playbook" otherwise. What stays unanswered is kept for the phrases.
 */
export async function answerCard(services: Services, language: Language, question: string): Promise<Card> {
  return (await answerIfNear(services, language, question)) ?? notInPlaybookCard(language);
}

/** As `answerCard`, but undefined where the text has nothing to do with the playbook: it may not be a question at all. */
export async function answerIfNear(
  services: Services,
  language: Language,
  question: string,
): Promise<Card | undefined> {
  const match = findTopic(question);
  if (match.topic !== 'none') {
    return topicCard(language, match.topic);
  }
  await services.feedback.unanswered({
    text: question.slice(0, KEPT_CHARACTERS),
    language,
    at: services.clock.now().toString(),
  });
  return match.nearest.length > 0 ? topicChoiceCard(language, match.nearest) : undefined;
}

const topicChoiceCard = async (language: Language, nearest: readonly FaqTopic[]): Promise<Card> =>
  noticeCard({
    paragraphs: [text(language, 'faq.unsure')],
    choices: nearest.map((topic) =>
      choice(cardAction('faq.show', text(language, `faq.${topic}.title`), { topic, lang: language })),
    ),
  });

/** Says that the playbook has no answer, and what to do instead. */
export const notInPlaybookCard = async (language: Language): Promise<Card> =>
  noticeCard({
    paragraphs: [text(language, 'faq.notInPlaybook')],
    choices: [
      choice(cardAction(SAY, text(language, 'help.title'), { text: text(language, 'help.word'), lang: language })),
    ],
  });
