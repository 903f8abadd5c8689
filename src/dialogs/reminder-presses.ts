import type { CardAction } from '../cards/actions';
import { cardAction, workloadData } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import { settledText } from '../cards/reminder-digest';
import type { Card } from '../cards/render';
import type { Reminder } from '../domain/records';
import type { ItemState, SettledState } from '../domain/reminders/item-state';
import { itemState, tryingUntil } from '../domain/reminders/item-state';
import { MAX_REASON_LENGTH } from '../domain/start-date';
import { text } from '../locales/catalog';
import { startDateText } from '../locales/format';
import type { CustomerFile } from '../ports/customers';
import { lookUpCustomer } from '../usecases/look-up-customer';
import { recordContact } from '../usecases/record-contact';
import type { ConversationState } from './conversation-state';
import { readState } from './conversation-state';
import type { Press } from './presses';
import { againCard, backAction, carried, digestCard, noteCard, outdatedCard } from './reminder-cards';
import type { Asked } from './reminder-cards';
import { pauseReminders, showWhy } from './reminder-pause';
import { emptyDraft } from './start-date-draft';
import { showForm } from './start-date-flow';
import type { Turn } from './turn';

export type ReminderVerb =
  | 'reminder.replied'
  | 'reminder.keepTrying'
  | 'reminder.unresponsive'
  | 'reminder.show'
  | 'reminder.pause'
  | 'reminder.why';

/** A press on a reminder: whatever the card said, what counts is how things stand now. */
export async function reminderPress(turn: Turn, pressed: Press & { readonly verb: ReminderVerb }): Promise<void> {
  const { verb, data } = pressed;
  switch (verb) {
    case 'reminder.show':
      return shown(turn, (await digestCard(turn, data)) ?? (await outdatedCard(turn)));
    case 'reminder.pause':
      return pauseReminders(turn, data);
    case 'reminder.why':
      return showWhy(turn, data);
    case 'reminder.replied':
    case 'reminder.keepTrying':
    case 'reminder.unresponsive':
      return answer(turn, { ...pressed, verb });
  }
}

const shown = async (turn: Turn, card: Card): Promise<void> => {
  await turn.show(card);
};

type AnswerPress = Press & { readonly verb: 'reminder.replied' | 'reminder.keepTrying' | 'reminder.unresponsive' };

async function answer(turn: Turn, pressed: AnswerPress): Promise<void> {
  const { data } = pressed;
  const { customerId, workload } = data;
  const file =
    customerId === undefined ? undefined : await lookUpCustomer(turn.services.customers, turn.actor, customerId);
  const row = file?.workloads.find((each) => each.workload === workload);
  if (!file || !row) {
    const unknown = noticeCard({ paragraphs: [text(turn.language, 'startDate.unknown')] });
    return shown(turn, (await digestCard(turn, data)) ?? (await unknown));
  }
  const asked: Asked = { customerId: file.customer.id, name: file.customer.name, workload: row.workload };
  const late = await overtaken(turn, data, file, asked);
  if (late && !mayStill(pressed.verb, late)) {
    return shown(turn, (await digestCard(turn, data)) ?? (await stateCard(turn, asked, late)));
  }
  switch (pressed.verb) {
    case 'reminder.replied':
      return replied(turn, pressed, asked, file);
    case 'reminder.keepTrying':
      return keepTrying(turn, pressed, asked);
    case 'reminder.unresponsive':
      return unresponsive(turn, pressed, asked, file);
  }
}

/** How the item stands if it is not open any more. A card without a digest tells no date to compare with. */
async function overtaken(
  { services, actor }: Turn,
  data: CardData,
  { customer, workloads, reminders }: CustomerFile,
  { customerId, workload }: Asked,
): Promise<SettledState | undefined> {
  const digest =
    data.digest === undefined || actor.address === undefined
      ? undefined
      : await services.deliveries.digest(actor.address, data.digest);
  const item = digest?.items.find((each) => each.customerId === customerId && each.workload === workload);
  const row = workloads.find((each) => each.workload === workload);
  const forDate = item?.forDate ?? row?.startDate?.date;
  if (forDate === undefined) {
    return { kind: 'closed' };
  }
  const at = digest?.at ?? services.clock.now();
  const reminder = reminders.find((each) => each.workload === workload);
  const fm = customer.fm ?? '';
  const asked = { forDate, at, fm, schedule: await services.schedules.of(fm) };
  const state = itemState(asked, customer, { workload: row, reminder });
  return state.kind === 'open' ? undefined : state;
}

