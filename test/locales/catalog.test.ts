import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { LANGUAGES, type Language } from '../../src/domain/vocabulary';
import { catalog, text, type MessageKey } from '../../src/locales/catalog';
import { filesIn } from '../architecture/source-files';

const keys = Object.keys(catalog('en')) as MessageKey[];
const others = LANGUAGES.filter((language) => language !== 'en');

/** Placeholders of a message, nested ones included, with the choices of a select: what the caller has to supply. */
function placeholders(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.argument:
      case TYPE.number:
      case TYPE.date:
      case TYPE.time:
        return [element.value];
      case TYPE.select: {
        const inside = Object.values(element.options).flatMap(({ value }) => placeholders(value));
        return [`${element.value}: ${Object.keys(element.options).sort().join('|')}`, ...inside];
      }
      case TYPE.plural:
        return [element.value, ...Object.values(element.options).flatMap(({ value }) => placeholders(value))];
      case TYPE.tag:
        return [`<${element.value}>`, ...placeholders(element.children)];
      case TYPE.literal:
      case TYPE.pound:
        return [];
    }
  });
}

const placeholdersOf = (message: string): string[] =>
  [...new Set(placeholders(parse(message, { ignoreTag: true })))].sort();

/** Plural forms that a language's numbers ask for and the message lacks. */
function missingPlurals(message: string, language: string): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return parse(message, { ignoreTag: true }).flatMap((element) =>
    element.type === TYPE.plural
      ? needed.filter((form) => !(form in element.options) && !('other' in element.options))
      : [],
  );
}

describe('catalogs', () => {
  it.each(others)('%s says everything that English says, and no more', (language) => {
    expect(Object.keys(catalog(language)).sort()).toEqual([...keys].sort());
  });

  it.each(others)('%s needs the same values for each message', (language) => {
    const texts = catalog(language);
    const wrong = keys.filter((key) => placeholdersOf(texts[key]).join() !== placeholdersOf(catalog('en')[key]).join());
    expect(wrong).toEqual([]);
  });

  it.each(LANGUAGES)('%s has no empty, untrimmed or unreadable message', (language) => {
    const wrong = Object.entries(catalog(language)).filter(([, message]) => {
      return message.trim() === '' || message !== message.trim() || missingPlurals(message, language).length > 0;
    });
    expect(wrong).toEqual([]);
  });

  it.each(others)('%s is translated: no sentence stands there in English', (language) => {
    const texts = catalog(language);
    const isSentence = (message: string): boolean => !message.includes('{') && message.split(' ').length > 4;
    expect(keys.filter((key) => isSentence(texts[key]) && texts[key] === catalog('en')[key])).toEqual([]);
  });

  it('defines each message in one file only', () => {
    const files = filesIn('src/locales/en', '.json').map(({ text }) => JSON.parse(text) as unknown);
    const defined = files
      .flatMap((content) => (typeof content === 'object' && content !== null ? Object.keys(content) : []))
      .filter((key) => key in catalog('en'));
    expect(defined.filter((key, index) => defined.indexOf(key) !== index)).toEqual([]);
  });
});

describe('a single active user or seat', () => {
  const numbers = { active: 1, needed: 1, seats: 1 };
  test.each<[Language, MessageKey, string]>([
    ['en', 'checklist.milestone.reached', 'Reached: 1 active user (1 needed, 1 seat)'],
    ['en', 'checklist.note.milestoneNoted', 'Milestone reached (per LYNX): 1 active user with 1 seat, 1 needed.'],
    ['de', 'checklist.milestone.reached', 'Erreicht: 1 aktiver Benutzer (1 nötig, 1 Lizenz)'],
    ['de', 'checklist.milestone.open', 'Nicht erreicht: 1 von 1 nötigen aktiven Benutzer (1 Lizenz)'],
    ['pt-BR', 'checklist.milestone.open', 'Não atingido: 1 de 1 usuário ativo necessário (licenças: 1)'],
  ])('%s: %s is no plural', (language, key, expected) => {
    expect(text(language, key, numbers)).toBe(expected);
  });
});
