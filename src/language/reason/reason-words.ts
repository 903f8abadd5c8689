import { LANGUAGES } from '../../domain/vocabulary';
import { anyOf, PLACEHOLDERS } from '../pattern';
import { perLanguage } from '../per-language';
import { WORDS, type Words } from '../words';

/** A language's ways to say why, as expressions for folded text. */
export interface ReasonExpressions {
  readonly words: Words;
  readonly dottedOrdinals: boolean;
  readonly before: RegExp;
  readonly not: RegExp;
  readonly after: RegExp;
  /** "So", "deshalb": what stands before is the reason. */
  readonly then: RegExp;
  /** The words with which the request goes on behind a reason that no sign ends. */
  readonly requestAtEnd: RegExp;
  /** At the end of a reason: politeness, weak endings. */
  readonly politeAtEnd: RegExp;
  readonly weakAtEnd: RegExp;
  readonly verbAtStart: RegExp;
  readonly verb: RegExp;
  readonly leadAtStart: RegExp;
  /** At the end of what stands before the date asked for. */
  readonly targetAtEnd: RegExp;
  readonly politeOnly: RegExp;
  /** How a clause begins that is no reason: a contrast, a remark, another errand. */
  readonly aside: RegExp;
  /** What is wished for, and what is spoken of: words of a request. */
  readonly wish: RegExp;
  /** How words begin that belong to the request before them. */
  readonly adverb: RegExp;
  /** Replies and calls. */
  readonly contact: RegExp;
  /** A kickoff that was moved: what happened to it is no request. */
  readonly event: RegExp;
}

/** @returns the expressions of a language, compiled once. */
export const reasonExpressions = perLanguage((language): ReasonExpressions => compile(WORDS[language]));

function compile(words: Words): ReasonExpressions {
  const { reason } = words;
  const choice = (phrases: readonly string[]): string =>
    anyOf(
      phrases.map((phrase) => phrase.replaceAll('{C}', PLACEHOLDERS.customer)),
      words,
      'u',
    ).source;
  const edge = words.writesSpaces ? '(?![\\p{L}\\p{N}-])' : '';
  const tail = words.writesSpaces ? '[\\s,]+' : '[\\s,，、]*';
  return {
    words,
    dottedOrdinals: reason.dottedOrdinals ?? false,
    before: new RegExp(choice(reason.before), 'gu'),
    not: new RegExp(`^(?:${choice(reason.not)})`, 'u'),
    after: new RegExp(choice(reason.after), 'gu'),
    then: new RegExp(choice(reason.then), 'gu'),
    requestAtEnd: new RegExp(`(?:${tail}(?:${choice([...reason.request, '<move>'])}))+[\\s.!]*$`, 'u'),
    politeAtEnd: new RegExp(`[\\s,、，。.!！]*(?:${choice(reason.politeness)})[\\s.!。！]*$`, 'u'),
    weakAtEnd: new RegExp(`(?:${choice(reason.weakAfter)})[\\s.!。！]*$`, 'u'),
    verbAtStart: new RegExp(`^\\s*(?:${choice(['<move>'])})`, 'u'),
    verb: new RegExp(choice(['<move>']), 'u'),
    leadAtStart: new RegExp(`^\\s*(?:${choice(reason.lead)})${edge}[\\s,，、]*`, 'u'),
    targetAtEnd: new RegExp(`(?:^|[\\s,，、]*)(?:${choice(reason.target)})\\s*$`, 'u'),
    politeOnly: politeInAnyLanguage(),
    aside: new RegExp(`^\\s*(?:${choice(reason.aside)})`, 'u'),
    adverb: new RegExp(`^\\s*(?:${choice(reason.adverb)})`, 'u'),
    contact: new RegExp(choice(reason.contact), 'u'),
    event: new RegExp(choice(reason.event), 'gu'),
    wish: new RegExp(choice([...reason.wish, '<esd>', '<move>']), 'u'),
  };
}

let polite: RegExp | undefined;

/** Nothing but politeness: short as it is, it rarely tells its language. */
function politeInAnyLanguage(): RegExp {
  const choices = LANGUAGES.map((language) => WORDS[language]).map(
    (words) => anyOf([...words.reason.politeness, ...words.smallTalk.greeting], words, 'u').source,
  );
  polite ??= new RegExp(`^(?:[\\s,，、!！.]*(?:${choices.join('|')}))+[\\s.!。！]*$`, 'u');
  return polite;
}
