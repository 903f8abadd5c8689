import type { CardAction, Choice } from '../cards/actions';
import { cardAction, choice, SAY } from '../cards/actions';
import { noticeCard } from '../cards/notice';
import type { Card } from '../cards/render';
import { takesStartDate } from '../domain/start-date';
import { byUrgency } from '../domain/start-date-overview';
import type { FaqTopic, Language } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import type { WorkloadSummary } from '../ports/customer-index';
import type { Turn } from './turn';

/** A customer as the examples need it. */
interface Helped {
  readonly name: string;
  readonly workloads: readonly Pick<WorkloadSummary, 'workload' | 'l1Status'>[];
}

/** Why help is shown: a greeting, a call for help, or something not understood. */
export type HelpIntro = 'hello' | 'help.intro' | 'notUnderstood';

/** What can be said, with a button for each, told by the user's own customers. */
export async function showHelp(turn: Turn, intro: HelpIntro): Promise<void> {
  const own = byUrgency(await turn.ownLately(), turn.today);
  await turn.show(await helpCard(turn.language, intro, { own, lead: turn.actor.lead }));
}

/** @param person whose help it is: `own` customers, the most urgent first. */
export async function helpCard(
  language: Language,
  intro: HelpIntro,
  { own, lead }: { readonly own: readonly Helped[]; readonly lead: boolean },
): Promise<Card> {
  const [customer] = own;
  if (!customer) {
    return lead ? leadHelp(language, intro) : helpWithoutCustomers(language, intro);
  }
  const example = exampleOf(language, customer, own);
  const sentence = text(language, 'help.changeExample', example);
  return noticeCard({
    title: intro === 'help.intro' ? text(language, 'help.title') : '',
    paragraphs: [text(language, intro), text(language, 'help.example', { sentence })],
    choices: [
      choice(cardAction('startDate.open', text(language, 'help.change'), { lang: language })),
      say(language, text(language, 'help.list')),
      say(language, text(language, 'help.historyExample', example)),
      say(language, text(language, 'help.notesExample', example)),
      say(language, text(language, 'help.planExample', { workload: shortestWorkload(language, own) })),
      choice(cardAction('checklist.open', text(language, 'checklist.complete'), { lang: language })),
      say(language, text(language, 'help.questionExample')),
    ],
    actions: views(language, lead),
    footer: text(language, 'help.cancelHint'),
  });
}

/** The views that need no name, side by side; the load of the team is for leads. */
const views = (language: Language, lead: boolean): CardAction[] => [
  sayAction(language, text(language, 'settings.title')),
  cardAction('gaps.show', text(language, 'gaps.title'), { page: 0, lang: language }),
  ...(lead ? [sayAction(language, text(language, 'team.title'))] : []),
];

const sayAction = (language: Language, sentence: string): CardAction =>
  cardAction(SAY, sentence, { text: sentence, lang: language });

const say = (language: Language, sentence: string): Choice => choice(sayAction(language, sentence));

/** The names in the examples: a customer that has a start date to change, and a workload of it. */
function exampleOf(language: Language, first: Helped, own: readonly Helped[]): { customer: string; workload: string } {
  const customer = own.find(({ workloads }) => workloads.some(takesStartDate)) ?? first;
  const workload = customer.workloads.find(takesStartDate)?.workload ?? 'exchange-online';
  return { customer: customer.name, workload: text(language, `workload.${workload}`) };
}

/** Of the workloads to be had the one whose name leaves the example on one line. */
function shortestWorkload(language: Language, own: readonly Helped[]): string {
  const open = own.flatMap(({ workloads }) => workloads.filter(takesStartDate));
  const names = open.map(({ workload }) => text(language, `workload.${workload}`));
  return names.sort((a, b) => a.length - b.length)[0] ?? text(language, 'workload.intune');
}

const FIRST_TOPICS: readonly FaqTopic[] = ['esd-purpose', 'esd-first-contact', 'completion-when'];

const topicChoices = (language: Language): Choice[] =>
  FIRST_TOPICS.map((topic) =>
    choice(cardAction('faq.show', text(language, `faq.${topic}.title`), { topic, lang: language })),
  );

/** A colleague without customers: what there is for them today, and when there will be more. */
const helpWithoutCustomers = async (language: Language, intro: HelpIntro): Promise<Card> =>
  noticeCard({
    title: intro === 'help.intro' ? text(language, 'help.title') : '',
    paragraphs: [
      text(language, intro === 'notUnderstood' ? 'notUnderstoodNoCustomers' : 'helloNoCustomers'),
      text(language, 'help.noCustomersYet'),
    ],
    choices: topicChoices(language),
  });

/** A lead without customers of their own opens those of others by name. */
const leadHelp = async (language: Language, intro: HelpIntro): Promise<Card> =>
  noticeCard({
    title: intro === 'help.intro' ? text(language, 'help.title') : '',
    paragraphs: [text(language, intro), text(language, 'list.noCustomersLead')],
    choices: [
      choice(cardAction('startDate.open', text(language, 'help.change'), { lang: language })),
      choice(cardAction('completions.show', text(language, 'checklist.open.title'), { lang: language })),
      ...topicChoices(language),
    ],
    actions: views(language, true),
    footer: text(language, 'help.cancelHint'),
  });
