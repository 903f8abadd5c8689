import type { TurnContext } from 'botbuilder-core';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import type { Intent, Language } from '../domain/vocabulary';
import { LANGUAGES } from '../domain/vocabulary';
import { cardAction, choice } from '../cards/actions';
import { smallTalk } from '../language/small-talk';
import type { Understanding } from '../language/understanding';
import { text } from '../locales/catalog';
import { chooseLanguage } from '../usecases/change-profile';
import { completeEngagement } from './checklist-flow';
import { openCompletionsCard } from './open-completions';
import type { ConversationState } from './conversation-state';
import { touched } from './conversation-state';
import { gapsAnswer } from './gaps';
import { showHelp } from './help';
import type { RecordKind } from './lists';
import { customerMenuCard, datesOfCustomerCard, listCard, ownCustomers, recordsCard, whichCustomerCard } from './lists';
import { wasSaved } from './form-card';
import { answerCard, answerIfNear, notInPlaybookCard } from './questions';
import { reminderRequest, showWhy } from './reminder-pause';
import { noReplyCard, recordTypedReply } from './typed-contact';
import { settingsCard } from './settings';
import { startOver } from './start-date-flow';
import { offeredCustomers } from './start-date-question';
import { teamLoadAnswer } from './team-load';
import type { Turn } from './turn';
import { typedAnswer } from './typed-answer';

/** Does what a sentence is for. `state` is kept as it is unless the purpose opens something. */
export async function route(context: TurnContext, turn: Turn, state: ConversationState, intent: Intent): Promise<void> {
  if (turn.input.kind !== 'said') {
    return;
  }
  const { understanding, text: sentence } = turn.input;
  switch (intent) {
    case 'change-start-date':
      return startOver(context, turn, state);
    case 'plan-deployment':
      return startOver(context, turn, state, 'serialized-deployment');
    case 'customer-replied':
      return startOver(context, await recordTypedReply(context, turn), state, 'first-discussion');
    case 'no-reply':
      return shown(turn, await noReplyCard(context, turn));
    case 'pause-reminders':
    case 'resume-reminders':
      return reminderRequest(turn, state, intent);
    case 'why-reminders':
      return showWhy(turn, {});
    case 'settings':
      return shown(turn, await settingsCard(turn));
    case 'start-date-list':
      return shown(turn, await datesCard(turn, understanding));
    case 'show-history':
    case 'show-notes':
      return showRecords(turn, state, understanding, intent);
    case 'help':
      return showHelp(turn, 'help.intro');
    case 'set-language':
      return setLanguage(turn, understanding.targetLanguage);
    case 'question':
      return shown(turn, await answerCard(turn.services, understanding.language ?? turn.language, sentence));
    case 'complete-engagement':
      return completeEngagement(turn, state);
    case 'open-completions':
      return shown(turn, await openCompletionsCard(turn, 0));
    case 'team-load':
      return shown(turn, await teamLoadAnswer(turn, understanding.date));
    case 'gaps':
      return shown(turn, await gapsAnswer(turn, understanding));
    case 'cancel':
      return turn.say(text(turn.language, 'nothingOpen'));
    case 'none':
      return answerOther(turn, state, understanding, sentence);
  }
}

const shown = async (turn: Turn, card: Card): Promise<void> => {
  await turn.show(card);
};

async function datesCard(turn: Turn, { customers, workloads }: Understanding): Promise<Card> {
  const [customer, ...others] = customers;
  return customer && others.length === 0
    ? datesOfCustomerCard(turn, customer, workloads[0])
    : listCard(turn, { page: 0, workload: workloads[0] });
}

async function showRecords(
  turn: Turn,
  state: ConversationState,
  { customers, unknownCustomer, workloads }: Understanding,
  intent: 'show-history' | 'show-notes',
): Promise<void> {
  const kind: RecordKind = intent === 'show-history' ? 'history' : 'notes';
  const [customer, ...others] = customers;
  if (customer && others.length === 0) {
    if (state.awaitingCustomerFor) {
      turn.state.set({ ...state, awaitingCustomerFor: undefined });
    }
    return shown(turn, await recordsCard(turn, kind, { customerId: customer.customerId, workload: workloads[0] }));
  }
  const offered = customers.length > 0 ? customers : await ownCustomers(turn);
  const choices = offeredCustomers(offered).map((each) => ({ customer: each }));
  const awaiting = { ...state, awaitingCustomerFor: intent, offered: choices, language: turn.language };
  turn.state.set(touched(awaiting, turn.services.clock.now()));
  return shown(turn, await whichCustomerCard(turn, kind, { offered, unknown: unknownCustomer }));
}

async function setLanguage(turn: Turn, target: Language | undefined): Promise<void> {
  if (target === undefined) {
    const choices = LANGUAGES.map((language) =>
      choice(cardAction('language.set', text(language, `language.${language}`), { language })),
    );
    return shown(turn, await noticeCard({ paragraphs: [text(turn.language, 'language.ask')], choices }));
  }
  await chooseLanguage(turn.services.profiles, turn.actor.userId, target);
  return turn.say(text(target, 'language.now'));
}

/** Greeting, thanks, a bare customer name, or something nobody here can help with. */
async function answerOther(turn: Turn, state: ConversationState, said: Understanding, sentence: string): Promise<void> {
  const { language } = turn;
  switch (smallTalk(sentence)) {
    case 'greeting':
      return showHelp(turn, 'hello');
    case 'thanks':
      return turn.say(text(language, 'thanks'));
    case undefined:
      break;
  }
  const [customer, ...others] = said.customers;
  if (customer && others.length === 0) {
    return shown(turn, await customerMenuCard(turn, customer));
  }
  if (typedAnswer(sentence, said, { language, today: turn.today }).onlyDate) {
    // "This week", with nothing open that it could answer: what is due then.
    return shown(turn, await listCard(turn, { page: 0, workload: said.workloads[0] }));
  }
  const isWords = /[\p{L}\p{N}]/u.test(sentence);
  const answer = isWords ? await answerIfNear(turn.services, said.language ?? language, sentence) : undefined;
  if (answer ?? /\p{L}.*[?？]\s*$/su.test(sentence)) {
    return shown(turn, answer ?? (await notInPlaybookCard(said.language ?? language)));
  }
  if (state.form && !(await wasSaved(turn, state.form))) {
    return turn.say(text(language, 'startDate.notSavedYet'));
  }
  return showHelp(turn, 'notUnderstood');
}
