import { findTopic } from '../language/faq/find-topic';
import { text } from '../locales/catalog';
import { answerCard } from './questions';
import type { Turn } from './turn';

/** In a channel or group chat only the playbook is talked about: customers are nobody else's business. */
export async function answerInGroup(turn: Turn): Promise<void> {
  if (turn.input.kind !== 'said') {
    return;
  }
  const { understanding, text: sentence } = turn.input;
  const language = understanding.language ?? turn.language;
  const { intent } = understanding;
  // A command has no answer in the playbook, whatever topic its words are near.
  if (intent === 'question' || (intent === 'none' && findTopic(sentence).topic !== 'none')) {
    await turn.show(await answerCard(turn.services, language, sentence));
    return;
  }
  return turn.say(text(language, 'groupOnlyQuestions'));
}
