import type { CompletionMail } from '../domain/checklist/mails';
import { languageOfMail, mailTextOf, recipientsOf } from '../domain/checklist/mails';
import { furtherWorkloads } from '../domain/checklist/notes';
import type { CompletionFacts } from '../domain/checklist/completion';
import type { Answers } from '../domain/checklist/steps';
import type { Customer } from '../domain/records';
import type { Language, WorkloadId } from '../domain/vocabulary';
import { LANGUAGES } from '../domain/vocabulary';
import { text } from '../locales/catalog';
import type { Choice } from './actions';
import { cardAction, choice, workloadData } from './actions';
import { workloadNames } from './checklist-note';
import type { MailDraft } from './outlook-link';
import { outlookLink } from './outlook-link';
import type { Card } from './render';
import { cardTemplate } from './render';
import { subjectOf } from './start-date-form';
import template from './templates/checklist-mail.json';

/** What a mail is written from. */
export interface MailContext {
  readonly customer: Customer;
  readonly workload: WorkloadId;
  readonly facts: CompletionFacts;
  readonly answers: Answers;
}

/** A mail in words: in `mailLanguage`, whatever the FM speaks. */
export function completionMail(mailLanguage: Language, mail: CompletionMail, context: MailContext): MailDraft {
  const { customer, workload, facts, answers } = context;
  const kind = mailTextOf(mail, answers);
  const values = {
    customer: customer.name,
    customerId: customer.id,
    workload: text(mailLanguage, `workload.${workload}`),
    workloads: workloadNames(mailLanguage, furtherWorkloads(answers)),
    active: facts.milestone.active,
    seats: facts.milestone.seats,
    region: customer.region,
    queue: facts.queue,
  };
  return {
    to: recipientsOf(mail, customer),
    subject: text(mailLanguage, `mail.${kind}.subject`, values),
    body: text(mailLanguage, `mail.${kind}.body`, values),
  };
}

interface Data {
  readonly title: string;
  readonly subject: string;
  readonly notice: string;
  readonly toLabel: string;
  readonly to: string;
  readonly subjectLabel: string;
  readonly mailSubject: string;
  readonly bodyLabel: string;
  readonly body: string;
  readonly shortened: string;
  readonly hint: string;
  readonly link: string;
  readonly openOutlook: string;
  readonly languageLabel: string;
  readonly mailLanguage: Language;
  readonly languages: readonly { readonly title: string; readonly value: string }[];
  readonly choices: readonly Choice[];
}

const card = cardTemplate<Data>(template);

/** A mail as text to copy and as a link that opens Outlook with it filled in. */
export async function mailCard(
  language: Language,
  mail: CompletionMail,
  context: MailContext & { readonly mailLanguage?: Language | undefined },
): Promise<Card> {
  const { customer, workload } = context;
  const mailLanguage = context.mailLanguage ?? languageOfMail(mail, customer);
  const draft = completionMail(mailLanguage, mail, context);
  const { url, shortened } = outlookLink(draft, text(mailLanguage, 'mail.continued'));
  const data = { ...workloadData(customer.id, workload), lang: language };
  return card.render({
    title: text(language, `mail.title.${mail}`),
    subject: subjectOf(language, customer, { workload }),
    notice: draft.to.length === 0 ? text(language, `mail.noAddress.${mail}`) : '',
    toLabel: text(language, 'mail.to'),
    to: draft.to.join('; '),
    subjectLabel: text(language, 'mail.subject'),
    mailSubject: draft.subject,
    bodyLabel: text(language, 'mail.body'),
    body: draft.body,
    shortened: shortened ? text(language, 'mail.shortened') : '',
    hint: text(language, 'mail.hint'),
    link: url,
    openOutlook: text(language, 'mail.openOutlook'),
    languageLabel: text(language, 'mail.language'),
    mailLanguage,
    languages: LANGUAGES.map((value) => ({ title: text(language, `language.${value}`), value })),
    choices: [
      choice(
        cardAction('checklist.mail', text(language, 'mail.changeLanguage'), { ...data, mail }, { inputs: 'auto' }),
      ),
      choice(cardAction('checklist.open', text(language, 'mail.back'), data)),
    ],
  });
}
