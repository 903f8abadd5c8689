import { LANGUAGES } from '../domain/vocabulary';
import { plainPhrase } from './phrases';
import { WORDS } from './words';

const GREETINGS = phrases('greeting');
const THANKS = phrases('thanks');

function phrases(kind: 'greeting' | 'thanks'): ReadonlySet<string> {
  return new Set(LANGUAGES.flatMap((language) => WORDS[language].smallTalk[kind]).map(plainPhrase));
}

/** @returns what kind of small talk a message is, undefined where it says anything else besides. */
export function smallTalk(text: string): 'greeting' | 'thanks' | undefined {
  const phrase = plainPhrase(text.slice(0, 100));
  if (THANKS.has(phrase)) {
    return 'thanks';
  }
  return GREETINGS.has(phrase) ? 'greeting' : undefined;
}
