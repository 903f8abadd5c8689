import type { Language, WorkloadId } from '../domain/vocabulary';
import { fold } from './fold';
import { perLanguage } from './per-language';
import { plainPhrase } from './phrases';
import { WORDS } from './words';
import { findWorkloads } from './workloads';

/** Longer, it is a sentence of its own: "no, Teams is not ready yet". */
const MOST_WORDS = 2;
const LONGEST = 40;
const NAME_IN_EAST_ASIAN = /^[\p{Script=Latin}\p{N}]+$/u;

/** What stands before an answer that takes another one's place ("no", "actually", "いや"), the longest first. */
const leadsOf = perLanguage((language) =>
  WORDS[language].answers.occasionFrame
    .filter((frame) => frame.endsWith('#') && frame !== '#')
    .map((frame) => plainPhrase(frame.slice(0, -1)))
    .sort((a, b) => b.length - a.length),
);

/**
 * Whether a message takes something back and says a name or two instead ("no, Teams", "actually Litware", "いや、Teams");
 * "no Teams licences" does not: what is denied without a sign behind it is a reason.
 */
export function takesBack(input: string, language: Language): boolean {
  const said = plainPhrase(input);
  const { writesSpaces } = WORDS[language];
  const gap = writesSpaces ? ' ' : '';
  const lead = leadsOf(language).find((each) => said.startsWith(each + gap));
  if (lead === undefined || input.length > LONGEST) {
    return false;
  }
  const rest = said.slice(lead.length).trim();
  if (!writesSpaces) {
    return NAME_IN_EAST_ASIAN.test(rest);
  }
  const words = rest.split(' ').length;
  return words === 1
    ? /[,;:.!–-]/.test(input) || !WORDS[language].answers.no.includes(lead)
    : words <= MOST_WORDS && input.includes(',');
}

/** Around a name, with or without what takes an answer back before it. */
const denialsOf = perLanguage((language) => {
  const leads = leadsOf(language).join('|');
  const frames = WORDS[language].answers.denialFrame.map((frame) =>
    fold(frame).text.replace('#', '(?<name>[^,.!，、。！]+)'),
  );
  return frames.map((frame) => new RegExp(`^(?:(?:${leads})[\\s,;:.!，、。！–-]+)?${frame}[\\s.!。！]*$`, 'u'));
});

/** @returns the workload of a message that says which one is not meant and nothing else: "nein, nicht Teams", "Teamsじゃない". */
export function deniedWorkload(input: string, language: Language): WorkloadId | undefined {
  if (input.length > LONGEST) {
    return undefined;
  }
  const { text } = fold(input.trim());
  for (const denial of denialsOf(language)) {
    const name = denial.exec(text)?.groups?.name?.trim() ?? '';
    const [only] = findWorkloads(fold(name), []);
    if (only?.start === 0 && only.end === name.length) {
      return only.workload;
    }
  }
  return undefined;
}
