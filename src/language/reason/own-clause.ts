import { blank, overlaps, type Span } from '../fold';
import { detailsIn, endsSentence, isArrow, isBracket, isOver, setsApart, splitClauses, type Clause } from './clauses';
import type { Found, ReasonContext } from './find-reason';
import type { ReasonExpressions } from './reason-words';
import { matchesIn } from '../matches';

/** A clause with what it holds. */
interface Part extends Clause {
  readonly words: string;
  readonly named: boolean;
  readonly dated: boolean;
}

/** Who writes more clauses than this pastes a text: only the likeliest date counts. */
const MOST_CLAUSES = 8;
const known = new WeakMap<ReasonContext, Map<boolean, readonly Part[]>>();

function partsOf(context: ReasonContext, { dottedOrdinals }: ReasonExpressions): readonly Part[] {
  const kept = known.get(context) ?? new Map<boolean, readonly Part[]>();
  const parts = kept.get(dottedOrdinals) ?? splitParts(context, dottedOrdinals);
  known.set(context, kept.set(dottedOrdinals, parts));
  return parts;
}

function splitParts(context: ReasonContext, dottedOrdinals: boolean): readonly Part[] {
  const { folded, names, dates, isDated } = context;
  const known = [...names, ...dates];
  const clauses = splitClauses(folded, [...known, ...detailsIn(folded, known, dottedOrdinals)], dottedOrdinals);
  return clauses.map((clause) => {
    const named = names.some((name) => overlaps(name, clause));
    const dated = dates.some((date) => overlaps(date, clause));
    const words = folded.text.slice(clause.start, clause.end);
    return {
      words,
      named,
      // "Can't make 3 March, 17 March is fine": the request is where the date stands that counts.
      dated: dated
        ? !isOver(context, clause)
        : named && /\d/.test(words) && clauses.length <= MOST_CLAUSES && isDated(clause),
      ...clause,
    };
  });
}

/** @returns what stands before "so", "deshalb", "所以" with which the request begins. */
export function beforeConsequence(context: ReasonContext, language: ReasonExpressions): Found | undefined {
  const { text } = context.folded;
  const all = [...context.names, ...context.dates];
  for (const match of matchesIn(text, language.then).slice(0, MOST_CLAUSES)) {
    const at = match.index;
    const end = at + match[0].length;
    const follows = all.some((span) => span.start > at) || language.verb.test(text.slice(at));
    const isTaken = all.some((span) => span.start < end && at < span.end);
    const before = follows && !isTaken ? causeBefore(context, at, language) : undefined;
    if (before !== undefined) {
      return { ...before, whole: { start: before.start, end } };
    }
  }
  return undefined;
}

/** The clause that ends at `at`, unless it is the request itself, an address or politeness. */
function causeBefore(context: ReasonContext, at: number, language: ReasonExpressions): Span | undefined {
  const { text } = context.folded;
  const parts = partsOf(context, language);
  const last = parts.filter(({ start }) => start < at).at(-1);
  const isOwn = last !== undefined && text.slice(last.start, at).trim() === '';
  const part = isOwn ? parts[parts.indexOf(last) - 1] : last;
  if (part === undefined) {
    return undefined;
  }
  const end = Math.min(part.end, at);
  const words = text.slice(part.start, end);
  const rest = blank(text, context.names).slice(part.start, end);
  const says = isOwn ? isEnough(rest, 2, language) : tells(context, { ...part, end }, language);
  const isRequest = part.named && (!says || (part.dated && language.wish.test(words)));
  const isRemark = language.politeOnly.test(words) || language.aside.test(words);
  return !isRequest && !isRemark && isEnough(words, 2, language) ? { start: part.start, end } : undefined;
}

/** @returns a clause that says something beside the request, behind it or before it. */
export function ownClause(context: ReasonContext, language: ReasonExpressions): Span | undefined {
  const parts = partsOf(context, language);
  const request = requestOf(context, parts, language);
  if (request === undefined) {
    return undefined;
  }
  const says = (part: Part): boolean =>
    !request.parts.includes(part) && isStatement(context, part, { language, request: request.parts });
  return (
    chosen(context, parts, { request, language, isReason: (part) => says(part) && !isOver(context, part) }) ??
    chosen(context, parts, { request, language, isReason: says })
  );
}

