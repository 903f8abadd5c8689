import { type Intent, type Language } from '../domain/vocabulary';
import type { FoldedText } from './fold';
import { compilePattern, patternSource } from './pattern';
import { perLanguage } from './per-language';
import { GENERIC_NAME_WORDS, ORDINARY_WORDS, WORDS } from './words';

/** What is known when an unknown name is looked for. */
export interface UnknownContext {
  /** Folded text with placeholders. */
  readonly masked: string;
  readonly intent: Intent;
  readonly languages: readonly Language[];
}

/** Requests that are about a customer. */
const ABOUT_CUSTOMERS: ReadonlySet<Intent> = new Set<Intent>([
  'change-start-date',
  'no-reply',
  'customer-replied',
  'complete-engagement',
  'show-history',
  'show-notes',
  'plan-deployment',
  'gaps',
]);
const LATIN_NAME = "([a-z][a-z0-9&.']{2,30}(?: (?:[a-z][a-z0-9&.']{2,30}))?)";
const EAST_ASIAN_NAME = '([\\p{Script=Han}\\p{Script=Katakana}a-z0-9ー]{2,15}?)';

const expressionsOf = perLanguage((language) => {
  const words = WORDS[language];
  const name = words.writesSpaces ? LATIN_NAME : EAST_ASIAN_NAME;
  return words.unknownCustomer.map((source) => new RegExp(patternSource(source, words).replace('#', name), 'u'));
});

/** @returns the name, as typed, that stands where a customer's would and is nobody's among the candidates. */
export function findUnknownCustomer(folded: FoldedText, context: UnknownContext): string | undefined {
  if (!ABOUT_CUSTOMERS.has(context.intent)) {
    return undefined;
  }
  for (const language of context.languages) {
    const text = WORDS[language].writesSpaces ? context.masked : context.masked.replace(/\s+/g, '');
    for (const expression of expressionsOf(language)) {
      const name = nameWords(expression.exec(text)?.[1] ?? '');
      if (name !== '' && !isPlaybookWord(name, language)) {
        return asTyped(folded, name);
      }
    }
  }
  return undefined;
}

/** Ordinary words at the edges of what was caught are no part of a name; ordinary words alone are no name. */
function nameWords(caught: string): string {
  const words = caught.replace(/'s$/, '').split(' ');
  while (words.length > 0 && ORDINARY_WORDS.has(words[words.length - 1] ?? '')) {
    words.pop();
  }
  while (words.length > 0 && ORDINARY_WORDS.has(words[0] ?? '')) {
    words.shift();
  }
  return words.some((word) => !ORDINARY_WORDS.has(word) && !GENERIC_NAME_WORDS.has(word)) ? words.join(' ') : '';
}

/** Without spaces a verb or a noun of the playbook may be caught for a name: "修改". */
function isPlaybookWord(name: string, language: Language): boolean {
  return !WORDS[language].writesSpaces && playbookWords(language).test(name);
}

const playbookWords = perLanguage((language) => compilePattern('(<move>|<esd>|<vocabulary>)', WORDS[language]));

function asTyped(folded: FoldedText, name: string): string | undefined {
  const start = folded.text.indexOf(name);
  return start < 0 ? undefined : folded.original.slice(folded.at[start], folded.at[start + name.length]);
}
