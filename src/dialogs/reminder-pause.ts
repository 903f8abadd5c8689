import { Temporal } from 'temporal-polyfill';
import { cardAction } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import { text } from '../locales/catalog';
import { dayText } from '../locales/format';
import type { Profile } from '../ports/profiles';
import { changeProfile } from '../usecases/change-profile';
import { backAction, pauseCard, whyCard } from './reminder-cards';
import { parseDate } from './start-date-answer';
import type { Turn } from './turn';

/** Keeps quiet until a day, or asks which; `resume` in the data ends it. */
export async function pauseReminders(turn: Turn, data: CardData): Promise<void> {
  const { language, today } = turn;
  if (data.resume === true) {
    await changeSettings(turn, (profile) => ({ ...profile, pausedUntil: undefined }));
    await turn.show(
      await noticeCard({ paragraphs: [text(language, 'reminder.resumed')], actions: backAction(turn, data) }),
    );
    return;
  }
  const until = data.pausedUntil === undefined ? undefined : parseDate(data.pausedUntil);
  if (!until || Temporal.PlainDate.compare(until, today) <= 0) {
    await turn.show(await pauseCard(turn, data));
    return;
  }
  await changeSettings(turn, (profile) => ({ ...profile, pausedUntil: until.toString() }));
  await turn.show(
    await noticeCard({
      paragraphs: [text(language, 'reminder.paused', { day: dayText(language, until) })],
      actions: [
        cardAction('reminder.pause', text(language, 'reminder.resume'), { resume: true, lang: language }),
        ...backAction(turn, data),
      ],
    }),
  );
}

export async function showWhy(turn: Turn, data: CardData): Promise<void> {
  await turn.show(await whyCard(turn, data));
}

/** Keeps settings and lets what is scheduled follow them, in a worker: an FM may have a hundred customers. */
export async function changeSettings(turn: Turn, change: (profile: Profile) => Profile): Promise<Profile> {
  const { services, actor } = turn;
  const profile = await changeProfile(services.profiles, actor.userId, change);
  if (actor.address !== undefined) {
    services.schedules.forget(actor.address);
    await services.queue.put({ kind: 'replan', fm: actor.address, hints: [] });
  }
  return profile;
}
