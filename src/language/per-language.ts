import type { Language } from '../domain/vocabulary';

/** What is worked out from a language's words when the language is first met, and kept: compiling it is most of the cost. */
export function perLanguage<T>(make: (language: Language) => T): (language: Language) => T {
  const made = new Map<Language, { readonly it: T }>();
  return (language) => {
    const known = made.get(language) ?? { it: make(language) };
    made.set(language, known);
    return known.it;
  };
}
