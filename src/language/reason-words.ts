import { type Language } from '../domain/vocabulary';
import { anyOf, PLACEHOLDERS } from './pattern';
import { WORDS, type Words } from './words';

/** A language's ways to say why, as expressions for folded text. */
export interface ReasonExpressions {
  readonly words: Words;
  readonly before: RegExp;
  readonly nominal: RegExp;
  readonly not: RegExp;
  readonly after: RegExp;
  /** At the end of a reason: politeness, weak endings, a verb of the request. */
  readonly politeAtEnd: RegExp;
  readonly weakAtEnd: RegExp;
  readonly verbAtEnd: RegExp;
  readonly verbAtStart: RegExp;
  readonly leadAtStart: RegExp;
  /** At the end of what stands before the date asked for. */
  readonly targetAtEnd: RegExp;
  readonly politeOnly: RegExp;
}

const known = new Map<Language, ReasonExpressions>();

/** @returns the expressions of a language, compiled once. */
export function reasonExpressions(language: Language): ReasonExpressions {
  const ready = known.get(language);
  if (ready !== undefined) {
    return ready;
  }
  const compiled = compile(WORDS[language]);
  known.set(language, compiled);
  return compiled;
}

function compile(words: Words): ReasonExpressions {
  const { reason } = words;
  const choice = (phrases: readonly string[]): string => anyOf(phrases, words, 'u').source;
  const moves = choice([`<move>`]);
  const nouns =
    reason.nounBeforeDe.length === 0 ? '' : `|(?<=${reason.nounBeforeDe.join('|')})(?:により|のため|で|につき)`;
  const before = reason.before.map((phrase) => phrase.replaceAll('{C}', PLACEHOLDERS.customer));
  return {
    words,
    before: new RegExp(choice(before), 'gu'),
    nominal: new RegExp(`^(?:${choice(reason.nominal)})`, 'u'),
    not: new RegExp(`^(?:${choice(reason.not)})`, 'u'),
    after: new RegExp(`(?:${choice(reason.after)})${nouns}`, 'gu'),
    politeAtEnd: new RegExp(`[\\s,、，。.!！]*(?:${choice(reason.politeness)})[\\s.!。！]*$`, 'u'),
    weakAtEnd: new RegExp(`(?:${choice(reason.weakAfter)})[\\s.!。！]*$`, 'u'),
    verbAtEnd: new RegExp(`[\\s,]+(?:${moves})[\\s.!]*$`, 'u'),
    verbAtStart: new RegExp(`^\\s*(?:${moves})`, 'u'),
    leadAtStart: new RegExp(`^\\s*(?:${choice(reason.lead)})[\\s,，、]*`, 'u'),
    targetAtEnd: new RegExp(`(?:^|[\\s,，、]*)(?:${choice(reason.target)})\\s*$`, 'u'),
    politeOnly: new RegExp(
      `^[\\s,]*(?:${choice([...reason.politeness, ...words.smallTalk.greeting])})[\\s.!。！]*$`,
      'u',
    ),
  };
}
