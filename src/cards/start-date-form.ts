import type { Temporal } from 'temporal-polyfill';
import type { Customer, Precision, Workload } from '../domain/records';
import type { StartDateWarning } from '../domain/start-date';
import { MAX_REASON_LENGTH } from '../domain/start-date';
import type { Language, Occasion, OneWayOccasion } from '../domain/vocabulary';
import { ALL_OCCASIONS } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import { dayText, listText, startDateText } from '../locales/format';
import { cardAction, workloadData } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/start-date-form.json';

/** What the form stands for and what has been entered so far. */
export interface StartDateForm {
  readonly customer: Pick<Customer, 'id' | 'name'>;
  readonly current: Pick<Workload, 'workload' | 'startDate' | 'kickoffDate'>;
  readonly entered: {
    readonly date: Temporal.PlainDate | undefined;
    readonly precision: Precision;
    readonly occasion: Occasion | OneWayOccasion | undefined;
    readonly reason: string;
  };
  /** One-time token: however often the form is pressed, it is saved once. */
  readonly token: string;
  /** Sentences to show above the inputs: why it was not saved. */
  readonly messages: readonly string[];
  /** Customers of the same sentence that come after this one. */
  readonly following?: readonly string[];
  /** Some come next although they are not named again. */
  readonly chained?: boolean;
  /** Warnings shown now: pressing Save again accepts them. */
  readonly warnings: readonly StartDateWarning[];
  /** Offers to record a contact attempt instead (S5). */
  readonly offerAttempt: boolean;
  /** The reminder digest it was opened from, to go back to. */
  readonly digest?: string | undefined;
}

interface Data {
  readonly title: string;
  readonly subject: string;
  readonly messages: readonly { readonly text: string }[];
  readonly messageStyle: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly dateLabel: string;
  readonly dateValue: string;
  readonly dateMissing: string;
  readonly estimateHint: string;
  readonly occasionLabel: string;
  readonly occasionChoose: string;
  readonly occasionValue: string;
  readonly occasionMissing: string;
  readonly occasions: readonly { readonly title: string; readonly value: string }[];
  readonly reasonLabel: string;
  readonly reasonValue: string;
  readonly reasonMissing: string;
  readonly actions: readonly ReturnType<typeof cardAction>[];
}

const form = cardTemplate<Data>(template);

/** The start-date form: the confirmation of what the bot understood. */
export async function startDateForm(language: Language, data: StartDateForm): Promise<Card> {
  const { customer, current, entered } = data;
  const estimate = entered.precision === 'month' && entered.date ? { ...entered, date: entered.date } : undefined;
  return form.render({
    title: text(language, 'startDate.title'),
    subject: subjectOf(language, customer, current),
    messages: [...data.messages, ...followingTexts(language, data)].map((message) => ({ text: message })),
    messageStyle: data.messages.length > 0 ? 'warning' : 'emphasis',
    facts: factsOf(language, current),
    dateLabel: text(language, 'startDate.newDate'),
    dateValue: entered.date?.toString() ?? '',
    dateMissing: text(language, 'startDate.error.dateMissing'),
    estimateHint: estimate
      ? text(language, 'startDate.estimateHint', { estimate: startDateText(language, estimate) })
      : '',
    occasionLabel: text(language, 'startDate.occasion'),
    occasionChoose: text(language, 'startDate.occasionChoose'),
    occasionValue: entered.occasion ?? '',
    occasionMissing: text(language, 'startDate.refusal.noOccasion'),
    occasions: occasionChoices(language),
    reasonLabel: text(language, 'startDate.reason'),
    // Clients refuse a value longer than the input takes; the sentence above says that it is too long.
    reasonValue: entered.reason.slice(0, MAX_REASON_LENGTH),
    reasonMissing: text(language, 'startDate.refusal.noReason'),
    actions: formActions(language, data),
  });
}

const followingTexts = (language: Language, { following = [] }: StartDateForm): string[] =>
  following.length > 0 ? [text(language, 'startDate.nextUp', { customers: listText(language, following) })] : [];

/** "Contoso · Exchange Online", for the line that names what a card is about; shown literally. */
export const subjectOf = (
  language: Language,
  customer: Pick<Customer, 'name'>,
  { workload }: Pick<Workload, 'workload'>,
): string => `${customer.name} · ${text(language, `workload.${workload}`)}`;

/** Every occasion users name, the refused ones too: choosing one explains S5. */
export const occasionChoices = (language: Language): { title: string; value: string }[] =>
  ALL_OCCASIONS.map((occasion) => ({
    title: text(language, `occasion.${occasion}`),
    value: occasion,
  }));

function factsOf(language: Language, current: StartDateForm['current']): { label: string; value: string }[] {
  const facts = [{ label: text(language, 'startDate.current'), value: startDateText(language, current.startDate) }];
  if (current.kickoffDate) {
    facts.push({ label: text(language, 'startDate.kickoff'), value: dayText(language, current.kickoffDate) });
  }
  return facts;
}

/** What the contact log keeps of an attempt: what it was, and what the FM had written about it. */
function attemptNote(language: Language, { occasion, reason }: StartDateForm['entered']): string {
  const what = text(language, `occasion.${occasion ?? 'first-email'}`);
  const words = reason.trim().slice(0, MAX_REASON_LENGTH);
  return words === '' ? what : text(language, 'startDate.attemptNote', { occasion: what, reason: words });
}

function formActions(language: Language, form: StartDateForm) {
  const { customer, current, entered, token, warnings, offerAttempt, digest, following = [], chained = false } = form;
  const target = { ...workloadData(customer.id, current.workload), ...(digest !== undefined && { digest }) };
  const saveData = {
    ...target,
    token,
    lang: language,
    seen: current.startDate?.date.toString() ?? 'none',
    // A warning is accepted for the date it was raised about, not for whichever is typed next.
    accepted: warnings,
    acceptedFor: entered.date?.toString() ?? '',
    ...(following.length > 0 || chained ? { chained: true } : {}),
    ...(entered.precision === 'month' && entered.date ? { estimate: entered.date.toString() } : {}),
  };
  const save = text(language, warnings.length > 0 ? 'startDate.saveAnyway' : 'startDate.save');
  return [
    cardAction('startDate.save', save, saveData, { inputs: 'auto', style: 'positive' }),
    ...(offerAttempt
      ? [
          cardAction('contact.attempt', text(language, 'startDate.recordAttempt'), {
            ...target,
            token: `${token}-attempt`,
            lang: language,
            note: attemptNote(language, entered),
          }),
        ]
      : []),
    cardAction('startDate.cancel', text(language, 'action.cancel'), { ...target, lang: language }),
  ];
}
