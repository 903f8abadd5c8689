import { Temporal } from 'temporal-polyfill';
import { cardAction, choice } from '../cards/actions';
import type { CardData } from '../cards/card-data';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import { teamLoadCard } from '../cards/team-load';
import type { AskedTime } from '../domain/team-load';
import { mondayOf } from '../domain/team-load';
import { applyShift } from '../language/dates/apply-shift';
import type { DateCandidate, DateReading } from '../language/understanding';
import { text } from '../locales/catalog';
import { periodText } from '../locales/format';
import { teamLoad } from '../usecases/team-load';
import type { Turn } from './turn';

/** "Team load", "who has room in the week of 7 December?": for leads. */
export async function teamLoadAnswer(turn: Turn, reading: DateReading): Promise<Card> {
  const { language, actor } = turn;
  if (!actor.lead) {
    return leadsOnly(turn);
  }
  switch (reading.kind) {
    case 'none':
      return picture(turn, undefined, 0);
    case 'date':
      return picture(turn, reading, 0);
    case 'shift':
      return picture(turn, { date: applyShift(reading, turn.today), precision: 'day' }, 0);
    case 'ambiguous':
      return whichWeek(turn, reading.candidates);
    case 'impossible':
      return noticeCard({
        paragraphs: [text(language, 'startDate.error.dateInvalid', { input: reading.text })],
        choices: [choice(cardAction('team.show', text(language, 'team.title'), { lang: language }))],
      });
  }
}

/** A press on the picture: another page of it, or the week that was meant. */
export async function teamLoadPress(turn: Turn, { date, precision, page }: CardData): Promise<Card> {
  const asked = date === undefined ? undefined : readDay(date);
  return picture(turn, asked && { date: asked, precision: precision === 'month' ? 'month' : 'day' }, page ?? 0);
}

async function picture(turn: Turn, asked: AskedTime | undefined, page: number): Promise<Card> {
  const { language, actor, today, services } = turn;
  const load = await teamLoad(services.index, { actor, today, asked });
  return load ? teamLoadCard(language, load, { page, asked: asked ? dataOf(asked) : {} }) : leadsOnly(turn);
}

const leadsOnly = async ({ language }: Turn): Promise<Card> =>
  noticeCard({
    paragraphs: [text(language, 'team.leadsOnly')],
    choices: [choice(cardAction('list.show', text(language, 'list.title'), { lang: language }))],
  });

/** Two readings of a date may lie in the same week; otherwise it is asked about, never guessed. */
async function whichWeek(turn: Turn, candidates: readonly DateCandidate[]): Promise<Card> {
  const { language } = turn;
  const weeks = new Map(candidates.map((each) => [`${mondayOf(each.date).toString()}${each.precision}`, each]));
  const [first] = weeks.values();
  if (weeks.size < 2) {
    return picture(turn, first, 0);
  }
  return noticeCard({
    paragraphs: [text(language, 'team.whichWeek')],
    choices: [...weeks.values()].map((each) => {
      const week = mondayOf(each.date);
      const title = periodText(language, [week, week.add({ days: 6 })], { year: true });
      return choice(cardAction('team.show', title, { ...dataOf(each), lang: language }));
    }),
  });
}

const dataOf = ({ date, precision }: AskedTime): { date: string; precision: string } => ({
  date: date.toString(),
  precision,
});

/** Card data can be forged: a day that is none, or one at the end of all calendars, asks for nothing. */
function readDay(iso: string): Temporal.PlainDate | undefined {
  try {
    return /^[12]\d{3}-/.test(iso) ? Temporal.PlainDate.from(iso) : undefined;
  } catch {
    return undefined;
  }
}
