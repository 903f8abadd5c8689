import type { CardAction } from '../cards/actions';
import { cardAction, choice, workloadData } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import { reminderDigest } from '../cards/reminder-digest';
import { reminderInput } from '../cards/reminder-input';
import type { Card } from '../cards/render';
import { AGAIN_IN } from '../domain/reminders/reminder';
import { MAX_REASON_LENGTH } from '../domain/start-date';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { viewDigest } from '../usecases/view-digest';
import type { Turn } from './turn';

const PAGE = 10;

/** Customer and workload that an answer is about, as they are named. */
export interface Asked {
  readonly customerId: string;
  readonly name: string;
  readonly workload: WorkloadId;
}

const subjectOf = ({ language }: Turn, { name, workload }: Asked): string =>
  `${name} · ${text(language, `workload.${workload}`)}`;

/** What every button of an answer carries on: which digest it came from, and which page of it. */
export const carried = ({ language }: Turn, { digest, page }: CardData) => ({
  lang: language,
  ...(digest !== undefined && { digest }),
  ...(page !== undefined && page > 0 && { page }),
});

/** The way back to the digest that an answer came from, if it came from one. */
export function backAction(turn: Turn, data: CardData): CardAction[] {
  return data.digest === undefined
    ? []
    : [cardAction('reminder.show', text(turn.language, 'reminder.back'), carried(turn, data))];
}

/** The digest as it is now: every item with what has become of it. Only whoever it was written to sees it. */
export async function digestCard(turn: Turn, { digest: id, page = 0 }: CardData): Promise<Card | undefined> {
  const { services, actor, language, timeZone } = turn;
  const digest =
    id === undefined || actor.address === undefined ? undefined : await services.deliveries.digest(actor.address, id);
  if (!digest) {
    return undefined;
  }
  const from = Math.min(page, Math.max(0, digest.items.length - 1));
  const items = await viewDigest(
    services.customers,
    { digest, schedule: await services.schedules.of(digest.fm) },
    { from, until: from + PAGE },
  );
  return reminderDigest(language, { digestId: digest.id, items, from, total: digest.items.length, timeZone });
}

export const outdatedCard = async ({ language }: Turn): Promise<Card> =>
  noticeCard({
    paragraphs: [text(language, 'reminder.outdated')],
    actions: [cardAction('list.show', text(language, 'list.title'), { lang: language })],
  });

/** "In how many working days?": the value that *Still trying* needs. */
export async function againCard(turn: Turn, asked: Asked, data: CardData): Promise<Card> {
  const { language, services } = turn;
  const target = { ...workloadData(asked.customerId, asked.workload), ...carried(turn, data) };
  const token = services.newToken();
  return noticeCard({
    subject: subjectOf(turn, asked),
    paragraphs: [text(language, 'reminder.askAgain')],
    choices: AGAIN_IN.map((againIn) =>
      choice(
        cardAction('reminder.keepTrying', text(language, 'reminder.againIn', { count: againIn }), {
          ...target,
          token,
          againIn: String(againIn),
        }),
      ),
    ),
    actions: backAction(turn, data),
  });
}

/** The note that *Unresponsive* needs (S8). */
export async function noteCard(turn: Turn, asked: Asked, data: CardData): Promise<Card> {
  const { language, services } = turn;
  const target = { ...workloadData(asked.customerId, asked.workload), ...carried(turn, data) };
  const save = cardAction(
    'reminder.unresponsive',
    text(language, 'reminder.saveUnresponsive'),
    { ...target, token: services.newToken() },
    { inputs: 'auto', style: 'positive' },
  );
  return reminderInput({
    subject: subjectOf(turn, asked),
    ...(data.note !== undefined && { message: noteProblem(language, data.note) }),
    value: (data.note ?? '').slice(0, MAX_REASON_LENGTH),
    prompt: text(language, 'reminder.askNote'),
    ask: 'note',
    label: text(language, 'reminder.noteLabel'),
    missing: text(language, 'reminder.noteMissing'),
    actions: [save, ...backAction(turn, data)],
  });
}

const noteProblem = (language: Language, note: string): string =>
  note.length > MAX_REASON_LENGTH
    ? text(language, 'checklist.problem.tooLong', { max: MAX_REASON_LENGTH })
    : text(language, 'reminder.noteMissing');

/** Until when to keep quiet. */
export async function pauseCard(turn: Turn, data: CardData): Promise<Card> {
  const { language, today } = turn;
  return reminderInput({
    subject: '',
    ...(data.pausedUntil !== undefined && { message: text(language, 'reminder.pauseMissing') }),
    prompt: text(language, 'reminder.pauseAsk'),
    ask: 'day',
    label: text(language, 'reminder.pauseDate'),
    missing: text(language, 'reminder.pauseMissing'),
    earliest: today.add({ days: 1 }).toString(),
    actions: [
      cardAction('reminder.pause', text(language, 'reminder.pause'), carried(turn, data), {
        inputs: 'auto',
        style: 'positive',
      }),
      ...backAction(turn, data),
    ],
  });
}

/** Why reminders come, from the playbook (S7 S8), and how to change them. */
export async function whyCard(turn: Turn, data: CardData): Promise<Card> {
  const { language, timeZone } = turn;
  return noticeCard({
    title: text(language, 'reminder.why'),
    paragraphs: [
      text(language, 'reminder.whyText'),
      text(language, 'reminder.whyIgnored'),
      text(language, 'reminder.zone', { zone: timeZone }),
    ],
    actions: [
      cardAction('settings.open', text(language, 'settings.title'), { lang: language }),
      ...backAction(turn, data),
    ],
  });
}
