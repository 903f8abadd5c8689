import { completionMail } from '../../src/cards/checklist-mail';
import { completionNotes } from '../../src/cards/checklist-note';
import { LINK_LIMIT, outlookLink } from '../../src/cards/outlook-link';
import { completionFacts, nextActionDateAfter } from '../../src/domain/checklist/completion';
import { COMPLETION_MAILS, languageOfMail, mailsFor } from '../../src/domain/checklist/mails';
import type { Answers } from '../../src/domain/checklist/steps';
import type { Customer } from '../../src/domain/records';
import { LANGUAGES } from '../../src/domain/vocabulary';
import { ALL_DONE, anEnabledWorkload, anRfaCustomer, TODAY } from '../builders/completion';

const workload = anEnabledWorkload();
const factsOf = (customer: Customer) => completionFacts({ customer, workloads: [workload], checklists: [] }, workload);
const notesFor = (answers: Answers, customer = anRfaCustomer()) =>
  completionNotes('en', {
    facts: factsOf(customer),
    answers,
    workload: workload.workload,
    nextActionDate: nextActionDateAfter(TODAY),
  });

describe('notes of a completion', () => {
  test('say in each field what the playbook asks for, a sentence a line', () => {
    expect(notesFor(ALL_DONE)).toEqual({
      technicalEnablement: [
        'Milestone reached (per LYNX): 150 active users with 2,000 seats, 100 needed.',
        'Exchange Online: engagement complete; the customer is not ready for a further workload.',
      ].join('\n'),
      engagementManagement: [
        'Account team informed by e-mail (ATU template) that enablement is complete: atu@contoso.example',
        'Follow-up e-mail with information and links for later FastTrack help sent to the customer (template).',
        'Latest status: Everybody is happy',
        'Task 4058 “Offboarding process complete (enablement)” marked complete.',
        'Next action date: Fri, Dec 31, 2027',
        'Assignment team asked by e-mail to move the tenant to FTCQ Inactive EMEA.',
        'Tenant moved to FTCQ Inactive EMEA.',
        'FM no longer assigned to the tenant.',
        'Service status of Exchange Online: Adoption',
      ].join('\n'),
    });
  });

  test.each([
    ['no', true, 'Account team unknown.'],
    ['yes', false, 'Account not managed.'],
    ['no', false, 'Account team unknown, and account not managed.'],
  ])('say why there is nobody to write to (C5): known %s, managed %s', (accountTeamKnown, accountManaged, words) => {
    const answers = { ...ALL_DONE, accountTeamKnown, noAccountTeamNoted: 'true', nextSteps: ' Ask {their} CIO ' };
    const { engagementManagement } = notesFor(answers, anRfaCustomer({ accountManaged }));
    expect(engagementManagement.split('\n')).toEqual(expect.arrayContaining([words, 'Next steps: Ask {their} CIO']));
  });

  test('name the further workloads and the demo (C8)', () => {
    const more = { readyForMore: 'yes', moreWorkloads: 'teams,intune', rfaExplained: 'true', rfaDemoed: 'true' };
    const { technicalEnablement } = notesFor({ ...ALL_DONE, ...more });
    expect(technicalEnablement).toContain('Further workloads: Microsoft Teams and Intune');
    expect(technicalEnablement).toContain('how to fill in the RFA form');
  });
});

describe('mails of a completion', () => {
  const customer = anRfaCustomer({ name: 'A & B {x}' });
  const context = { customer, workload: workload.workload, facts: factsOf(customer), answers: ALL_DONE };

  test('go to those whom the playbook names, in their language', () => {
    expect(mailsFor(context.facts, {})).toEqual(['customer', 'assignmentTeam']);
    expect(mailsFor(context.facts, ALL_DONE)).toEqual([...COMPLETION_MAILS]);
    expect(COMPLETION_MAILS.map((mail) => languageOfMail(mail, customer))).toEqual(['de', 'de', 'en']);
  });

  test.each(COMPLETION_MAILS.flatMap((mail) => LANGUAGES.map((language) => [mail, language] as const)))(
    '%s in %s names the customer, and its link holds what fits',
    (mail, language) => {
      const draft = completionMail(language, mail, context);
      expect(draft.subject).toContain(customer.name);
      expect(draft.to).toEqual(mail === 'accountTeam' ? customer.accountTeam : []);
      const { url, shortened } = outlookLink(draft, '[…]');
      expect(url.length).toBeLessThanOrEqual(LINK_LIMIT);
      expect(new URL(url).searchParams.get('subject')).toBe(draft.subject);
      expect(new URL(url).searchParams.get('body') === draft.body).toBe(!shortened);
    },
  );
});
