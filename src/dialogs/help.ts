import { cardAction, choice, SAY } from '../cards/actions';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import type { Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';

/** What can be said, with a button for each; `intro` says why it is shown (greeting, help, not understood). */
export async function helpCard(language: Language, intro: 'hello' | 'help.intro' | 'notUnderstood'): Promise<Card> {
  const say = (
    key: 'help.list' | 'help.historyExample' | 'help.notesExample' | 'help.questionExample' | 'help.planExample',
  ) => choice(cardAction(SAY, text(language, key), { text: text(language, key), lang: language }));
  return noticeCard({
    title: intro === 'help.intro' ? text(language, 'help.title') : '',
    paragraphs: [text(language, intro), `“${text(language, 'help.changeExample')}”`],
    choices: [
      choice(cardAction('startDate.open', text(language, 'help.change'), { lang: language })),
      say('help.list'),
      say('help.historyExample'),
      say('help.notesExample'),
      say('help.planExample'),
      choice(cardAction('checklist.open', text(language, 'checklist.complete'), { lang: language })),
      say('help.questionExample'),
    ],
    footer: text(language, 'help.cancelHint'),
  });
}