interface Choice {
  readonly request: Request;
  readonly language: ReasonExpressions;
  readonly isReason: (part: Part) => boolean;
}

function chosen(context: ReasonContext, parts: readonly Part[], choice: Choice): Span | undefined {
  const { request, language, isReason } = choice;
  const goesOn = (part: Part): boolean => isReason({ ...part, sign: BESIDE }) && !part.named;
  const behind = parts.findIndex(
    (part, index) => index > request.last && isReason(part) && isBeside(context, part, language),
  );
  if (behind >= 0) {
    return joined(parts, behind, goesOn);
  }
  const first = parts.findIndex((part) => !language.politeOnly.test(part.words));
  const leads = parts[first];
  const follows = parts[first + 1];
  return leads !== undefined && first < request.first && isReason(leads) && isLeading(context, leads, follows, language)
    ? joined(parts.slice(0, request.first), first, goesOn)
    : between(parts, request, (part) => isReason(part) && !part.named && isEnough(part.words, 3, language));
}

/** Counts as set apart: what goes on need not be long. */
const BESIDE = '(';

/** Behind the request another name may be told of, in some words more ("new MDM vendor"), not only named. */
function isBeside({ folded, names }: ReasonContext, part: Part, language: ReasonExpressions): boolean {
  return !part.named || (!part.dated && isEnough(blank(folded.text, names).slice(part.start, part.end), 3, language));
}

/** "Contoso Teams: the sponsor is not named yet, can we do 3 March". */
function between(parts: readonly Part[], request: Request, isReason: (part: Part) => boolean): Span | undefined {
  return parts.slice(request.first + 1, request.last).find(isReason);
}

interface Request {
  readonly parts: readonly Part[];
  readonly first: number;
  readonly last: number;
}

/** The clauses that say what is to be done: with name and date in one, or with the name and with the date. */
function requestOf(context: ReasonContext, parts: readonly Part[], language: ReasonExpressions): Request | undefined {
  const whole = parts.filter((part) => part.named && part.dated);
  const best = whole.find((part) => language.verb.test(part.words)) ?? whole[0];
  const named = best ?? parts.find((part) => part.named && (isOver(context, part) || isTopic(context, part, language)));
  const dated = best ?? parts.find((part) => part.dated);
  const isSure = named !== undefined && language.wish.test(named.words);
  if (parts.length < 2 || (dated === undefined && !isSure)) {
    return undefined;
  }
  const found = [named, dated].filter((part) => part !== undefined);
  const places = found.map((part) => parts.indexOf(part));
  return { parts: found, first: Math.min(...places), last: Math.max(...places) };
}

/** Words of a request, unless they tell of the kickoff ("the kickoff slipped"). */
const isRequest = ({ words }: Part, language: ReasonExpressions): boolean =>
  language.wish.test(words.replace(language.event, ''));

/** A clause that names what it is about: not one that tells what happened to it ("the Teams kickoff fell through"). */
function isTopic(context: ReasonContext, part: Part, language: ReasonExpressions): boolean {
  return isRequest(part, language) || !tells(context, part, language);
}

