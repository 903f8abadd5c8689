import type { Activity, TurnContext } from 'botbuilder-core';
import type { Logger } from 'pino';
import { SAY, type Verb } from '../../cards/actions';
import { forGroup } from '../../cards/group-card';
import { noticeCard } from '../../cards/notice';
import { hear } from '../../dialogs/conversation';
import { offerCompletions } from '../../dialogs/completion-offers';
import { showHelp } from '../../dialogs/help';
import { press } from '../../dialogs/presses';
import { answerInGroup } from '../../dialogs/group';
import type { Services, Turn, TurnInput } from '../../dialogs/turn';
import type { Intent, Language } from '../../domain/vocabulary';
import { text } from '../../locales/catalog';
import type { Candidates } from './candidates';
import { asksForNoName, candidatesFor, NOBODY, ownForOffers, understandAmong } from './candidates';
import { changeProfile } from '../../usecases/change-profile';
import type { Channel } from './messenger';
import type { CardPress } from './card-press';
import { readPress } from './card-press';
import { identify, isPersonal, userIdOf } from './identity';
import type { Roster, User } from './identity';
import { languageOfTurn, spokenLanguage } from './language-of-turn';
import { readOnce } from './read-once';
import { sentenceOf } from './sentence';
import { OwnCustomers } from './own-customers';
import { outputOf } from './turn-output';
import { todayIn } from './today';
import type { TurnLogic } from './turn-runner';
import type { TurnState } from './turn-state';

/** Longer messages are not a sentence: nothing is done with them. */
const MAX_TEXT = 4000;

export interface BotDependencies {
  readonly services: Services;
  readonly roster: Roster;
  readonly leads: readonly string[];
  readonly defaultLanguage: Language;
  readonly defaultTimeZone: string;
  readonly logger: Logger;
  /** Where this deployment's bot lives: for people who never wrote. */
  readonly onChannel: (channel: Channel) => void;
  /** What the turn turned out to be about. */
  readonly onMeaning: (meaning: Intent | Verb | typeof SAY) => void;
  /** Somebody can be written to (again): what was kept for them goes out. */
  readonly onBack: (address: string) => Promise<void>;
}

interface TurnDependencies extends BotDependencies {
  readonly ownCustomers: OwnCustomers;
}

/** The bot: from an activity to the dialog, list or press it means. */
export function createBot(shared: BotDependencies): TurnLogic {
  const ownCustomers = new OwnCustomers(shared.services.clock);
  return async (context, state) => {
    const services = { ...shared.services, index: readOnce(shared.services.index) };
    const dependencies: TurnDependencies = { ...shared, services, ownCustomers };
    const { activity } = context;
    const { serviceUrl, recipient, conversation } = activity;
    if (recipient.id) {
      dependencies.onChannel({ serviceUrl, botId: recipient.id, tenantId: conversation.tenantId ?? '' });
    }
    switch (activity.type) {
      case 'message':
        return onMessage(dependencies, context, state);
      case 'invoke':
        return onPress(dependencies, context, state, readPress(activity));
      case 'messageUpdate':
        return onEdited(dependencies, context, state);
      case 'messageReaction':
        return onReaction(dependencies, context, state);
      case 'installationUpdate':
        return onInstalled(dependencies, context, state);
      default:
        return undefined;
    }
  };
}

async function onMessage(dependencies: TurnDependencies, context: TurnContext, state: TurnState): Promise<void> {
  const { activity } = context;
  const pressed = readPress(activity);
  if (pressed) {
    return onPress(dependencies, context, state, pressed);
  }
  const sentence = sentenceOf(activity);
  if (!isPersonal(activity)) {
    return answerInGroup(await groupTurn(dependencies, context, state, sentence));
  }
  const user = await identify({ ...dependencies, ...dependencies.services }, activity);
  if (sentence.length > MAX_TEXT) {
    const turn = await turnFor(dependencies, { context, state, user, sentence: '' });
    return turn.say(text(turn.language, 'tooLong', { max: MAX_TEXT }));
  }
  if (sentence === '') {
    const turn = await turnFor(dependencies, { context, state, user, sentence });
    return hasAttachment(activity) ? turn.say(text(turn.language, 'attachment')) : showHelp(turn, 'notUnderstood');
  }
  const [candidates] = await Promise.all([candidatesFor(dependencies, user.actor, sentence), readAhead(state)]);
  const isAnswer = await asksForNoName(state);
  const turn = await turnFor(dependencies, { context, state, user, sentence, candidates, isAnswer });
  await hear(context, turn);
  return offerCompletions(turn, await ownForOffers(candidates));
}

/** Reads the state while the customers are read; whoever asks for it later gets what this came to, error included. */
async function readAhead(state: TurnState): Promise<void> {
  await state.get().catch(() => undefined);
}

/** Files and pictures; Teams also attaches the HTML of every formatted message, which is no attachment to a person. */
const hasAttachment = ({ attachments }: Activity): boolean =>
  (attachments ?? []).some(({ contentType }) => contentType !== 'text/html');

async function onPress(
  dependencies: TurnDependencies,
  context: TurnContext,
  state: TurnState,
  pressed: CardPress | undefined,
): Promise<void> {
  if (!pressed) {
    return;
  }
  const { verb, data } = pressed;
  if (verb !== undefined) {
    dependencies.onMeaning(verb);
  }
  const { activity } = context;
  const group = !isPersonal(activity);
  const user = await identify({ ...dependencies, ...dependencies.services }, activity);
  if (verb === SAY && data.text !== undefined && !group) {
    return sayForUser(dependencies, { context, state, user, sentence: data.text });
  }
  const input: TurnInput = { kind: 'pressed', values: pressed.values };
  const turn = await turnFor(dependencies, { context, state, user, input, chosen: data.lang });
  if (verb === undefined || verb === SAY || (group && !verb.startsWith('faq.'))) {
    const key = group ? 'groupOnlyQuestions' : 'error.press';
    await turn.show(await noticeCard({ paragraphs: [text(turn.language, key)] }));
    return;
  }
  return press(context, turn, { verb, data, activityId: activity.id ?? dependencies.services.newToken() });
}

