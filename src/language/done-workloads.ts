import { LANGUAGES } from '../domain/vocabulary';
import { fold } from './fold';
import { WORDS } from './words';
import type { WorkloadMention } from './workloads';

const phrases = (side: 'before' | 'after'): readonly string[] =>
  LANGUAGES.flatMap((language) => WORDS[language].doneWorkload[side]).map((phrase) => fold(phrase).text);
const BEFORE = phrases('before');
const AFTER = phrases('after');

/**
 * Of several workloads in a plan ("after Exchange they take Intune") the ones to come.
 * @returns all of them where none is said to be done already.
 */
export function withoutDoneWorkloads(mentions: readonly WorkloadMention[], text: string): readonly WorkloadMention[] {
  const open = mentions.filter((mention) => !isDone(mention, text));
  return open.length === 0 ? mentions : open;
}

function isDone({ start, end }: WorkloadMention, text: string): boolean {
  const before = ` ${text.slice(Math.max(0, start - 30), start).trimEnd()}`;
  const after = text.slice(end, end + 30).trimStart();
  return (
    BEFORE.some((phrase) => before.endsWith(isLatin(phrase) ? ` ${phrase}` : phrase)) ||
    AFTER.some((phrase) => after.startsWith(phrase) && !(isLatin(phrase) && isLatin(after.slice(phrase.length))))
  );
}

function isLatin(phrase: string): boolean {
  return /^[a-z]/.test(phrase);
}
