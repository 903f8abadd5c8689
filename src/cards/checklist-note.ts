import type { NoteFacts } from '../domain/checklist/notes';
import { furtherWorkloads, noAccountTeamBecause, noteLines } from '../domain/checklist/notes';
import type { StepId } from '../domain/checklist/steps';
import type { Language, NoteField, WorkloadId } from '../domain/vocabulary';
import { isOneOf, SERVICE_STATUSES } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { dayText, listText } from '../locales/format';

/** The notes that a completion writes, a sentence a line (C3 C4 C5 C8 C9 C11 C13 C14). */
export function completionNotes(
  language: Language,
  noteFacts: NoteFacts,
): Readonly<Record<Exclude<NoteField, 'overallStatus'>, string>> {
  const lines = noteLines(noteFacts.facts, noteFacts.answers);
  const textIn = (field: NoteField): string =>
    lines
      .filter((line) => line.field === field)
      .map(({ step }) => WORDS[step]?.(language, noteFacts) ?? '')
      .join('\n');
  return { technicalEnablement: textIn('technicalEnablement'), engagementManagement: textIn('engagementManagement') };
}

/** "Teams, Intune and OneDrive", as the language lists them. */
export const workloadNames = (language: Language, workloads: readonly WorkloadId[]): string =>
  listText(
    language,
    workloads.map((workload) => text(language, `workload.${workload}`)),
  );

type Words = (language: Language, noteFacts: NoteFacts) => string;

/** The steps that feed a note and their words. */
const WORDS: Partial<Readonly<Record<StepId, Words>>> = {
  milestoneNoted: (language, { facts: { milestone } }) =>
    text(language, 'checklist.note.milestoneNoted', {
      active: milestone.active,
      seats: milestone.seats,
      needed: milestone.needed,
    }),
  accountTeamMailed: (language, { facts: { accountTeam } }) =>
    accountTeam.length > 0
      ? text(language, 'checklist.note.accountTeamMailedTo', { team: accountTeam.join(', ') })
      : text(language, 'checklist.note.accountTeamMailed'),
  noAccountTeamNoted: (language, { facts, answers }) =>
    text(language, `checklist.note.noAccountTeam.${noAccountTeamBecause(facts, answers)}`),
  faqConsulted: (language) => text(language, 'checklist.note.faqConsulted'),
  nextSteps: (language, { answers }) =>
    text(language, 'checklist.note.nextSteps', { text: trimmed(answers.nextSteps) }),
  readyForMore: (language, { answers, workload }) =>
    text(language, answers.readyForMore === 'yes' ? 'checklist.note.ready' : 'checklist.note.notReady', {
      workload: text(language, `workload.${workload}`),
    }),
  moreWorkloads: (language, { answers }) =>
    text(language, 'checklist.note.moreWorkloads', { workloads: workloadNames(language, furtherWorkloads(answers)) }),
  rfaExplained: (language) => text(language, 'checklist.note.rfaExplained'),
  rfaDemoed: (language) => text(language, 'checklist.note.rfaDemoed'),
  followUpMailed: (language, { answers }) =>
    text(language, answers.readyForMore === 'yes' ? 'checklist.note.followUpReady' : 'checklist.note.followUpNotReady'),
  customerStatus: (language, { answers }) =>
    text(language, 'checklist.note.customerStatus', { text: trimmed(answers.customerStatus) }),
  task4058: (language) => text(language, 'checklist.note.task4058'),
  nextActionDateSet: (language, { nextActionDate }) =>
    text(language, 'checklist.note.nextActionDateSet', { day: dayText(language, nextActionDate) }),
  queueMailed: (language, { facts: { queue } }) => text(language, 'checklist.note.queueMailed', { queue }),
  movedToQueue: (language, { facts: { queue } }) => text(language, 'checklist.note.movedToQueue', { queue }),
  unassigned: (language) => text(language, 'checklist.note.unassigned'),
  serviceStatus: (language, { answers: { serviceStatus }, workload }) =>
    text(language, 'checklist.note.serviceStatus', {
      workload: text(language, `workload.${workload}`),
      status: isOneOf(SERVICE_STATUSES, serviceStatus) ? text(language, `serviceStatus.${serviceStatus}`) : '',
    }),
};

const trimmed = (answer: string | undefined): string => (answer ?? '').trim();
