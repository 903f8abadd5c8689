import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../domain/vocabulary';
import deCommon from './de/common.json';
import deFaq from './de/faq.json';
import enCommon from './en/common.json';
import enFaq from './en/faq.json';
import jaCommon from './ja/common.json';
import jaFaq from './ja/faq.json';
import ptCommon from './pt-BR/common.json';
import ptFaq from './pt-BR/faq.json';
import zhCommon from './zh-Hans/common.json';
import zhFaq from './zh-Hans/faq.json';

// One file per feature and language; English is the shape of the others (a test compares keys and placeholders).
const en = { ...enCommon, ...enFaq };
export type MessageKey = keyof typeof en;
type Catalog = Readonly<Record<MessageKey, string>>;

const CATALOGS: Readonly<Record<Language, Catalog>> = {
  en,
  de: { ...deCommon, ...deFaq },
  'pt-BR': { ...ptCommon, ...ptFaq },
  'zh-Hans': { ...zhCommon, ...zhFaq },
  ja: { ...jaCommon, ...jaFaq },
};

const compiled = new Map<string, IntlMessageFormat>();

/**
 * The text of `key` in `language`, an ICU message with `values` filled in.
 * Values are plain text: nothing in them is read as ICU syntax. @throws on a value that the message needs and lacks.
 */
export function text(
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const id = `${language}|${key}`;
  let message = compiled.get(id);
  if (!message) {
    message = new IntlMessageFormat(CATALOGS[language][key], language, undefined, { ignoreTag: true });
    compiled.set(id, message);
  }
  return String(message.format(values));
}

/** All messages of a language; for the catalog tests. */
export function catalog(language: Language): Catalog {
  return CATALOGS[language];
}