/** A reply can be recorded, or its date set, whatever was answered before; the other two only while it is open. */
const mayStill = (verb: AnswerPress['verb'], { kind }: ItemState): boolean =>
  verb === 'reminder.replied' ? kind === 'replied' || kind === 'trying' || kind === 'unresponsive' : kind === 'trying';

async function replied(turn: Turn, { data, activityId }: Press, asked: Asked, file: CustomerFile): Promise<void> {
  const { services, actor, language } = turn;
  const row = file.workloads.find(({ workload }) => workload === asked.workload);
  if (row?.lastContact?.kind !== 'reply') {
    await recordContact(services, {
      actor,
      ...asked,
      kind: 'reply',
      note: '',
      token: data.token ?? `${activityId}:reply`,
    });
  }
  const { state } = readState(await turn.state.get<ConversationState>());
  const draft = {
    ...emptyDraft(services.newToken(), language),
    customer: { customerId: asked.customerId, name: asked.name },
    workload: asked.workload,
    occasion: 'first-discussion' as const,
  };
  const messages = [text(language, 'reminder.repliedIntro')];
  return showForm(turn, { ...state, dialog: undefined }, { draft, file, messages, digest: data.digest });
}

async function keepTrying(turn: Turn, { data, activityId }: Press, asked: Asked): Promise<void> {
  const { services, actor } = turn;
  const { againIn } = data;
  if (againIn === undefined) {
    return shown(turn, await againCard(turn, asked, data));
  }
  const token = data.token ?? activityId;
  const outcome = await recordContact(services, { actor, ...asked, kind: 'attempt', note: '', againIn, token });
  const reminder = outcome.kind === 'recorded' ? outcome.reminder : undefined;
  return shown(turn, (await digestCard(turn, data)) ?? (await triedCard(turn, asked, reminder)));
}

/** One item alone: the attempt is recorded, and what else can be said about it. */
export async function triedCard(turn: Turn, asked: Asked, reminder: Reminder | undefined): Promise<Card> {
  return reminder
    ? stateCard(turn, asked, tryingUntil(await turn.services.schedules.of(reminder.fm), reminder))
    : noticeCard({
        subject: `${asked.name} · ${text(turn.language, `workload.${asked.workload}`)}`,
        paragraphs: [text(turn.language, 'startDate.attemptRecorded')],
      });
}

async function unresponsive(turn: Turn, { data, activityId }: Press, asked: Asked, file: CustomerFile): Promise<void> {
  const { services, actor, language } = turn;
  const note = data.note?.trim() ?? '';
  if (!/[\p{L}\p{N}]/u.test(note) || note.length > MAX_REASON_LENGTH) {
    return shown(turn, await noteCard(turn, asked, data));
  }
  const row = file.workloads.find(({ workload }) => workload === asked.workload);
  const statusNote = text(language, 'reminder.statusNote', {
    workload: text(language, `workload.${asked.workload}`),
    date: startDateText(language, row?.startDate),
    note,
  });
  const token = data.token ?? activityId;
  await recordContact(services, { actor, ...asked, kind: 'unresponsive', note, statusNote, token });
  return shown(turn, (await digestCard(turn, data)) ?? (await stateCard(turn, asked, { kind: 'unresponsive' })));
}

/** One item alone, as it stands. */
export async function stateCard(turn: Turn, asked: Asked, state: SettledState): Promise<Card> {
  const { language, timeZone } = turn;
  return noticeCard({
    subject: `${asked.name} · ${text(language, `workload.${asked.workload}`)}`,
    paragraphs: [settledText(turn.language, state, timeZone)],
    actions: nextActions(turn, asked, state),
  });
}

function nextActions(turn: Turn, { customerId, workload }: Asked, { kind }: ItemState): CardAction[] {
  const data = { ...workloadData(customerId, workload), ...carried(turn, {}) };
  const action = (name: 'replied' | 'unresponsive' | 'setDate'): CardAction =>
    cardAction(
      name === 'unresponsive' ? 'reminder.unresponsive' : 'reminder.replied',
      text(turn.language, `reminder.${name}`),
      data,
    );
  switch (kind) {
    case 'trying':
      return [action('replied'), action('unresponsive')];
    case 'replied':
      return [action('setDate')];
    case 'unresponsive':
      return [action('replied')];
    case 'open':
    case 'moved':
    case 'otherFm':
    case 'closed':
      return backAction(turn, {});
  }
}
