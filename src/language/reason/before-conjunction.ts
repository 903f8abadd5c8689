import { overlaps } from '../fold';
import { bracketsIn, isOver, splitClauses } from './clauses';
import type { Found, ReasonContext } from './find-reason';
import type { ReasonExpressions } from './reason-words';
import { matchesIn } from '../matches';

/** Behind a name: what makes it the topic of the request. */
const TOPIC =
  /^(?:さん|様|社|さま)?(?:(?:は|を|も|へ|、|：|:|\s(?!\s*[a-z]))+|の(?=(?:エンゲージメント)?(?:開始日|日程|日付|予定|esd|件|スタート|開始)))(?:(?:エンゲージメント)?開始日|日程|日付|予定|esd|件|スタート|開始)*(?:の|は|を|が|も|、|\s)*/u;
/** Behind a name that nothing else follows: the reason begins right there. */
const OWNER = /^(?:さん|様|社|さま)?の/u;
const DATE_PARTICLES = /^(?:に|へ|まで|で|から|より)?[、\s]*/u;

/** @returns what stands before a conjunction that follows its reason ("…なので", "…的缘故"), without the request. */
export function beforeConjunction(context: ReasonContext, language: ReasonExpressions): Found | undefined {
  const { text } = context.folded;
  const found: Found[] = [];
  for (const match of matchesIn(text, language.after)) {
    const end = match.index;
    const isTaken = [...context.names, ...context.dates].some((span) =>
      overlaps({ start: end - 1, end: end + 1 }, span),
    );
    const isParticle = match[0] === 'で' && !isBeforeDate(context, end + 1);
    const start = reasonStart(context, end);
    if (
      !isTaken &&
      !isParticle &&
      end - start >= 2 &&
      !(match[0] === 'で' && isRequest(text.slice(start, end), language))
    ) {
      found.push({ start, end, whole: { start, end: end + match[0].length } });
    }
  }
  return found.find((span) => !isOver(context, span)) ?? found[0];
}

/** "テスト端末不足で5月4日に": a noun with で says why where the date follows. */
function isBeforeDate({ folded, dates, names }: ReasonContext, at: number): boolean {
  const gap = /^[、\s]*/u.exec(folded.text.slice(at))?.[0].length ?? 0;
  return [...dates, ...names].some((span) => span.start === at + gap);
}

const isRequest = (words: string, language: ReasonExpressions): boolean =>
  language.wish.test(words) && words.replace(language.wish, '').length < 2;

function reasonStart({ folded, names, dates }: ReasonContext, end: number): number {
  const { text } = folded;
  const known = [...names, ...dates];
  // "管理者（田中さん）が休暇のため": whose brackets they are, unless a name's or a date's.
  const details = bracketsIn(text).filter(
    (span) => span.end < end && !known.some((each) => each.end === span.start || overlaps(each, span)),
  );
  const clause = splitClauses(folded, [...known, ...details], false).reduce(
    (last, { start }) => (start < end ? start : last),
    0,
  );
  const follows = known.some((span) => span.start >= end);
  const isNamed = names.some((span) => span.start >= end || span.end <= clause);
  let start = clause;
  for (const name of names.filter((span) => span.start >= clause && span.end < end)) {
    const behind = text.slice(name.end, end);
    const topic = TOPIC.exec(behind) ?? (isNamed && follows ? null : isNamed ? OWNER.exec(behind) : null);
    start = topic === null ? start : Math.max(start, name.end + topic[0].length);
  }
  const isDated = dates.some((span) => span.start >= end || span.end <= clause);
  for (const date of isDated ? [] : dates.filter((span) => span.start >= clause && span.end < end)) {
    start = Math.max(start, date.end + (DATE_PARTICLES.exec(text.slice(date.end, end))?.[0].length ?? 0));
  }
  return start;
}