/** A button that says a sentence: its answer is a new message, the card with the button stays. */
async function sayForUser(
  dependencies: TurnDependencies,
  said: { context: TurnContext; state: TurnState; user: User; sentence: string },
): Promise<void> {
  const candidates = await candidatesFor(dependencies, said.user.actor, said.sentence);
  const turn = await turnFor(dependencies, { ...said, candidates });
  const output = outputOf(said.context, 'message');
  await hear(said.context, { ...turn, ...output });
  await showHelp(turn, 'help.intro');
}

async function onEdited(dependencies: TurnDependencies, context: TurnContext, state: TurnState): Promise<void> {
  const data = context.activity.channelData as { eventType?: string } | undefined;
  if (data?.eventType === 'editMessage' && isPersonal(context.activity)) {
    const user = await identify({ ...dependencies, ...dependencies.services }, context.activity);
    const turn = await turnFor(dependencies, { context, state, user, sentence: sentenceOf(context.activity) });
    return turn.say(text(turn.language, 'edited'));
  }
}

async function onReaction(dependencies: TurnDependencies, context: TurnContext, state: TurnState): Promise<void> {
  const { activity } = context;
  if ((activity.reactionsAdded as unknown[] | undefined)?.length && isPersonal(activity)) {
    const user = await identify({ ...dependencies, ...dependencies.services }, activity);
    const turn = await turnFor(dependencies, { context, state, user, sentence: '' });
    return turn.say(text(turn.language, 'reaction'));
  }
}

/** The welcome: Teams tells of an installation in two events, of which only this one is answered. */
async function onInstalled(dependencies: TurnDependencies, context: TurnContext, state: TurnState): Promise<void> {
  const { activity } = context;
  const action = (activity as { action?: string }).action;
  // Away and back again within a minute, by way of two instances: what this one kept is not good enough.
  await dependencies.services.profiles.readNow(userIdOf(activity));
  if (isPersonal(activity) && (action === 'remove' || action === 'remove-upgrade')) {
    return forgetChat(dependencies, activity);
  }
  if (!isPersonal(activity) || (action !== 'add' && action !== 'add-upgrade')) {
    return;
  }
  const user = await identify({ ...dependencies, ...dependencies.services }, activity);
  if (action === 'add') {
    const turn = await turnFor(dependencies, { context, state, user, sentence: '' });
    await showHelp(turn, 'hello');
  }
}

/** Uninstalled: nothing is sent any more until they install the app or write again. */
async function forgetChat({ services }: BotDependencies, activity: Activity): Promise<void> {
  await changeProfile(services.profiles, userIdOf(activity), (profile) =>
    profile.reachable ? { ...profile, reachable: false } : profile,
  );
}

interface TurnParts {
  readonly context: TurnContext;
  readonly state: TurnState;
  readonly user: User;
  readonly sentence?: string;
  readonly candidates?: Candidates;
  readonly isAnswer?: boolean;
  readonly input?: TurnInput;
  /** Language of the pressed card. */
  readonly chosen?: Language | undefined;
}

async function turnFor(dependencies: TurnDependencies, parts: TurnParts): Promise<Turn> {
  const { context, state, user, sentence = '', candidates = NOBODY, isAnswer = false } = parts;
  const { services, ownCustomers, defaultTimeZone, defaultLanguage } = dependencies;
  const { profile, actor } = user;
  const timeZone = profile.timeZone ?? defaultTimeZone;
  const today = todayIn(services.clock.now(), timeZone);
  const fallback = await languageOfTurn({ profile, activity: context.activity, defaultLanguage, ...parts });
  // A press says nothing: there is no sentence to understand.
  const input = parts.input ?? {
    kind: 'said',
    text: sentence,
    understanding: await understandAmong(candidates, sentence, { today, language: fallback, isAnswer }),
  };
  if (input.kind === 'said' && sentence !== '') {
    dependencies.onMeaning(input.understanding.intent);
  }
  const spoken = input.kind === 'said' ? input.understanding.language : undefined;
  await spokenLanguage(services.profiles, profile, spoken);
  return {
    services,
    actor,
    ownLately: async () => (actor.address === undefined ? [] : ownCustomers.latelyIfAny(actor.address, services.index)),
    language: profile.language ?? spoken ?? fallback,
    today,
    timeZone,
    input,
    state,
    ...outputFor(context),
  };
}

/** Where the turn's cards go; in a group, without the buttons that do nothing there. */
function outputFor(context: TurnContext): ReturnType<typeof outputOf> {
  const output = outputOf(context, context.activity.type === 'invoke' ? 'invoke' : 'message');
  return isPersonal(context.activity) ? output : { ...output, show: async (card) => output.show(forGroup(card)) };
}

/** In a group nobody is identified: only the playbook is talked about, and nothing is kept about the speaker. */
async function groupTurn(
  dependencies: TurnDependencies,
  context: TurnContext,
  state: TurnState,
  sentence: string,
): Promise<Turn> {
  const user = await identify({ ...dependencies, ...dependencies.services }, context.activity);
  return turnFor(dependencies, { context, state, user, sentence: sentence.slice(0, MAX_TEXT) });
}