/** Whether a clause says something of its name: "Contoso's sponsor quit", "we lost our contact at Contoso". */
function tells({ folded, names }: ReasonContext, part: Part, language: ReasonExpressions): boolean {
  const last = names.filter((name) => overlaps(name, part)).at(-1);
  if (last === undefined) {
    return true;
  }
  const rest = blank(folded.text, names).slice(part.start, part.end);
  const behind = folded.text.slice(last.end, part.end);
  const before = folded.text.slice(part.start, last.start);
  const isLast =
    /(?:at|with|of|from|bei|von|mit|na|no|da|do|de|em|com)\s+$/.test(before) && isEnough(rest, 3, language);
  return (
    isEnough(rest, 2, language) &&
    (isLast || /\p{L}{2}/u.test(behind.replace(/^(?:'s|の|的|さん|様|社)/u, ''))) &&
    !language.politeAtEnd.test(rest) &&
    !language.aside.test(rest)
  );
}

function joined(parts: readonly Part[], first: number, isReason: (part: Part) => boolean): Span | undefined {
  const start = parts[first];
  let last = start;
  for (const part of parts.slice(first + 1)) {
    if (endsSentence(part.sign) || isBracket(part.sign) || part.named || !isReason(part)) {
      break;
    }
    last = part;
  }
  return start === undefined || last === undefined ? undefined : { start: start.start, end: last.end };
}

function isStatement(
  context: ReasonContext,
  part: Part,
  { language, request }: { readonly language: ReasonExpressions; readonly request: readonly Part[] },
): boolean {
  const { words, sign } = part;
  const isSet = setsApart(sign);
  const isShown = context.names.length > 1 && request.some(({ named }) => named) && request.some(({ dated }) => dated);
  const least = isSet || (isShown && isLongWord(words)) ? 1 : 2;
  return (
    !isArrow(sign) &&
    isEnough(words, least, language) &&
    !FOREIGN_NAME.test(words) &&
    !language.politeOnly.test(words) &&
    !language.aside.test(words) &&
    (part.named ? tells(context, part, language) && !isRequest(part, language) : true) &&
    (isSet || !isCommand(words, language))
  );
}

/** Katakana and nothing else: a name that is not known. */
const FOREIGN_NAME = /^[\p{Script=Katakana}ー・＝=\s]+(?:さん|様|社)?$/u;

const isLongWord = (words: string): boolean => /^\s*\p{L}{5,}\s*$/u.test(words);

/** At least so many words, twice as many signs where words are not set apart. */
function isEnough(text: string, least: number, { words }: ReasonExpressions): boolean {
  const letters = text.replace(/[\s\p{P}]/gu, '').length;
  return words.writesSpaces
    ? (text.match(/[\p{L}\p{N}][^\s]*/gu) ?? []).length >= least && letters >= 2
    : letters >= 2 * least - (least > 1 ? 1 : 0);
}

function isCommand(text: string, language: ReasonExpressions): boolean {
  return language.verbAtStart.test(text) && text.trim().split(/\s+/).length <= 4;
}

/** Before the request a word or two are an address ("for Contoso, …"), more words tell why. */
function isLeading(
  context: ReasonContext,
  part: Part,
  follows: Part | undefined,
  language: ReasonExpressions,
): boolean {
  const isEastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{4,}/u.test(part.words);
  const isColon = follows !== undefined && /^[:：]$/.test(follows.sign);
  return (
    !isColon && (isEastAsian || isEnough(part.words, 3, language)) && !(part.named && !tells(context, part, language))
  );
}

/** Up to a space where none is usual: "3/15に変更 ". */
const UP_TO_SPACE = /^[^\s。、，]{0,10}(?=\s)/u;

/** @returns what is said behind name and date where no sign separates it: "contoso teams 9 march peter is off sick". */
export function behindRequest({ folded, names, dates }: ReasonContext, language: ReasonExpressions): Span | undefined {
  const { text } = folded;
  const last = [...names, ...dates].reduce((end, span) => Math.max(end, span.end), 0);
  const gap = language.words.writesSpaces ? 0 : (UP_TO_SPACE.exec(text.slice(last))?.[0].length ?? 0);
  const words = text.slice(last + gap);
  const isSeparate = language.words.writesSpaces ? /^[\s.]/.test(words) : /^\s/.test(words);
  const isRequest = [language.wish, language.aside, language.adverb, language.politeOnly].some((each) =>
    each.test(words),
  );
  return names.length > 0 && dates.length > 0 && isSeparate && !isRequest && isEnough(words, 3, language)
    ? { start: last + gap, end: text.length }
    : undefined;
}
