import { LANGUAGES, type Language } from '../domain/vocabulary';
import { perLanguage } from './per-language';
import { plainPhrase } from './phrases';
import { WORDS, type AnswerWords } from './words';

/** What a message says as the answer to an open question. */
export type Answer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'save' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'both' }
  | { readonly kind: 'skip' }
  /** One of the choices shown: 1 is the first, -1 the last. */
  | { readonly kind: 'ordinal'; readonly position: number };

/** Where a phrase could be two things the earlier one is meant ("confirm" is yes before it is anything else). */
const KINDS = ['save', 'cancel', 'both', 'yes', 'no', 'skip'] as const;

/**
 * Reads the answer to a question of a dialog. The whole message must be such a phrase: "no budget" is not "no".
 * @param language of the conversation: its meaning of a short word goes first ("para" is "stop" in Portuguese only).
 * @returns undefined for everything else.
 */
export function readAnswer(text: string, language: Language | undefined): Answer | undefined {
  if (text.length > 100) {
    return undefined;
  }
  const phrase = plainPhrase(text);
  const order = language === undefined ? LANGUAGES : [language, ...LANGUAGES];
  for (const candidate of order) {
    const answer = answersOf(candidate).get(phrase);
    if (answer !== undefined) {
      return answer;
    }
  }
  return undefined;
}

const answersOf = perLanguage((language) => buildAnswers(WORDS[language].answers));

function buildAnswers(words: AnswerWords): ReadonlyMap<string, Answer> {
  const built = new Map<string, Answer>();
  const add = (phrase: string, answer: Answer): void => {
    const plain = plainPhrase(phrase);
    if (plain !== '' && !built.has(plain)) {
      built.set(plain, answer);
    }
  };
  for (const kind of KINDS) {
    words[kind].forEach((phrase) => {
      add(phrase, { kind });
    });
  }
  words.ordinals.forEach((forms, index) => {
    for (const form of [...forms.split('|'), String(index + 1)]) {
      for (const frame of words.ordinalFrame) {
        add(frame.replace('#', form), { kind: 'ordinal', position: index + 1 });
      }
    }
  });
  words.last.forEach((phrase) => {
    add(phrase, { kind: 'ordinal', position: -1 });
  });
  return built;
}

/** The choice an ordinal names: 1 is the first, -1 the last. */
export const ordinalOf = <T>(choices: readonly T[], answer: Answer | undefined): T | undefined =>
  answer?.kind === 'ordinal' ? choices.at(answer.position > 0 ? answer.position - 1 : answer.position) : undefined;

/** Whether a message is such a phrase of this language. */
export const isAnswerIn = (text: string, language: Language): boolean => answersOf(language).has(plainPhrase(text));
