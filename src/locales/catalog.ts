import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../domain/vocabulary';
import deCommon from './de/common.json';
import deStartDate from './de/start-date.json';
import deLists from './de/lists.json';
import deConversation from './de/conversation.json';
import deFaq from './de/faq.json';
import deReminders from './de/reminders.json';
import deSettings from './de/settings.json';
import deChecklist from './de/checklist.json';
import deMails from './de/mails.json';
import deTeam from './de/team.json';
import enCommon from './en/common.json';
import enStartDate from './en/start-date.json';
import enLists from './en/lists.json';
import enConversation from './en/conversation.json';
import enFaq from './en/faq.json';
import enReminders from './en/reminders.json';
import enSettings from './en/settings.json';
import enChecklist from './en/checklist.json';
import enMails from './en/mails.json';
import enTeam from './en/team.json';
import jaCommon from './ja/common.json';
import jaStartDate from './ja/start-date.json';
import jaLists from './ja/lists.json';
import jaConversation from './ja/conversation.json';
import jaFaq from './ja/faq.json';
import jaReminders from './ja/reminders.json';
import jaSettings from './ja/settings.json';
import jaChecklist from './ja/checklist.json';
import jaMails from './ja/mails.json';
import jaTeam from './ja/team.json';
import ptCommon from './pt-BR/common.json';
import ptStartDate from './pt-BR/start-date.json';
import ptLists from './pt-BR/lists.json';
import ptConversation from './pt-BR/conversation.json';
import ptFaq from './pt-BR/faq.json';
import ptReminders from './pt-BR/reminders.json';
import ptSettings from './pt-BR/settings.json';
import ptChecklist from './pt-BR/checklist.json';
import ptMails from './pt-BR/mails.json';
import ptTeam from './pt-BR/team.json';
import zhCommon from './zh-Hans/common.json';
import zhStartDate from './zh-Hans/start-date.json';
import zhLists from './zh-Hans/lists.json';
import zhConversation from './zh-Hans/conversation.json';
import zhFaq from './zh-Hans/faq.json';
import zhReminders from './zh-Hans/reminders.json';
import zhSettings from './zh-Hans/settings.json';
import zhChecklist from './zh-Hans/checklist.json';
import zhMails from './zh-Hans/mails.json';
import zhTeam from './zh-Hans/team.json';

// One file per feature and language; English is the shape of the others (a test compares keys and placeholders).
const en = {
  ...enCommon,
  ...enStartDate,
  ...enLists,
  ...enConversation,
  ...enFaq,
  ...enReminders,
  ...enSettings,
  ...enChecklist,
  ...enMails,
  ...enTeam,
};
export type MessageKey = keyof typeof en;
type Catalog = Readonly<Record<MessageKey, string>>;

const CATALOGS: Readonly<Record<Language, Catalog>> = {
  en,
  de: {
    ...deCommon,
    ...deStartDate,
    ...deLists,
    ...deConversation,
    ...deFaq,
    ...deReminders,
    ...deSettings,
    ...deChecklist,
    ...deMails,
    ...deTeam,
  },
  'pt-BR': {
    ...ptCommon,
    ...ptStartDate,
    ...ptLists,
    ...ptConversation,
    ...ptFaq,
    ...ptReminders,
    ...ptSettings,
    ...ptChecklist,
    ...ptMails,
    ...ptTeam,
  },
  'zh-Hans': {
    ...zhCommon,
    ...zhStartDate,
    ...zhLists,
    ...zhConversation,
    ...zhFaq,
    ...zhReminders,
    ...zhSettings,
    ...zhChecklist,
    ...zhMails,
    ...zhTeam,
  },
  ja: {
    ...jaCommon,
    ...jaStartDate,
    ...jaLists,
    ...jaConversation,
    ...jaFaq,
    ...jaReminders,
    ...jaSettings,
    ...jaChecklist,
    ...jaMails,
    ...jaTeam,
  },
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
