import type { Customer } from '../records';
import type { Language } from '../vocabulary';
import type { CompletionFacts } from './completion';
import type { Answers } from './steps';

/** To whom a completion is written (C4, C9 C10, C11). */
export const COMPLETION_MAILS = ['accountTeam', 'customer', 'assignmentTeam'] as const;
export type CompletionMail = (typeof COMPLETION_MAILS)[number];

/** Text of a mail; the customer's follow-up differs by whether more is to come (C8 C9). */
export const MAIL_TEXTS = ['accountTeam', 'customerReady', 'customerNotReady', 'assignmentTeam'] as const;
export type MailText = (typeof MAIL_TEXTS)[number];

/** The mails that these facts and answers call for. */
export function mailsFor({ otherOpen }: CompletionFacts, { accountTeamKnown }: Answers): CompletionMail[] {
  const called: Readonly<Record<CompletionMail, boolean>> = {
    accountTeam: accountTeamKnown === 'yes',
    customer: true,
    assignmentTeam: otherOpen.length === 0,
  };
  return COMPLETION_MAILS.filter((mail) => called[mail]);
}

export function mailTextOf(mail: CompletionMail, { readyForMore }: Answers): MailText {
  switch (mail) {
    case 'customer':
      return readyForMore === 'yes' ? 'customerReady' : 'customerNotReady';
    case 'accountTeam':
    case 'assignmentTeam':
      return mail;
  }
}

/**
 * The language a recipient is written to in, unless the FM chooses another: the customer and the account team, who work
 * where the customer is, in the customer's; the assignment team serves every region, in English.
 */
export function languageOfMail(mail: CompletionMail, { language }: Pick<Customer, 'language'>): Language {
  switch (mail) {
    case 'accountTeam':
    case 'customer':
      return language;
    case 'assignmentTeam':
      return 'en';
  }
}

/** Addresses that are on record; none for the customer's contact and the assignment team, and none is made up. */
export const recipientsOf = (
  mail: CompletionMail,
  { accountTeam }: Pick<Customer, 'accountTeam'>,
): readonly string[] => (mail === 'accountTeam' ? accountTeam : []);
