import { blank, type Span } from './fold';

/** So much of a text is asked what it wants, and so much when. */
const READ = { request: 400, dates: 600 } as const;
/** Of that the share that stands at the end. */
const AT_END = 0.35;

/** @returns whether a text is longer than what people ask for things in: a mail or a log that was pasted. */
export const isLong = (text: string): boolean => text.length > READ.request;

/** What lies between beginning and end, from word to word. */
function middleOf(text: string, read: number): Span | undefined {
  if (text.length <= read) {
    return undefined;
  }
  const start = Math.round(read * (1 - AT_END));
  const end = text.length - read + start;
  const begun = /[a-z0-9']+$/i.exec(text.slice(0, start))?.[0].length ?? 0;
  const left = /^[a-z0-9']+/i.exec(text.slice(end))?.[0].length ?? 0;
  return { start: start - begun, end: end + left };
}

/**
 * What a text wants stands in its first words or, below what is pasted, in its last: of a long text these are left.
 * Whom it names is looked for in all of it.
 */
export function withoutMiddle(text: string): string {
  const middle = middleOf(text, READ.request);
  return middle === undefined ? text : `${text.slice(0, middle.start)}\n${text.slice(middle.end)}`;
}

/** @returns a long text with nothing but spaces where no date is looked for: what a paste mentions is not what is wanted. */
export function withoutDatesOfMiddle(text: string): string {
  const middle = middleOf(text, READ.dates);
  return middle === undefined ? text : blank(text, [middle]);
}
